//! Members that must not be printed.

use std::collections::BTreeMap;
use std::fmt;
use std::mem;

use zeroize::Zeroize;

/// What can be overwritten before it is freed.
pub trait Wipe: Default {
    /// Overwrites the value in memory.
    fn wipe(&mut self);
}

impl Wipe for String {
    fn wipe(&mut self) {
        self.zeroize();
    }
}

impl Wipe for BTreeMap<String, String> {
    fn wipe(&mut self) {
        for (mut key, mut value) in mem::take(self) {
            key.zeroize();
            value.zeroize();
        }
    }
}

/// A member that the model marks sensitive: `Debug` prints nothing of it, dropping it wipes it.
///
/// It has no `PartialEq`: secrets are compared in constant time, where they are compared.
#[derive(Clone, Default)]
pub struct Sensitive<T: Wipe>(T);

impl<T: Wipe> Sensitive<T> {
    /// Wraps a value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// Lends the value to the one place that needs it.
    pub fn expose(&self) -> &T {
        &self.0
    }

    /// Gives the value away; whoever takes it guards it from then on.
    pub fn into_inner(mut self) -> T {
        mem::take(&mut self.0)
    }
}

impl Sensitive<BTreeMap<String, String>> {
    /// Lends the value of an entry, for example `USERNAME` of `AuthParameters`.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// Takes an entry out, still wrapped.
    pub fn take(&mut self, key: &str) -> Option<Sensitive<String>> {
        self.0.remove(key).map(Sensitive::new)
    }
}

impl<T: Wipe> Drop for Sensitive<T> {
    fn drop(&mut self) {
        self.0.wipe();
    }
}

impl<T: Wipe> fmt::Debug for Sensitive<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sensitive(..)")
    }
}

impl<T: Wipe> From<T> for Sensitive<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Sensitive<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wiping_overwrites_in_place() {
        let mut password = "hunter2".to_owned();
        let buffer = password.as_ptr();
        password.wipe();
        assert_eq!((password.as_str(), password.as_ptr()), ("", buffer));
    }

    #[test]
    fn debug_prints_nothing_of_the_value() {
        let map = BTreeMap::from([("PASSWORD".to_owned(), "hunter2".to_owned())]);
        assert_eq!(format!("{:?}", Sensitive::new(map)), "Sensitive(..)");
        assert_eq!(format!("{:?}", Sensitive::from("hunter2")), "Sensitive(..)");
    }
}
