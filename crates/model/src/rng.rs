//! Source of random bytes.

/// Fills buffers with random bytes; the system generator in the server, a seeded one in tests.
pub trait Rng: Send + Sync {
    /// Overwrites the whole of `dest`.
    fn fill(&self, dest: &mut [u8]);
}

/// Shapes that callers need, built on [`Rng::fill`].
pub trait RngExt: Rng {
    /// Returns `N` random bytes.
    fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// Returns a lower-case UUID of version 4.
    /// Source: RFC 9562 section 5.4.
    fn uuid(&self) -> String {
        let mut bytes: [u8; 16] = self.bytes();
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        format_uuid(bytes)
    }

    /// Returns `len` characters, each drawn evenly from `alphabet` (1 to 256 ASCII characters).
    fn characters(&self, alphabet: &[u8], len: usize) -> String {
        (0..len)
            .map(|_| char::from(alphabet[self.below(alphabet.len())]))
            .collect()
    }

    /// Returns a number below `bound` (1 to 256), each with the same chance.
    fn below(&self, bound: usize) -> usize {
        let limit = 256 - 256 % bound;
        loop {
            let [byte] = self.bytes();
            if usize::from(byte) < limit {
                return usize::from(byte) % bound;
            }
        }
    }

    /// Returns a code of `len` decimal digits.
    fn digits(&self, len: usize) -> String {
        self.characters(b"0123456789", len)
    }
}

impl<R: Rng + ?Sized> RngExt for R {}

fn format_uuid(bytes: [u8; 16]) -> String {
    use std::fmt::Write as _;
    let mut text = String::with_capacity(36);
    for (index, byte) in bytes.iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::sync::atomic::AtomicU8);

    impl Rng for Counting {
        fn fill(&self, dest: &mut [u8]) {
            for byte in dest {
                *byte = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
        }
    }

    #[test]
    fn uuid_carries_version_and_variant() {
        let rng = Counting(0.into());
        assert_eq!(rng.uuid(), "00010203-0405-4607-8809-0a0b0c0d0e0f");
    }

    #[test]
    fn characters_are_drawn_evenly() {
        let rng = Counting(0.into());
        let text = rng.characters(b"abcdefghij", 250);
        for letter in 'a'..='j' {
            assert_eq!(text.matches(letter).count(), 25, "{letter}");
        }
    }
}
