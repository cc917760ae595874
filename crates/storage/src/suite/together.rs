//! Many calls at the same time.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use crate::error::{Conflict, StorageError};
use crate::repositories::Storage;
use crate::write::{Write, WriteBatch};

/// Waits for all futures, each making progress while the others wait.
pub(super) async fn all<T>(futures: impl IntoIterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<Pin<Box<_>>> = futures.into_iter().map(Box::pin).collect();
    let mut done: Vec<Option<T>> = waiting.iter().map(|_| None).collect();
    poll_fn(move |context| {
        for (future, slot) in waiting.iter_mut().zip(&mut done) {
            if slot.is_none()
                && let Poll::Ready(value) = future.as_mut().poll(context)
            {
                *slot = Some(value);
            }
        }
        if done.iter().all(Option::is_some) {
            Poll::Ready(done.drain(..).flatten().collect())
        } else {
            Poll::Pending
        }
    })
    .await
}

/// Runs the same change many times at once: exactly one may succeed, the others meet `conflict`.
pub(super) async fn only_one_succeeds(storage: &dyn Storage, conflict: Conflict, write: &Write) {
    let calls = (0..50).map(|_| storage.write(WriteBatch::of([write.clone()])));
    let outcomes = all(calls).await;
    let successes = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    assert_eq!(successes, 1, "{write:?}");
    for outcome in outcomes {
        match outcome {
            Ok(()) => {}
            Err(StorageError::Conflict(found)) => assert_eq!(found, conflict),
            Err(error) => panic!("the engine failed: {error}"),
        }
    }
}
