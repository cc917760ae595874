//! A few read connections, used in place by whoever reads.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use parking_lot::{Mutex, MutexGuard};
use rusqlite::Connection;

/// Read connections. A point read takes microseconds, less than handing it to another thread.
pub(super) struct Readers {
    connections: Vec<Arc<Mutex<Connection>>>,
    next: AtomicUsize,
}

impl Readers {
    /// Shares out these connections, at least one.
    pub(super) fn new(connections: Vec<Arc<Mutex<Connection>>>) -> Self {
        Self {
            connections,
            next: AtomicUsize::new(0),
        }
    }

    /// Takes a connection that is free, or waits for the one whose turn it is.
    pub(super) fn take(&self) -> MutexGuard<'_, Connection> {
        let first = self.next.fetch_add(1, Ordering::Relaxed);
        let count = self.connections.len();
        (0..count)
            .find_map(|step| self.connections[first.wrapping_add(step) % count].try_lock())
            .unwrap_or_else(|| self.connections[first % count].lock())
    }

    /// Lends a connection to a thread that reads for long.
    pub(super) fn lend(&self) -> Arc<Mutex<Connection>> {
        Arc::clone(&self.connections[0])
    }
}
