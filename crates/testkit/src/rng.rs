//! Repeatable random bytes.

use std::sync::atomic::{AtomicU64, Ordering};

use poolhouse_crypto::hash::sha256;
use poolhouse_model::Rng;

/// An [`Rng`] that gives the same bytes in every run: SHA-256 of a seed and a counter.
pub struct SeededRng {
    seed: u64,
    drawn: AtomicU64,
}

impl SeededRng {
    /// Starts the sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            drawn: AtomicU64::new(0),
        }
    }
}

impl Rng for SeededRng {
    fn fill(&self, dest: &mut [u8]) {
        for chunk in dest.chunks_mut(32) {
            let counter = self.drawn.fetch_add(1, Ordering::Relaxed);
            let block = sha256(&[self.seed.to_be_bytes(), counter.to_be_bytes()].concat());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}
