//! Newtypes for identifiers that could be swapped by mistake.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::rng::{Rng, RngExt};

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps text that was validated where it came in, or read from the store.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_id! {
    /// Id of a user pool: the region, `_`, and nine letters and digits: `us-east-1_AbCdEf123`.
    UserPoolId
}
text_id! {
    /// Id of an app client: 26 lower-case letters and digits unless a fixed id was asked for.
    ClientId
}
text_id! {
    /// The immutable user name within a pool, 1 to 128 characters, as it was first written.
    Username
}
text_id! {
    /// The immutable UUID-shaped subject of a user.
    Sub
}
text_id! {
    /// Id of a token family: the `origin_jti` of all tokens that one sign-in led to.
    OriginJti
}
text_id! {
    /// Name of a group within a pool, 1 to 128 characters; case counts.
    GroupName
}
text_id! {
    /// An AWS region name, for example `us-east-1`.
    Region
}

impl UserPoolId {
    /// Makes a random pool id in `region`.
    pub fn generate(region: &Region, rng: &dyn Rng) -> Self {
        const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        Self(format!("{region}_{}", rng.characters(ALPHABET, 9)))
    }

    /// The part after the first `_`: the pool name of SRP.
    /// Source: amazon-cognito-identity-js and pycognito, which compute the proof with it.
    pub fn srp_pool_name(&self) -> &str {
        self.0
            .split_once('_')
            .map_or(self.as_str(), |(_, name)| name)
    }

    /// The part before the first `_`: the region the pool was made in.
    pub fn region(&self) -> Region {
        Region::new(self.0.split_once('_').map_or("", |(region, _)| region))
    }
}

impl ClientId {
    /// Makes a random client id: 26 lower-case letters and digits.
    pub fn generate(rng: &dyn Rng) -> Self {
        Self(rng.characters(b"abcdefghijklmnopqrstuvwxyz0123456789", 26))
    }
}

impl Sub {
    /// Makes a random subject.
    pub fn generate(rng: &dyn Rng) -> Self {
        Self(rng.uuid())
    }
}

impl OriginJti {
    /// Makes a random family id.
    pub fn generate(rng: &dyn Rng) -> Self {
        Self(rng.uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pool_id_splits_at_its_first_underscore() {
        let id = UserPoolId::new("eu-west-1_a_b");
        assert_eq!(id.srp_pool_name(), "a_b");
        assert_eq!(id.region().as_str(), "eu-west-1");
    }
}
