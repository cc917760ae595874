//! Salts of SRP verifiers.

use poolhouse_model::{Rng, RngExt};

use super::SrpError;

/// Bytes of a salt made here; AWS's have as many (32 hex digits).
pub(crate) const SALT_BYTES: usize = 16;

/// Longest salt taken from elsewhere (a device chooses its own), in bytes.
const MAX_BYTES: usize = 64;

/// A salt: a positive number, kept as big-endian bytes without leading zeros.
#[derive(Clone, Debug)]
pub struct Salt(Vec<u8>);

impl Salt {
    /// Makes a random salt of 16 bytes whose first hex digit is not zero.
    ///
    /// Some clients keep a salt as hex text and others as a number; the two agree only on a
    /// number that has no leading zero digit.
    /// Source: pycognito and Amplify, which differ in this.
    pub fn generate(rng: &dyn Rng) -> Self {
        loop {
            if let Some(salt) = Self::without_leading_zero_digit(rng.bytes()) {
                return salt;
            }
        }
    }

    /// Takes the bytes as a salt unless their first hex digit is zero.
    pub(crate) fn without_leading_zero_digit(bytes: [u8; SALT_BYTES]) -> Option<Self> {
        (bytes[0] >= 0x10).then(|| Self(bytes.to_vec()))
    }

    /// Reads the big-endian bytes of a positive number.
    /// # Errors
    /// [`SrpError::OutOfRange`] for zero, [`SrpError::TooLong`] beyond 64 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SrpError> {
        let start = bytes
            .iter()
            .position(|&byte| byte != 0)
            .ok_or(SrpError::OutOfRange)?;
        let digits = &bytes[start..];
        if digits.len() > MAX_BYTES {
            return Err(SrpError::TooLong);
        }
        Ok(Self(digits.to_vec()))
    }

    /// Reads hexadecimal text of any case, also with an odd number of digits.
    /// # Errors
    /// [`SrpError::NotHex`], and those of [`Salt::from_bytes`].
    pub fn from_hex(text: &str) -> Result<Self, SrpError> {
        if text.len() > 4 * MAX_BYTES {
            return Err(SrpError::TooLong);
        }
        Self::from_bytes(&super::decode_hex(text)?)
    }

    /// The big-endian bytes, without leading zeros.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The `SALT` of a challenge: lower-case hexadecimal without leading zeros.
    pub fn to_hex(&self) -> String {
        super::number_hex(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded_rng::SeededRng;

    #[test]
    fn generated_salts_have_32_digits_and_no_leading_zero() {
        let rng = SeededRng::new(1);
        let mut first_digits = std::collections::BTreeSet::new();
        for _ in 0..500 {
            let hex = Salt::generate(&rng).to_hex();
            assert_eq!(hex.len(), 32);
            first_digits.insert(hex.as_bytes()[0]);
        }
        assert_eq!(
            first_digits.into_iter().collect::<Vec<_>>(),
            b"123456789abcdef"
        );
    }

    #[test]
    fn a_salt_is_a_number_not_a_text() {
        let salt = Salt::from_hex("0012aB").unwrap();
        assert_eq!(salt.to_hex(), "12ab");
        assert_eq!(salt.as_bytes(), [0x12, 0xab]);
        assert_eq!(Salt::from_hex("fab").unwrap().to_hex(), "fab");
    }

    #[test]
    fn unusable_salts_are_refused() {
        assert!(matches!(Salt::from_hex(""), Err(SrpError::NotHex)));
        assert!(matches!(Salt::from_hex("-1"), Err(SrpError::NotHex)));
        assert!(matches!(Salt::from_hex("0000"), Err(SrpError::OutOfRange)));
        assert!(matches!(Salt::from_bytes(&[1; 65]), Err(SrpError::TooLong)));
        assert!(matches!(
            Salt::from_hex(&"0".repeat(1_000_000)),
            Err(SrpError::TooLong)
        ));
    }
}
