//! The address that an authenticator app reads from a QR code.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use poolhouse_crypto::totp::TotpSeed;
use poolhouse_model::SecretString;

/// What stays as it is: the unreserved characters of RFC 3986 section 2.3.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Writes the address of a seed. A colon parts issuer and account, so names lose theirs.
/// Source: Google Authenticator's key URI format, which every authenticator app reads. Algorithm,
/// digits and period are its defaults, which some apps refuse to read when they are written.
pub(crate) fn otpauth_uri(issuer: &str, account: &str, seed: &TotpSeed) -> SecretString {
    let encode = |text: &str| utf8_percent_encode(&text.replace(':', " "), ENCODED).to_string();
    let (issuer, account) = (encode(issuer), encode(account));
    let secret = seed.to_base32();
    SecretString::new(format!(
        "otpauth://totp/{issuer}:{account}?secret={}&issuer={issuer}",
        secret.expose()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_add_parameters() {
        let seed = TotpSeed::from_bytes(b"12345678901234567890");
        let uri = otpauth_uri("My app: a&b", "jane+1@example.com", &seed);
        assert_eq!(
            uri.expose(),
            "otpauth://totp/My%20app%20%20a%26b:jane%2B1%40example.com\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=My%20app%20%20a%26b"
        );
    }
}
