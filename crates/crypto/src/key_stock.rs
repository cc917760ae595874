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
    ready: Option<Mutex<mpsc::Receiver<SigningKey>>>,
    wake: Option<std_mpsc::SyncSender<()>>,
}

impl SigningKeyStock {
    /// Prepares to keep `size` keys ready (one more waits in the thread); 0 makes none ahead.
    /// # Errors
    /// When the system refuses another thread.
    pub fn new(size: usize) -> std::io::Result<Self> {
        if size == 0 {
            return Ok(Self {
                ready: None,
                wake: None,
            });
        }
        let (sender, receiver) = mpsc::channel(size);
        let (wake, woken) = std_mpsc::sync_channel(1);
        thread::Builder::new()
            .name("rsa-stock".into())
            .spawn(move || {
                if woken.recv().is_ok() {
                    fill(&sender);
                }
            })?;
        Ok(Self {
            ready: Some(Mutex::new(receiver)),
            wake: Some(wake),
        })
    }

    /// Hands out these keys in order and generates those after them.
    pub fn of(keys: Vec<SigningKey>) -> Self {
        let (sender, receiver) = mpsc::channel(keys.len().max(1));
        for key in keys {
            // There is room for each of them.
            let _ = sender.try_send(key);
        }
        Self {
            ready: Some(Mutex::new(receiver)),
            wake: None,
        }
    }

    /// Takes a ready key, or generates one on tokio's blocking threads.
    /// # Errors
    /// [`KeyError::NotGenerated`].
    pub async fn take(&self) -> Result<SigningKey, KeyError> {
        if let Some(key) = self.take_ready() {
            return Ok(key);
        }
        tokio::task::spawn_blocking(SigningKey::generate)
            .await
            .unwrap_or(Err(KeyError::NotGenerated))
    }

    fn take_ready(&self) -> Option<SigningKey> {
        if let Some(wake) = &self.wake {
            // A full channel means that the thread was woken before.
            let _ = wake.try_send(());
        }
        self.ready
            .as_ref()
            .and_then(|ready| ready.lock().try_recv().ok())
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
        assert!(stock.take_ready().is_none());
        let key = stock.ready.as_ref().unwrap().lock().blocking_recv();
        assert!(key.is_some());
    }
}
