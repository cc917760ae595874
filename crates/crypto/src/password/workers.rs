//! The threads that hash.

use std::{collections::VecDeque, sync::Arc, thread, time::Duration};

use argon2::Block;
use parking_lot::{Condvar, Mutex};
use poolhouse_model::SecretString;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};
use zeroize::Zeroizing;

use super::{
    HasherError,
    memory_hard::{self, Cost},
};

/// How long a thread without work keeps its buffer.
const BUFFER_KEPT: Duration = Duration::from_secs(10);

/// One computation that is asked for.
pub(super) struct Task {
    pub(super) password: SecretString,
    pub(super) cost: Cost,
    pub(super) salt: Vec<u8>,
    pub(super) digest_bytes: usize,
}

type Digest = Zeroizing<Vec<u8>>;

struct Job {
    task: Task,
    answer: oneshot::Sender<Option<Digest>>,
    /// Stands for a thread; given back when the job is dropped.
    _permit: OwnedSemaphorePermit,
}

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
    is_closed: bool,
}

struct Shared {
    queue: Mutex<Queue>,
    arrival: Condvar,
    /// Blocks of the preset; a buffer that an import made larger is given back at once.
    usual_blocks: usize,
}

/// As many threads as there are permits; who waits, waits for a permit.
pub(super) struct Workers {
    permits: Arc<Semaphore>,
    queue_wait: Duration,
    shared: Arc<Shared>,
    #[cfg(test)]
    threads: u32,
}

impl Workers {
    pub(super) fn start(
        threads: usize,
        queue_wait: Duration,
        usual_kib: u32,
    ) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            queue: Mutex::default(),
            arrival: Condvar::new(),
            usual_blocks: usize::try_from(usual_kib).unwrap_or(usize::MAX),
        });
        let workers = Self {
            permits: Arc::new(Semaphore::new(threads)),
            queue_wait,
            shared: Arc::clone(&shared),
            #[cfg(test)]
            threads: u32::try_from(threads).expect("few threads"),
        };
        for index in 0..threads {
            let shared = Arc::clone(&shared);
            thread::Builder::new()
                .name(format!("password-{index}"))
                .spawn(move || shared.work())?;
        }
        Ok(workers)
    }

    /// Waits for a thread and for its answer.
    pub(super) async fn run(&self, task: Task) -> Result<Digest, HasherError> {
        let permit = Arc::clone(&self.permits).acquire_owned();
        let permit = tokio::time::timeout(self.queue_wait, permit)
            .await
            .map_err(|_| HasherError::Busy)?
            .map_err(|_| HasherError::Failed)?;
        let (answer, answered) = oneshot::channel();
        self.shared.queue.lock().jobs.push_back(Job {
            task,
            answer,
            _permit: permit,
        });
        self.shared.arrival.notify_one();
        answered.await.ok().flatten().ok_or(HasherError::Failed)
    }

    #[cfg(test)]
    pub(super) async fn take_all_threads(&self) -> OwnedSemaphorePermit {
        Arc::clone(&self.permits)
            .acquire_many_owned(self.threads)
            .await
            .unwrap()
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.shared.queue.lock().is_closed = true;
        self.shared.arrival.notify_all();
    }
}

impl Shared {
    fn work(&self) {
        let mut memory = Vec::new();
        while let Some(job) = self.next(&mut memory) {
            job.run(&mut memory);
            if memory.len() > self.usual_blocks {
                memory = Vec::new();
            }
        }
    }

    fn next(&self, memory: &mut Vec<Block>) -> Option<Job> {
        let mut queue = self.queue.lock();
        loop {
            if let Some(job) = queue.jobs.pop_front() {
                return Some(job);
            }
            if queue.is_closed {
                return None;
            }
            if memory.is_empty() {
                self.arrival.wait(&mut queue);
            } else if self.arrival.wait_for(&mut queue, BUFFER_KEPT).timed_out() {
                *memory = Vec::new();
            }
        }
    }
}

impl Job {
    /// Computes the digest, unless nobody waits for it any more.
    fn run(self, memory: &mut Vec<Block>) {
        if self.answer.is_closed() {
            return;
        }
        let Task {
            password,
            cost,
            salt,
            digest_bytes,
        } = &self.task;
        let password = password.expose().as_bytes();
        let digest = memory_hard::digest(*cost, password, salt, *digest_bytes, memory);
        // The waiter may have left meanwhile.
        let _ = self.answer.send(digest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn job() -> (Job, oneshot::Receiver<Option<Digest>>) {
        let cost = Cost {
            memory_kib: 8,
            passes: 1,
            lanes: 1,
        };
        let task = Task {
            password: "x".into(),
            cost,
            salt: b"somesalt".to_vec(),
            digest_bytes: 32,
        };
        let permit = Arc::new(Semaphore::new(1)).try_acquire_owned().unwrap();
        let (answer, answered) = oneshot::channel();
        (
            Job {
                task,
                answer,
                _permit: permit,
            },
            answered,
        )
    }

    #[test]
    fn a_job_whose_waiter_left_computes_nothing() {
        let (wanted, mut answered) = job();
        let mut memory = Vec::new();
        wanted.run(&mut memory);
        assert!(answered.try_recv().unwrap().is_some());
        assert!(!memory.is_empty());

        let (unwanted, answered) = job();
        drop(answered);
        let mut memory = Vec::new();
        unwanted.run(&mut memory);
        assert!(memory.is_empty());
    }

    #[tokio::test]
    async fn a_waiter_that_leaves_gives_up_its_place() {
        let workers = Workers::start(1, Duration::from_mins(1), 8).unwrap();
        let taken = workers.take_all_threads().await;
        let (job, _answered) = job();
        let mut waiting = Box::pin(workers.run(job.task));
        let waker = std::task::Waker::noop();
        let mut context = std::task::Context::from_waker(waker);
        assert!(waiting.as_mut().poll(&mut context).is_pending());
        drop(waiting);
        drop(taken);
        assert_eq!(workers.permits.available_permits(), 1);
        assert!(workers.shared.queue.lock().jobs.is_empty());
    }

    #[test]
    fn the_threads_end_with_the_workers() {
        let workers = Workers::start(2, Duration::from_mins(1), 8).unwrap();
        let shared = Arc::downgrade(&workers.shared);
        drop(workers);
        for _ in 0..100_000_000_u64 {
            if shared.strong_count() == 0 {
                return;
            }
            thread::yield_now();
        }
        panic!("a thread still runs");
    }
}
