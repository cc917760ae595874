//! Argon2id hashes of passwords, computed on threads of their own.

mod memory_hard;
mod phc;
mod workers;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use poolhouse_model::{Rng, RngExt, SecretString};
use zeroize::Zeroizing;

use crate::constant_time;
use memory_hard::Cost;
use phc::Phc;
use workers::Workers;

/// Longest password that is hashed, in bytes of UTF-8; nothing is cut off or trimmed.
/// Inferred: the service allows 256 characters; bytes bound the work and cover nearly all of them.
pub const MAX_PASSWORD_BYTES: usize = 256;

/// How long a request may wait for a free thread unless configured.
pub const DEFAULT_QUEUE_WAIT: Duration = Duration::from_secs(2);

/// Bytes of a fresh salt.
/// Source: RFC 9106 section 3.1.
const SALT_BYTES: usize = 16;

/// How much a guess at a stored hash costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preset {
    /// 19 MiB, two passes, one lane.
    /// Source: OWASP Password Storage Cheat Sheet, second choice for Argon2id.
    Standard,
    /// 1 MiB and one pass: no protection, for the dev profile and tests only.
    DevOnly,
}

impl Preset {
    fn cost(self) -> Cost {
        match self {
            Self::Standard => Cost {
                memory_kib: 19 * 1024,
                passes: 2,
                lanes: 1,
            },
            Self::DevOnly => Cost {
                memory_kib: 1024,
                passes: 1,
                lanes: 1,
            },
        }
    }
}

/// How a [`PasswordHasher`] is set up.
#[derive(Clone, Copy, Debug)]
pub struct HasherOptions {
    /// The cost of fresh hashes.
    pub preset: Preset,
    /// Threads, each with a buffer of the preset's memory; 0 means one for each processor.
    pub threads: usize,
    /// How long a request may wait for a free thread.
    pub queue_wait: Duration,
}

impl HasherOptions {
    /// One thread for each processor and the default wait.
    pub fn new(preset: Preset) -> Self {
        Self {
            preset,
            threads: 0,
            queue_wait: DEFAULT_QUEUE_WAIT,
        }
    }
}

/// Why no hash was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HasherError {
    /// All threads stayed busy for the whole queue wait.
    #[error("all password hashing threads are busy")]
    Busy,
    /// The password is longer than [`MAX_PASSWORD_BYTES`].
    #[error("the password is longer than {MAX_PASSWORD_BYTES} bytes")]
    PasswordTooLong,
    /// The stored text is no Argon2id hash, or one beyond the bounds.
    #[error("the stored password hash cannot be used")]
    UnusableHash,
    /// The memory was refused, or the hasher is shutting down.
    #[error("the password could not be hashed")]
    Failed,
}

/// A stored hash with its parameters: `$argon2id$v=19$m=..,t=..,p=..$salt$hash`.
#[derive(Clone)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Reads the hash of an import.
    /// # Errors
    /// [`HasherError::UnusableHash`] unless it is Argon2id, version 19, with at most 256 MiB,
    /// 16 passes and 16 lanes.
    pub fn parse(text: &str) -> Result<Self, HasherError> {
        Phc::parse(text)?;
        Ok(Self(text.to_owned()))
    }

    /// The text to store.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text to store.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// What became of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The password is the one that was hashed.
    pub matches: bool,
    /// It matches, and should be hashed anew with today's parameters.
    pub needs_rehash: bool,
}

/// Hashes and verifies passwords on a bounded number of threads with reused memory.
///
/// Waiting is bounded by time, and a request whose future is dropped costs no hash unless its
/// hash has begun. The buffers of idle threads are given back.
pub struct PasswordHasher {
    preset: Preset,
    workers: Workers,
    nobody: Phc,
    hash_count: AtomicU64,
}

impl PasswordHasher {
    /// Starts the threads.
    /// # Errors
    /// When the system refuses a thread.
    pub fn new(options: HasherOptions, rng: &dyn Rng) -> std::io::Result<Self> {
        let cost = options.preset.cost();
        let threads = match options.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let workers = Workers::start(threads, options.queue_wait, cost.memory_kib)?;
        let nobody = Phc {
            cost,
            salt: rng.bytes::<SALT_BYTES>().to_vec(),
            digest: Zeroizing::new(rng.bytes::<{ memory_hard::DIGEST_BYTES }>().to_vec()),
        };
        Ok(Self {
            preset: options.preset,
            workers,
            nobody,
            hash_count: AtomicU64::new(0),
        })
    }

