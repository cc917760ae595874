//! Comparison that does not tell where two secrets differ.

/// Tells whether both are the same bytes; only their lengths show in the time it takes.
pub fn equal(left: &[u8], right: &[u8]) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(left, right).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_means_every_byte_and_the_length() {
        assert!(equal(b"", b""));
        assert!(equal(b"secret", b"secret"));
        assert!(!equal(b"secret", b"secreT"));
        assert!(!equal(b"secret", b"Secret"));
        assert!(!equal(b"secret", b"secret\0"));
        assert!(!equal(b"secret", b""));
    }
}
