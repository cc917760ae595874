//! Files that pages refer to, embedded in the binary.
//!
//! The path of each holds a fingerprint of its bytes: it can be cached for ever, and a new version
//! has a new path.

/// An embedded file.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// Path that it is served under.
    pub path: AssetPath,
    /// Value of `Content-Type`.
    pub content_type: &'static str,
    /// The file.
    pub bytes: &'static [u8],
}

/// The path of an asset: folder, fingerprint, name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AssetPath {
    fingerprint: u64,
    name: &'static str,
}

/// The one stylesheet.
pub const STYLESHEET: Asset = Asset::new(
    "poolhouse.css",
    "text/css; charset=utf-8",
    include_bytes!("../assets/poolhouse.css"),
);

/// The icon of the browser tab.
pub const ICON: Asset = Asset::new(
    "icon.svg",
    "image/svg+xml",
    include_bytes!("../assets/icon.svg"),
);

/// Every asset.
pub const ALL: [Asset; 2] = [STYLESHEET, ICON];

impl Asset {
    const fn new(name: &'static str, content_type: &'static str, bytes: &'static [u8]) -> Self {
        let fingerprint = fingerprint(bytes);
        Self {
            path: AssetPath { fingerprint, name },
            content_type,
            bytes,
        }
    }
}

impl std::fmt::Display for AssetPath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { fingerprint, name } = self;
        write!(f, "/_poolhouse/assets/{fingerprint:016x}/{name}")
    }
}

/// FNV-1a: tells versions of a file apart, and can be computed at compile time.
const fn fingerprint(bytes: &[u8]) -> u64 {
    fingerprint_after(None, bytes)
}

/// The fingerprint of bytes that follow others, whose fingerprint is given.
pub(crate) const fn fingerprint_after(others: Option<u64>, bytes: &[u8]) -> u64 {
    let mut hash = match others {
        Some(hash) => hash,
        None => 0xcbf2_9ce4_8422_2325,
    };
    let mut index = 0;
    while index < bytes.len() {
        hash = (hash ^ bytes[index] as u64).wrapping_mul(0x0100_0000_01b3);
        index += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_follows_the_bytes() {
        // Source: test vectors of the FNV reference code.
        assert_eq!(fingerprint(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fingerprint(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn the_path_names_fingerprint_and_file() {
        let path = STYLESHEET.path.to_string();
        assert!(path.starts_with("/_poolhouse/assets/"));
        assert!(path.ends_with("/poolhouse.css"));
        assert_ne!(path, ICON.path.to_string());
    }

    #[test]
    fn s51_the_stylesheet_fetches_nothing() {
        let css = std::str::from_utf8(STYLESHEET.bytes).unwrap();
        assert!(!css.contains("url(") && !css.contains("@import"));
    }
}