    /// How many hashes were asked of the threads since the start.
    pub fn hash_count(&self) -> u64 {
        self.hash_count.load(Ordering::Relaxed)
    }

    /// Hashes a password under a fresh salt.
    /// # Errors
    /// [`HasherError::PasswordTooLong`], [`HasherError::Busy`], [`HasherError::Failed`].
    pub async fn hash(
        &self,
        password: SecretString,
        rng: &dyn Rng,
    ) -> Result<PasswordHash, HasherError> {
        let salt = rng.bytes::<SALT_BYTES>().to_vec();
        let cost = self.preset.cost();
        let digest = self
            .compute(password, cost, salt.clone(), memory_hard::DIGEST_BYTES)
            .await?;
        Ok(PasswordHash(Phc { cost, salt, digest }.to_text()))
    }

    /// Compares a password with a stored hash of any parameters within the bounds.
    /// # Errors
    /// Those of [`PasswordHasher::hash`], and [`HasherError::UnusableHash`].
    pub async fn verify(&self, password: SecretString, phc: &str) -> Result<Verdict, HasherError> {
        let stored = Phc::parse(phc)?;
        let matches = self.matches(password, &stored).await?;
        Ok(Verdict {
            matches,
            needs_rehash: matches && self.is_outdated(&stored),
        })
    }

    /// Takes as long as [`PasswordHasher::verify`] and never matches: for unknown names.
    /// # Errors
    /// Those of [`PasswordHasher::hash`].
    pub async fn verify_nobody(&self, password: SecretString) -> Result<Verdict, HasherError> {
        self.matches(password, &self.nobody).await?;
        Ok(Verdict {
            matches: false,
            needs_rehash: false,
        })
    }

    async fn matches(&self, password: SecretString, stored: &Phc) -> Result<bool, HasherError> {
        let length = stored.digest.len();
        let digest = self
            .compute(password, stored.cost, stored.salt.clone(), length)
            .await?;
        Ok(constant_time::equal(&digest, &stored.digest))
    }

    async fn compute(
        &self,
        password: SecretString,
        cost: Cost,
        salt: Vec<u8>,
        digest_bytes: usize,
    ) -> Result<Zeroizing<Vec<u8>>, HasherError> {
        if password.expose().len() > MAX_PASSWORD_BYTES {
            return Err(HasherError::PasswordTooLong);
        }
        self.hash_count.fetch_add(1, Ordering::Relaxed);
        self.workers
            .run(workers::Task {
                password,
                cost,
                salt,
                digest_bytes,
            })
            .await
    }

