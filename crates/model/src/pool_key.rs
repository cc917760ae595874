//! Keys of a pool, sealed.

use crate::ids::UserPoolId;
use crate::time::Timestamp;

/// What a key of a pool is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolKeyUse {
    /// The data key that seals everything else of the pool; wrapped by the master key.
    Data,
    /// Signs ID tokens.
    IdToken,
    /// Signs access tokens.
    AccessToken,
}

impl PoolKeyUse {
    /// The text it is stored as.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::IdToken => "id_token",
            Self::AccessToken => "access_token",
        }
    }
}

/// A key of a pool as it lies in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolKey {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The `kid` of a signing key; the key id of a data key.
    pub key_id: String,
    /// What it is for.
    pub key_use: PoolKeyUse,
    /// The wrapped data key, or the sealed private key.
    pub sealed: Vec<u8>,
    /// When it was made.
    pub created_at: Timestamp,
}
