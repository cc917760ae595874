//! Time-based one-time passwords of authenticator apps.
//!
//! Source: RFC 6238 (TOTP) over RFC 4226 (HOTP), with HMAC-SHA-1, 30 seconds and six digits, which
//! is all that every authenticator app can do; AWS page "TOTP software token MFA".

use aws_lc_rs::hmac;
use poolhouse_model::{Rng, RngExt, SecretString, Timestamp};
use zeroize::Zeroizing;

use crate::constant_time;

/// Bytes of a seed: 52 characters of base32.
pub const SEED_BYTES: usize = 32;

/// Seconds for which a code is the current one.
pub const STEP_SECS: i64 = 30;

/// Steps before and after the current one whose codes are taken as well: a phone's clock is never
/// exact, and typing takes time.
/// Source: RFC 6238 section 5.2.
const DRIFT_STEPS: i64 = 1;

/// Alphabet of base32.
/// Source: RFC 4648 section 6.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// A secret that server and authenticator app share; dropping it wipes it.
pub struct TotpSeed(Zeroizing<Vec<u8>>);

impl std::fmt::Debug for TotpSeed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TotpSeed(..)")
    }
}

impl TotpSeed {
    /// Draws a new seed.
    pub fn generate(rng: &dyn Rng) -> Self {
        Self(Zeroizing::new(rng.bytes::<SEED_BYTES>().to_vec()))
    }

    /// Takes a seed that was sealed.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self(Zeroizing::new(bytes.to_vec()))
    }

    /// Its bytes, to be sealed.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Its text in base32 without padding, as authenticator apps take it.
    pub fn to_base32(&self) -> SecretString {
        let mut text = String::with_capacity(self.0.len().div_ceil(5) * 8);
        for chunk in self.0.chunks(5) {
            let mut block = [0; 8];
            block[3..3 + chunk.len()].copy_from_slice(chunk);
            let bits = u64::from_be_bytes(block);
            for place in 0..(chunk.len() * 8).div_ceil(5) {
                let [.., low] = (bits >> (35 - 5 * place)).to_be_bytes();
                text.push(char::from(BASE32[usize::from(low & 31)]));
            }
        }
        SecretString::new(text)
    }

    /// Finds the step whose code this is: the current one, or one of its neighbours. All are
    /// computed and compared in constant time, whichever it is.
    pub fn find_step(&self, now: Timestamp, code: &str) -> Option<i64> {
        let current = step_at(now);
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        let mut found = None;
        for step in current - DRIFT_STEPS..=current + DRIFT_STEPS {
            if constant_time::equal(code_of(&key, step).as_bytes(), code.as_bytes()) {
                found = Some(step);
            }
        }
        found
    }

    /// The code of an instant, as the authenticator app shows it.
    pub fn code_at(&self, at: Timestamp) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, &self.0);
        String::clone(&code_of(&key, step_at(at)))
    }
}

/// The step that an instant lies in.
pub fn step_at(at: Timestamp) -> i64 {
    at.as_secs().div_euclid(STEP_SECS)
}

/// Computes the code of a step.
/// Source: RFC 4226 section 5.3.
fn code_of(key: &hmac::Key, step: i64) -> Zeroizing<String> {
    let mac = hmac::sign(key, &step.to_be_bytes());
    let mac = mac.as_ref();
    let offset = usize::from(mac[mac.len() - 1] & 0x0f);
    let word = [
        mac[offset] & 0x7f,
        mac[offset + 1],
        mac[offset + 2],
        mac[offset + 3],
    ];
    let number = u32::from_be_bytes(word) % 1_000_000;
    Zeroizing::new(format!("{number:06}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded_rng::SeededRng;

    fn at(secs: i64) -> Timestamp {
        Timestamp::from_secs(secs)
    }

    #[test]
    fn codes_agree_with_the_standard() {
        // RFC 6238, appendix B: the last six of eight digits.
        let seed = TotpSeed::from_bytes(b"12345678901234567890");
        for (secs, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(seed.code_at(at(secs)), code);
            assert_eq!(seed.find_step(at(secs), code), Some(secs / 30));
        }
    }

    #[test]
    fn s44_a_code_is_taken_one_step_early_or_late_and_no_further() {
        let seed = TotpSeed::from_bytes(b"12345678901234567890");
        let code = seed.code_at(at(3000));
        for (secs, is_taken) in [
            (2969, false),
            (2970, true),
            (3000, true),
            (3059, true),
            (3060, false),
        ] {
            let found = seed.find_step(at(secs), &code);
            assert_eq!(found, is_taken.then_some(100), "{secs}");
        }
    }

    #[test]
    fn what_is_no_code_is_found_nowhere() {
        let seed = TotpSeed::from_bytes(b"12345678901234567890");
        let code = seed.code_at(at(3000));
        let wide: String = code
            .chars()
            .filter_map(|digit| char::from_u32(digit as u32 + 0xfee0))
            .collect();
        for other in [
            "",
            "0",
            &code[1..],
            &format!("{code}0"),
            &format!(" {code}"),
            &format!("{code}\n"),
            &wide,
            &"0".repeat(100_000),
        ] {
            assert_eq!(seed.find_step(at(3000), other), None);
        }
    }

    #[test]
    fn instants_at_the_ends_of_time_have_codes() {
        let seed = TotpSeed::from_bytes(b"12345678901234567890");
        for millis in [i64::MIN, -1, 0, i64::MAX] {
            let now = Timestamp::from_millis(millis);
            let code = seed.code_at(now);
            assert_eq!(seed.find_step(now, &code), Some(step_at(now)));
        }
    }

    #[test]
    fn base32_agrees_with_the_standard() {
        // RFC 4648, section 10, without padding.
        for (bytes, text) in [
            ("", ""),
            ("f", "MY"),
            ("fo", "MZXQ"),
            ("foo", "MZXW6"),
            ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ] {
            let seed = TotpSeed::from_bytes(bytes.as_bytes());
            assert_eq!(seed.to_base32().expose(), text);
        }
    }

    #[test]
    fn s08_a_seed_has_256_random_bits_and_52_characters() {
        let rng = SeededRng::new(7);
        let (one, other) = (TotpSeed::generate(&rng), TotpSeed::generate(&rng));
        assert_eq!(one.as_bytes().len(), 32);
        assert_eq!(one.to_base32().expose().len(), 52);
        assert_ne!(one.as_bytes(), other.as_bytes());
        assert_eq!(format!("{one:?}"), "TotpSeed(..)");
    }
}
