//! RSA keys made ahead of time, so that a new pool does not wait for them.

use std::sync::mpsc as std_mpsc;
use std::thread;

use parking_lot::Mutex;
use tokio::sync::mpsc;

use crate::jws::{KeyError, SigningKey};

/// Keeps ready signing keys, made one at a time by a thread that ends when this is dropped.
///
/// The thread begins once the first key was asked for: a server that makes no pool starts without
/// that work.
pub struct SigningKeyStock {
    ready: Mutex<Ready>,
}

/// Where ready keys come from.
enum Ready {
    /// Nowhere: each is generated when it is taken.
    Nothing,
    /// From the thread, which begins once it is woken.
    Made {
        keys: mpsc::Receiver<SigningKey>,
        wake: std_mpsc::SyncSender<()>,
    },
    /// From whoever set this up.
    Given(Box<dyn Iterator<Item = SigningKey> + Send>),
}

impl Ready {
    fn next(&mut self) -> Option<SigningKey> {
        match self {
            Self::Nothing => None,
            Self::Made { keys, wake } => {
                // A full channel means that the thread was woken before.
                let _ = wake.try_send(());
                keys.try_recv().ok()
            }
            Self::Given(keys) => keys.next(),
        }
    }
}

impl SigningKeyStock {
    /// Prepares to keep `size` keys ready (one more waits in the thread); 0 makes none ahead.
    /// # Errors
    /// When the system refuses another thread.
    pub fn new(size: usize) -> std::io::Result<Self> {
        if size == 0 {
            return Ok(Self::with(Ready::Nothing));
        }
        let (sender, keys) = mpsc::channel(size);
        let (wake, woken) = std_mpsc::sync_channel(1);
        thread::Builder::new()
            .name("rsa-stock".into())
            .spawn(move || {
                if woken.recv().is_ok() {
                    fill(&sender);
                }
            })?;
        Ok(Self::with(Ready::Made { keys, wake }))
    }

    /// Hands out these keys in order, and generates those after the last.
    pub fn of<Keys>(keys: Keys) -> Self
    where
        Keys: IntoIterator<Item = SigningKey, IntoIter: Send + 'static>,
    {
        Self::with(Ready::Given(Box::new(keys.into_iter())))
    }

    fn with(ready: Ready) -> Self {
        Self {
            ready: Mutex::new(ready),
        }
    }

    /// Takes a ready key, or generates one on tokio's blocking threads.
    /// # Errors
    /// [`KeyError::NotGenerated`].
    pub async fn take(&self) -> Result<SigningKey, KeyError> {
        let ready = self.ready.lock().next();
        if let Some(key) = ready {
            return Ok(key);
        }
        tokio::task::spawn_blocking(SigningKey::generate)
            .await
            .unwrap_or(Err(KeyError::NotGenerated))
    }
}

fn fill(sender: &mpsc::Sender<SigningKey>) {
    while !sender.is_closed() {
        match SigningKey::generate() {
            Ok(key) => {
                if sender.blocking_send(key).is_err() {
                    return;
                }
            }
            Err(error) => {
                tracing::error!(%error, "the stock of signing keys is no longer refilled");
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[tokio::test]
    async fn every_key_is_handed_out_once_whether_ready_or_not() {
        for size in [0, 2] {
            let stock = SigningKeyStock::new(size).unwrap();
            let mut kids = HashSet::new();
            for _ in 0..4 {
                assert!(kids.insert(stock.take().await.unwrap().kid().to_owned()));
            }
        }
    }

    #[tokio::test]
    async fn given_keys_are_handed_out_in_order_and_then_others() {
        let keys = vec![
            SigningKey::generate().unwrap(),
            SigningKey::generate().unwrap(),
        ];
        let given: Vec<String> = keys.iter().map(|key| key.kid().to_owned()).collect();
        let stock = SigningKeyStock::of(keys);
        for kid in &given {
            assert_eq!(stock.take().await.unwrap().kid(), kid);
        }
        assert!(!given.contains(&stock.take().await.unwrap().kid().to_owned()));
    }

    #[test]
    fn the_thread_ends_with_the_stock() {
        let (sender, receiver) = mpsc::channel(1);
        let filler = thread::spawn(move || fill(&sender));
        drop(receiver);
        filler.join().unwrap();
    }

    #[test]
    fn once_a_key_was_asked_for_the_thread_makes_the_next() {
        let stock = SigningKeyStock::new(1).unwrap();
        let mut ready = stock.ready.lock();
        assert!(ready.next().is_none());
        let Ready::Made { keys, .. } = &mut *ready else {
            panic!("the stock has no thread")
        };
        assert!(keys.blocking_recv().is_some());
    }
}
