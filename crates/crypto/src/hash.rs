//! SHA-256 and HMAC-SHA-256 over parts, without copying them together.

use aws_lc_rs::{digest, hmac};

/// Hashes `data` with SHA-256, the form in which random tokens of at least 120 bits are stored.
pub fn sha256(data: &[u8]) -> [u8; 32] {
    sha256_of(&[data])
}

/// Hashes the concatenation of `parts` with SHA-256.
pub(crate) fn sha256_of(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(part);
    }
    array(context.finish().as_ref())
}

/// Computes HMAC-SHA-256 over the concatenation of `parts`.
pub(crate) fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    hmac_sha256_with(&hmac::Key::new(hmac::HMAC_SHA256, key), parts)
}

/// As [`hmac_sha256`], with a key made before.
pub(crate) fn hmac_sha256_with(key: &hmac::Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(key);
    for part in parts {
        context.update(part);
    }
    array(context.sign().as_ref())
}

fn array(digest: &[u8]) -> [u8; 32] {
    digest.try_into().expect("SHA-256 gives 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sha256_agrees_with_the_standard() {
        // FIPS 180-2, appendix B.1.
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(hex::encode(sha256(b"abc")), expected);
        assert_eq!(hex::encode(sha256_of(&[b"a", b"", b"bc"])), expected);
    }

    #[test]
    fn hmac_agrees_with_the_standard() {
        // RFC 4231, test case 2.
        let mac = hmac_sha256(b"Jefe", &[b"what do ya want ", b"for nothing?"]);
        assert_eq!(
            hex::encode(mac),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
