//! Repeatable random bytes.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use poolhouse_crypto::hash::sha256;
use poolhouse_model::Rng;

/// An [`Rng`] that gives the same bytes in every run: SHA-256 of a seed and a counter.
pub struct SeededRng {
    seed: u64,
    drawn: AtomicU64,
    interruption: Mutex<Option<Interruption>>,
}

/// What happens in the middle of something else.
type Interruption = Box<dyn FnOnce() + Send>;

impl SeededRng {
    /// Starts the sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            drawn: AtomicU64::new(0),
            interruption: Mutex::new(None),
        }
    }

    /// Does something before the next bytes are drawn, once: a moment in the middle of a use case
    /// that draws some.
    pub fn interrupt_next_draw(&self, interruption: impl FnOnce() + Send + 'static) {
        *self.interruption() = Some(Box::new(interruption));
    }

    /// Whether an interruption still waits for its moment.
    pub fn is_to_interrupt(&self) -> bool {
        self.interruption().is_some()
    }

    fn interruption(&self) -> std::sync::MutexGuard<'_, Option<Interruption>> {
        let interruption = self.interruption.lock();
        interruption.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Rng for SeededRng {
    fn fill(&self, dest: &mut [u8]) {
        // Taken out first: what it does may draw bytes of its own.
        let interruption = self.interruption().take();
        if let Some(interrupt) = interruption {
            interrupt();
        }
        for chunk in dest.chunks_mut(32) {
            let counter = self.drawn.fetch_add(1, Ordering::Relaxed);
            let block = sha256(&[self.seed.to_be_bytes(), counter.to_be_bytes()].concat());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}
