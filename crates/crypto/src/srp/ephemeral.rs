//! The server's secret exponents, made ahead of time.

use std::{sync::Arc, thread};

use crypto_bigint::{U256, U3072};
use parking_lot::{Condvar, Mutex};
use poolhouse_model::{Rng, RngExt};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::{SrpError, generator::generator_power};

/// Bytes of the secret exponent b.
pub const SECRET_BYTES: usize = 32;

/// The server's secret exponent b of 256 bits, kept (sealed) from challenge to answer.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct ServerSecret(pub(super) U256);

impl ServerSecret {
    /// The exponent's big-endian bytes, to be sealed.
    pub fn to_bytes(&self) -> Zeroizing<[u8; SECRET_BYTES]> {
        Zeroizing::new(self.0.to_be_bytes().into())
    }

    /// Reads what [`ServerSecret::to_bytes`] gave.
    /// # Errors
    /// [`SrpError::Malformed`] for another length.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SrpError> {
        if bytes.len() != SECRET_BYTES {
            return Err(SrpError::Malformed);
        }
        Ok(Self(U256::from_be_slice(bytes)))
    }
}

/// A fresh secret exponent b and g^b, for one challenge.
pub struct Ephemeral {
    /// The exponent.
    pub secret: ServerSecret,
    pub(super) power: U3072,
}

impl Ephemeral {
    /// Draws an exponent and computes its power, about 0.4 ms.
    pub fn generate(rng: &dyn Rng) -> Self {
        let secret = ServerSecret(U256::from_be_slice(&*Zeroizing::new(
            rng.bytes::<SECRET_BYTES>(),
        )));
        let power = generator_power(&secret.0).retrieve();
        Self { secret, power }
    }
}

struct Pairs {
    ready: Vec<Ephemeral>,
    is_wanted: bool,
    is_stopped: bool,
}

struct Shared {
    size: usize,
    rng: Arc<dyn Rng>,
    pairs: Mutex<Pairs>,
    room: Condvar,
}

/// A small stock of ready [`Ephemeral`] pairs, refilled by a thread of its own until dropped; the
/// thread begins once the first pair was taken, so that a start is free of that work.
pub struct EphemeralStock(Arc<Shared>);

impl EphemeralStock {
    /// Prepares to keep `size` pairs ready; with 0 each is computed when taken.
    /// # Errors
    /// When the system refuses another thread.
    pub fn new(size: usize, rng: Arc<dyn Rng>) -> std::io::Result<Self> {
        let pairs = Mutex::new(Pairs {
            ready: Vec::with_capacity(size),
            is_wanted: false,
            is_stopped: false,
        });
        let shared = Arc::new(Shared {
            size,
            rng,
            pairs,
            room: Condvar::new(),
        });
        if size > 0 {
            let filler = Arc::clone(&shared);
            thread::Builder::new()
                .name("srp-stock".into())
                .spawn(move || filler.refill())?;
        }
        Ok(Self(shared))
    }

    /// Takes a pair; computes one here when none is ready.
    pub fn take(&self) -> Ephemeral {
        let ready = {
            let mut pairs = self.0.pairs.lock();
            pairs.is_wanted = true;
            pairs.ready.pop()
        };
        self.0.room.notify_one();
        ready.unwrap_or_else(|| Ephemeral::generate(&*self.0.rng))
    }
}

impl Drop for EphemeralStock {
    fn drop(&mut self) {
        self.0.pairs.lock().is_stopped = true;
        self.0.room.notify_one();
    }
}

impl Shared {
    fn refill(&self) {
        let mut pairs = self.pairs.lock();
        while !pairs.is_stopped {
            if !pairs.is_wanted || pairs.ready.len() >= self.size {
                self.room.wait(&mut pairs);
                continue;
            }
            drop(pairs);
            let fresh = Ephemeral::generate(&*self.rng);
            pairs = self.pairs.lock();
            pairs.ready.push(fresh);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::generator::GENERATOR;
    use super::*;
    use crate::seeded_rng::SeededRng;

    #[test]
    fn no_pair_is_handed_out_twice_and_each_power_fits_its_secret() {
        for size in [0, 2] {
            let stock = EphemeralStock::new(size, Arc::new(SeededRng::new(7))).unwrap();
            let mut seen = HashSet::new();
            for _ in 0..6 {
                let pair = stock.take();
                assert_eq!(GENERATOR.pow(&pair.secret.0).retrieve(), pair.power);
                assert!(seen.insert(*pair.secret.to_bytes()));
            }
        }
    }

    #[test]
    fn the_thread_ends_with_the_stock() {
        let rng: Arc<dyn Rng> = Arc::new(SeededRng::new(8));
        let stock = EphemeralStock::new(1, Arc::clone(&rng)).unwrap();
        let shared = Arc::downgrade(&stock.0);
        drop(stock);
        for _ in 0..100_000_000_u64 {
            if shared.strong_count() == 0 {
                return;
            }
            thread::yield_now();
        }
        panic!("the thread still holds the stock");
    }

    #[test]
    fn a_secret_survives_its_bytes() {
        let secret = Ephemeral::generate(&SeededRng::new(9)).secret;
        let again = ServerSecret::from_bytes(&*secret.to_bytes()).unwrap();
        assert_eq!(*again.to_bytes(), *secret.to_bytes());
        assert!(matches!(
            ServerSecret::from_bytes(&[1; 31]),
            Err(SrpError::Malformed)
        ));
    }
}
