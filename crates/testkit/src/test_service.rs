//! A real service on a fresh store.

use std::ops::Deref;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures_util::FutureExt as _;
use poolhouse_crypto::key_stock::SigningKeyStock;
use poolhouse_crypto::password::{HasherOptions, PasswordHasher, Preset};
use poolhouse_crypto::sealing::{MasterKey, MasterKeys};
use poolhouse_crypto::srp::EphemeralStock;
use poolhouse_model::{Clock, Lockout, MovableClock, Rng, User};
use poolhouse_service::{Service, ServiceParts, ServiceSettings};
use poolhouse_storage::Lockouts as _;
use poolhouse_storage_sql::{OpenOptions, SqlStorage};
use tempfile::TempDir;

use crate::clock::TestClock;
use crate::mail::{RecordingMail, RecordingSms};
use crate::postgres::TestDatabase;
use crate::rng::SeededRng;
use crate::signing_keys::ready_keys;

/// The public URL that services of tests build issuers and links from.
pub const PUBLIC_URL: &str = "http://localhost:9229";

/// A real service with a cheap password preset on a fresh store, and what a test moves or reads
/// around it. It derefs to the [`Service`].
pub struct TestService {
    service: Arc<Service>,
    /// The service's clock.
    pub clock: Arc<TestClock>,
    /// The same clock, as the dev profile lets test suites move it.
    pub movable_clock: Arc<MovableClock>,
    /// The service's random bytes.
    pub rng: Arc<SeededRng>,
    /// The mail server that its outbox reaches.
    pub mail: Arc<RecordingMail>,
    /// The SMS gateway that its outbox reaches.
    pub sms: Arc<RecordingSms>,
    storage: Arc<SqlStorage>,
    place: Place,
    settings: ServiceSettings,
}

/// Where the store lies.
enum Place {
    Memory,
    Disk(TempDir),
    Postgres(String),
}

impl Place {
    async fn open(&self) -> SqlStorage {
        match self {
            Self::Memory => SqlStorage::open_ephemeral().expect("memory can be opened"),
            Self::Disk(directory) => {
                let options = OpenOptions {
                    data_dir: directory.path().to_owned(),
                    must_exist: false,
                };
                SqlStorage::open_sqlite(&options).expect("the directory can be opened")
            }
            Self::Postgres(url) => SqlStorage::open_postgres(url)
                .await
                .expect("the database can be opened"),
        }
    }
}

impl Deref for TestService {
    type Target = Service;

    fn deref(&self) -> &Service {
        &self.service
    }
}

impl TestService {
    /// Starts on `SQLite` in memory.
    pub async fn start() -> Self {
        Self::start_with(|_| ()).await
    }

    /// Starts on `SQLite` in memory, with other settings than those of the dev profile.
    pub async fn start_with(change: impl FnOnce(&mut ServiceSettings)) -> Self {
        let mut settings = ServiceSettings::dev(PUBLIC_URL);
        change(&mut settings);
        Self::open(Place::Memory, settings).await
    }

    /// Starts on `SQLite` in memory, with neither mail server nor SMS gateway.
    pub async fn start_without_transports(change: impl FnOnce(&mut ServiceSettings)) -> Self {
        let mut kit = Self::start_with(change).await;
        let parts = service_parts(&kit.storage, &kit.movable_clock, &kit.rng, &kit.settings);
        kit.service = Arc::new(Service::new(parts));
        kit
    }

    /// Starts on `SQLite` in a directory that vanishes with the test.
    pub async fn start_on_disk() -> Self {
        let directory = TempDir::new().expect("a temporary directory can be made");
        Self::open(Place::Disk(directory), ServiceSettings::dev(PUBLIC_URL)).await
    }

    /// Starts on a database of a PostgreSQL server.
    pub async fn start_on_postgres(database: &TestDatabase) -> Self {
        let place = Place::Postgres(database.url());
        Self::open(place, ServiceSettings::dev(PUBLIC_URL)).await
    }

    async fn open(place: Place, settings: ServiceSettings) -> Self {
        let (clock, rng) = (Arc::new(TestClock::new()), Arc::new(SeededRng::new(1)));
        let (mail, sms) = (Arc::default(), Arc::default());
        let storage = Arc::new(place.open().await);
        let movable_clock = movable(&clock);
        Self {
            service: assemble(&storage, &movable_clock, &rng, (&mail, &sms), &settings),
            clock,
            movable_clock,
            rng,
            mail,
            sms,
            storage,
            place,
            settings,
        }
    }