    fn is_outdated(&self, stored: &Phc) -> bool {
        let current = self.preset.cost();
        match self.preset {
            Preset::Standard => {
                stored.cost != current || stored.digest.len() != memory_hard::DIGEST_BYTES
            }
            // A real hash that strayed into a dev set-up must not be weakened.
            Preset::DevOnly => stored.cost.work() < current.work(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded_rng::SeededRng;

    fn hasher(preset: Preset) -> PasswordHasher {
        let options = HasherOptions {
            threads: 2,
            ..HasherOptions::new(preset)
        };
        PasswordHasher::new(options, &SeededRng::new(1)).unwrap()
    }

    async fn hash(hasher: &PasswordHasher, password: &str) -> String {
        hasher
            .hash(password.into(), &SeededRng::new(5))
            .await
            .unwrap()
            .into_string()
    }

    async fn matches(hasher: &PasswordHasher, password: &str, phc: &str) -> bool {
        hasher.verify(password.into(), phc).await.unwrap().matches
    }

    #[tokio::test]
    async fn a_hash_carries_its_parameters_and_fits_its_password_only() {
        let hasher = hasher(Preset::Standard);
        let phc = hash(&hasher, "Passw0rd!").await;
        assert!(phc.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{phc}");
        let verdict = hasher.verify("Passw0rd!".into(), &phc).await.unwrap();
        assert_eq!(
            verdict,
            Verdict {
                matches: true,
                needs_rehash: false
            }
        );
        assert!(!matches(&hasher, "passw0rd!", &phc).await);
        assert!(!matches(&hasher, "", &phc).await);
    }

    #[tokio::test]
    async fn two_hashes_of_a_password_differ() {
        let hasher = hasher(Preset::DevOnly);
        let rng = SeededRng::new(2);
        let one = hasher.hash("Passw0rd!".into(), &rng).await.unwrap();
        let other = hasher.hash("Passw0rd!".into(), &rng).await.unwrap();
        assert_ne!(one.as_str(), other.as_str());
    }

    #[tokio::test]
    async fn an_independent_hash_with_other_parameters_is_verified_and_outdated() {
        // Test vector of the reference implementation's test.c (version 0x13, 2 passes, 64 KiB).
        let phc = "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ\
                   $bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";
        for preset in [Preset::Standard, Preset::DevOnly] {
            let hasher = hasher(preset);
            let verdict = hasher.verify("password".into(), phc).await.unwrap();
            assert_eq!(
                verdict,
                Verdict {
                    matches: true,
                    needs_rehash: true
                }
            );
            let verdict = hasher.verify("Password".into(), phc).await.unwrap();
            assert_eq!(
                verdict,
                Verdict {
                    matches: false,
                    needs_rehash: false
                }
            );
        }
    }

    #[tokio::test]
    async fn a_real_hash_is_not_weakened_by_a_dev_set_up() {
        let phc = hash(&hasher(Preset::Standard), "Passw0rd!").await;
        let verdict = hasher(Preset::DevOnly)
            .verify("Passw0rd!".into(), &phc)
            .await
            .unwrap();
        assert_eq!(
            verdict,
            Verdict {
                matches: true,
                needs_rehash: false
            }
        );
    }

    #[tokio::test]
    async fn nobody_has_a_password() {
        let hasher = hasher(Preset::DevOnly);
        for password in ["", "Passw0rd!"] {
            let verdict = hasher.verify_nobody(password.into()).await.unwrap();
            assert_eq!(
                verdict,
                Verdict {
                    matches: false,
                    needs_rehash: false
                }
            );
        }
        assert_eq!(hasher.nobody.cost, Preset::DevOnly.cost());
    }

    #[tokio::test]
    async fn s38_no_password_is_cut_trimmed_or_folded() {
        let hasher = hasher(Preset::DevOnly);
        let longest = "é".repeat(128);
        let phc = hash(&hasher, &longest).await;
        assert!(matches(&hasher, &longest, &phc).await);
        assert!(!matches(&hasher, &longest[..254], &phc).await);
        assert!(!matches(&hasher, &format!("{}è", &longest[..254]), &phc).await);

        let phc = hash(&hasher, " pass\0word 🦀 ").await;
        assert!(matches(&hasher, " pass\0word 🦀 ", &phc).await);
        for other in [
            " pass",
            "pass\0word 🦀",
            " pass\0word 🦀",
            " pass\0word ",
            " PASS\0word 🦀 ",
        ] {
            assert!(!matches(&hasher, other, &phc).await, "{other:?}");
        }
    }

    #[tokio::test]
    async fn s38_a_password_beyond_256_bytes_costs_no_hash() {
        let hasher = hasher(Preset::DevOnly);
        let phc = hash(&hasher, "x").await;
        // With all threads taken, only an answer that needs none can come.
        let _taken = hasher.workers.take_all_threads().await;
        for length in [257, 1_000_000] {
            let password = || SecretString::new("p".repeat(length));
            let refused = Some(HasherError::PasswordTooLong);
            assert_eq!(
                hasher.hash(password(), &SeededRng::new(3)).await.err(),
                refused
            );
            assert_eq!(hasher.verify(password(), &phc).await.err(), refused);
            assert_eq!(hasher.verify_nobody(password()).await.err(), refused);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_finds_no_free_thread_in_time_is_told_so() {
        let hasher = hasher(Preset::DevOnly);
        let taken = hasher.workers.take_all_threads().await;
        let started_at = tokio::time::Instant::now();
        let answer = hasher.verify_nobody("x".into()).await;
        assert_eq!(answer, Err(HasherError::Busy));
        assert_eq!(started_at.elapsed().as_secs(), DEFAULT_QUEUE_WAIT.as_secs());
        drop(taken);
        tokio::time::resume();
        assert!(hasher.verify_nobody("x".into()).await.is_ok());
    }

    #[tokio::test]
    async fn many_requests_share_few_threads() {
        let hasher = std::sync::Arc::new(hasher(Preset::DevOnly));
        let phc = hash(&hasher, "right").await;
        let mut requests = tokio::task::JoinSet::new();
        for index in 0..40 {
            let (hasher, phc) = (std::sync::Arc::clone(&hasher), phc.clone());
            let password = if index % 2 == 0 { "right" } else { "wrong" };
            requests.spawn(async move {
                let verdict = hasher.verify(password.into(), &phc).await.unwrap();
                assert_eq!(verdict.matches, password == "right");
            });
        }
        requests.join_all().await;
    }
}
