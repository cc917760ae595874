//! A copy of everything in a store.

use std::any::Any;
use std::fmt;

/// A copy of everything in a store at one instant, in the engine's own form.
pub struct StoreSnapshot {
    content: Box<dyn Any + Send + Sync>,
    size_bytes: u64,
}

impl StoreSnapshot {
    /// Wraps what an engine copied.
    pub fn new(content: impl Any + Send + Sync, size_bytes: u64) -> Self {
        Self {
            content: Box::new(content),
            size_bytes,
        }
    }

    /// What the engine copied; `None` for another engine's copy.
    pub fn content<T: Any>(&self) -> Option<&T> {
        self.content.downcast_ref()
    }

    /// About how much memory it takes.
    pub fn size_bytes(&self) -> u64 {
        self.size_bytes
    }
}

impl fmt::Debug for StoreSnapshot {
    /// Prints the size only: the rest is users' data.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StoreSnapshot({} bytes)", self.size_bytes)
    }
}
