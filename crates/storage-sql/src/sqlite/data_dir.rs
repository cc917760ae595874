//! The data directory: one process at a time, and whether the last one stopped cleanly.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read as _, Write as _};
use std::path::{Path, PathBuf};

use aws_lc_rs::digest;

/// The database file in a data directory.
pub(crate) const DATABASE_FILE: &str = "poolhouse.db";

const LOG_FILE: &str = "poolhouse.db-wal";
const LOCK_FILE: &str = "poolhouse.lock";
const CLEAN_STOP_FILE: &str = "poolhouse.clean";

/// Bytes up to which a clean stop records a digest of the whole database: reading more would
/// delay the next start noticeably.
const MOST_BYTES_DIGESTED: u64 = 64 * 1024 * 1024;

/// A data directory that this process has for itself until the value is dropped.
pub(crate) struct DataDir {
    path: PathBuf,
    _lock: File,
}

/// How the database was left.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum LastStop {
    /// By a clean stop, and it is as that stop left it.
    Clean,
    /// Otherwise: it must be looked through.
    Unclean,
    /// By a clean stop, but somebody changed it since.
    Changed,
}

impl DataDir {
    /// Makes the directory if it is missing and locks it; `None` when another process has it.
    pub(crate) fn lock(path: &Path) -> io::Result<Option<Self>> {
        let mut builder = DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(path)?;
        let lock = private_file().create(true).open(path.join(LOCK_FILE))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self {
                path: path.to_owned(),
                _lock: lock,
            })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// The directory.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The database file.
    pub(crate) fn database(&self) -> PathBuf {
        self.path.join(DATABASE_FILE)
    }

    /// The file that says that the last stop was clean.
    pub(crate) fn clean_stop_mark(&self) -> PathBuf {
        self.path.join(CLEAN_STOP_FILE)
    }

    /// Makes an empty database file that only its owner may read, where there is none; what a
    /// clean stop said of an earlier one is void.
    pub(crate) fn make_database(&self) -> io::Result<()> {
        match fs::remove_file(self.clean_stop_mark()) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        private_file().create(true).open(self.database())?;
        self.sync()
    }

    /// Says how the database was left, and takes the mark away: until the next clean stop the
    /// database counts as in use.
    pub(crate) fn take_last_stop(&self) -> io::Result<LastStop> {
        let mark = self.clean_stop_mark();
        let recorded = match fs::read_to_string(&mark) {
            Ok(recorded) => recorded,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(LastStop::Unclean),
            // A mark that is not text says nothing about the database.
            Err(error) if error.kind() == ErrorKind::InvalidData => String::new(),
            Err(error) => return Err(error),
        };
        let last_stop = if !is_empty_or_missing(&self.path.join(LOG_FILE))? {
            LastStop::Unclean
        } else if recorded == self.fingerprint()? {
            LastStop::Clean
        } else {
            LastStop::Changed
        };
        if last_stop != LastStop::Changed {
            fs::remove_file(&mark)?;
            self.sync()?;
        }
        Ok(last_stop)
    }

    /// Records that the database was left complete, with what it looks like.
    pub(crate) fn mark_clean_stop(&self) -> io::Result<()> {
        if !is_empty_or_missing(&self.path.join(LOG_FILE))? {
            return Ok(());
        }
        let mut mark = private_file()
            .create(true)
            .truncate(true)
            .open(self.clean_stop_mark())?;
        mark.write_all(self.fingerprint()?.as_bytes())?;
        mark.sync_all()?;
        self.sync()
    }

    fn fingerprint(&self) -> io::Result<String> {
        let mut file = File::open(self.database())?;
        let length = file.metadata()?.len();
        if length > MOST_BYTES_DIGESTED {
            return Ok(format!("bytes {length}\n"));
        }
        let mut context = digest::Context::new(&digest::SHA256);
        let mut buffer = vec![0; 256 * 1024];
        loop {
            match file.read(&mut buffer)? {
                0 => break,
                count => context.update(&buffer[..count]),
            }
        }
        let digest = hex::encode(context.finish());
        Ok(format!("bytes {length}\nsha256 {digest}\n"))
    }

    /// Makes the names of new and removed files durable.
    fn sync(&self) -> io::Result<()> {
        if cfg!(unix) {
            File::open(&self.path)?.sync_all()?;
        }
        Ok(())
    }
}

fn private_file() -> OpenOptions {
    let mut options = File::options();
    options.read(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Whether there is nothing in a file.
pub(crate) fn is_empty_or_missing(path: &Path) -> io::Result<bool> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(metadata.len() == 0),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}
