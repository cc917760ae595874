//! One Argon2id computation in memory that the caller keeps.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use zeroize::Zeroizing;

/// Bytes of a fresh digest.
pub(super) const DIGEST_BYTES: usize = 32;

/// The parameters of Argon2id.
/// Source: RFC 9106 section 3.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cost {
    pub(super) memory_kib: u32,
    pub(super) passes: u32,
    pub(super) lanes: u32,
}

impl Cost {
    /// Blocks that are filled, by which two costs can be compared.
    pub(super) fn work(self) -> u64 {
        u64::from(self.memory_kib) * u64::from(self.passes)
    }

    pub(super) fn params(self, digest_bytes: usize) -> Option<Params> {
        Params::new(self.memory_kib, self.passes, self.lanes, Some(digest_bytes)).ok()
    }
}

/// Computes a digest in `memory`, which is grown when needed; `None` when memory is refused.
pub(super) fn digest(
    cost: Cost,
    password: &[u8],
    salt: &[u8],
    digest_bytes: usize,
    memory: &mut Vec<Block>,
) -> Option<Zeroizing<Vec<u8>>> {
    let params = cost.params(digest_bytes)?;
    let blocks = params.block_count();
    if memory.len() < blocks {
        memory.try_reserve_exact(blocks - memory.len()).ok()?;
        memory.resize(blocks, Block::new());
    }
    let mut digest = Zeroizing::new(vec![0; digest_bytes]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(password, salt, &mut digest, memory)
        .ok()?;
    Some(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_used_before_does_not_change_a_digest() {
        let small = Cost {
            memory_kib: 64,
            passes: 1,
            lanes: 1,
        };
        let large = Cost {
            memory_kib: 256,
            passes: 2,
            lanes: 2,
        };
        let mut memory = Vec::new();
        let fresh = digest(small, b"password", b"somesalt", 32, &mut memory).unwrap();
        assert_eq!(memory.len(), 64);
        digest(large, b"other", b"othersalt", 32, &mut memory).unwrap();
        assert_eq!(memory.len(), 256);
        let reused = digest(small, b"password", b"somesalt", 32, &mut memory).unwrap();
        assert_eq!(fresh, reused);
    }
}
