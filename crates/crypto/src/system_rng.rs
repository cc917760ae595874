//! The system's source of random bytes.

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use poolhouse_model::Rng;

/// Random bytes from the generator of aws-lc, which is seeded by the operating system.
#[derive(Clone, Debug)]
pub struct SystemRng(SystemRandom);

impl SystemRng {
    /// Opens the generator; every instance draws from the same source.
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that stands for the system generator; others are handed an Rng"
    )]
    pub fn new() -> Self {
        Self(SystemRandom::new())
    }

    /// The generator in the form that aws-lc-rs asks for.
    pub(crate) fn as_secure_random(&self) -> &dyn SecureRandom {
        &self.0
    }
}

impl Default for SystemRng {
    fn default() -> Self {
        Self::new()
    }
}

impl Rng for SystemRng {
    fn fill(&self, dest: &mut [u8]) {
        self.0
            .fill(dest)
            .expect("the system generator gives bytes; without it nothing is safe");
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use poolhouse_model::RngExt;

    use super::*;

    const TOKENS: usize = 100_000;

    /// Eight standard deviations of a fair coin tossed [`TOKENS`] times.
    const TOLERANCE: usize = 1_265;

    fn assert_balanced(ones: &[usize]) {
        for (bit, &count) in ones.iter().enumerate() {
            assert!(
                count.abs_diff(TOKENS / 2) < TOLERANCE,
                "bit {bit} is set in {count}"
            );
        }
    }

    #[test]
    fn s08_a_hundred_thousand_tokens_have_no_collision_and_balanced_bits() {
        let rng = SystemRng::new();
        let mut seen = HashSet::with_capacity(TOKENS);
        let mut ones = [0; 256];
        for _ in 0..TOKENS {
            let token: [u8; 32] = rng.bytes();
            for (bit, count) in ones.iter_mut().enumerate() {
                *count += usize::from(token[bit / 8] >> (bit % 8) & 1);
            }
            assert!(seen.insert(token));
        }
        assert_balanced(&ones);
    }

    #[test]
    fn s08_a_hundred_thousand_authorization_codes_differ_in_122_balanced_bits() {
        let rng = SystemRng::new();
        let mut seen = HashSet::with_capacity(TOKENS);
        let mut ones = [0; 128];
        for _ in 0..TOKENS {
            let code = u128::from_str_radix(&rng.uuid().replace('-', ""), 16).unwrap();
            for (bit, count) in ones.iter_mut().enumerate() {
                *count += usize::from(code >> bit & 1 == 1);
            }
            assert!(seen.insert(code));
        }
        // Version (4 bits) and variant (2 bits) are fixed: RFC 9562 section 5.4.
        let fixed = ones
            .iter()
            .filter(|&&count| count == 0 || count == TOKENS)
            .count();
        assert_eq!(fixed, 6);
        ones.iter_mut()
            .filter(|count| [0, TOKENS].contains(*count))
            .for_each(|c| *c = TOKENS / 2);
        assert_balanced(&ones);
    }
}