    /// Starts another service on the same store, as a second instance of a cluster or a process
    /// that starts again: with nothing of the first one's memory.
    #[must_use]
    pub fn another_instance(&self) -> Arc<Service> {
        let (storage, settings) = (&self.storage, &self.settings);
        let transports = (&self.mail, &self.sms);
        assemble(
            storage,
            &self.movable_clock,
            &self.rng,
            transports,
            settings,
        )
    }

    /// Stops without a word to the store, as a crash does, and starts on what it had written.
    /// # Panics
    /// For a store in memory, of which nothing would be left.
    #[must_use]
    pub async fn crash_and_restart(self) -> Self {
        assert!(
            !matches!(self.place, Place::Memory),
            "memory does not survive"
        );
        let Self {
            service,
            clock,
            rng,
            mail,
            sms,
            storage,
            place,
            settings,
            ..
        } = self;
        drop(service);
        drop(storage);
        let storage = Arc::new(place.open().await);
        // A moved clock is not kept across restarts.
        let movable_clock = movable(&clock);
        Self {
            service: assemble(&storage, &movable_clock, &rng, (&mail, &sms), &settings),
            clock,
            movable_clock,
            rng,
            mail,
            sms,
            storage,
            place,
            settings,
        }
    }

    /// The service, to be shared with tasks and doors.
    pub fn service(&self) -> Arc<Service> {
        Arc::clone(&self.service)
    }

    /// The store, to look at rows that the service tells nobody.
    pub fn storage(&self) -> &SqlStorage {
        &self.storage
    }

    /// The failures counted for a user.
    pub async fn lockout_of(&self, user: &User) -> Lockout {
        let key = format!("sub:{}", user.sub);
        let counted = self.storage.find_lockout(&user.pool_id, &key, self.now());
        counted.await.expect("the store can be read")
    }

    /// The files of a store on disk.
    pub fn files(&self) -> Vec<PathBuf> {
        let Place::Disk(directory) = &self.place else {
            return Vec::new();
        };
        list(directory.path())
    }
}

fn list(directory: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(directory).expect("the directory can be read");
    entries
        .map(|entry| entry.expect("the entry can be read").path())
        .collect()
}

fn movable(clock: &Arc<TestClock>) -> Arc<MovableClock> {
    let clock: Arc<dyn Clock> = clock.clone();
    Arc::new(MovableClock::new(clock))
}

fn assemble(
    storage: &Arc<SqlStorage>,
    clock: &Arc<MovableClock>,
    rng: &Arc<SeededRng>,
    (mail, sms): (&Arc<RecordingMail>, &Arc<RecordingSms>),
    settings: &ServiceSettings,
) -> Arc<Service> {
    Arc::new(Service::new(ServiceParts {
        mail: Some(mail.clone()),
        sms: Some(sms.clone()),
        ..service_parts(storage, clock, rng, settings)
    }))
}

/// What a service is made of, without a way out for messages.
fn service_parts(
    storage: &Arc<SqlStorage>,
    clock: &Arc<MovableClock>,
    rng: &Arc<SeededRng>,
    settings: &ServiceSettings,
) -> ServiceParts {
    let shared_clock: Arc<dyn Clock> = clock.clone();
    let shared_rng: Arc<dyn Rng> = rng.clone();
    let options = HasherOptions {
        threads: 2,
        queue_wait: std::time::Duration::from_mins(1),
        ..HasherOptions::new(Preset::DevOnly)
    };
    let master_key = MasterKey::generate(&SeededRng::new(2));
    ServiceParts {
        storage: storage.clone(),
        clock: shared_clock,
        hasher: PasswordHasher::new(options, rng.as_ref()).expect("threads can be started"),
        srp_stock: EphemeralStock::new(0, Arc::clone(&shared_rng)).expect("no thread is needed"),
        rng: shared_rng,
        key_stock: SigningKeyStock::of(ready_keys()),
        master_keys: MasterKeys::new(master_key, None),
        settings: settings.clone(),
        mail: None,
        sms: None,
    }
}

/// Runs a test on `SQLite` in memory and, where `POOLHOUSE_TEST_POSTGRES` names a server, once more
/// on PostgreSQL.
pub async fn on_every_engine<Run, Done>(test: Run)
where
    Run: Fn(TestService) -> Done,
    Done: Future<Output = ()>,
{
    test(TestService::start().await).await;
    let Some(database) = TestDatabase::make().await else {
        return;
    };
    eprintln!("the same on PostgreSQL");
    let kit = TestService::start_on_postgres(&database).await;
    let outcome = AssertUnwindSafe(test(kit)).catch_unwind().await;
    database.drop_it().await;
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}
