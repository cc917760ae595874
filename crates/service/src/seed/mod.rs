//! Seeds: pools, clients and users with fixed ids, made where they are not there yet and put right
//! where they differ, as the operations that update them would. What a seed does not name is left
//! alone; settings that it leaves out have their defaults.

mod apply;
mod clients;
mod differences;
mod domains;
mod groups;
mod pools;
mod resource_servers;
mod users;

use poolhouse_crypto::password::PasswordHash;
use poolhouse_model::{
    AppClientSettings, Attributes, ClientId, GroupName, ResourceServer, SecretString, Sub,
    UserPoolId, UserPoolSettings,
};

use crate::error::ServiceError;

pub use differences::SeedDifference;

/// What a store shall hold.
#[derive(Clone, Debug, Default)]
pub struct Seed {
    /// The pools.
    pub pools: Vec<SeedPool>,
}

/// A pool.
#[derive(Clone, Debug)]
pub struct SeedPool {
    /// Where the document says so, for messages.
    pub line: u64,
    /// Its id.
    pub id: UserPoolId,
    /// What its owner calls it.
    pub name: String,
    /// Its settings; what the document leaves out has its default.
    pub settings: UserPoolSettings,
    /// Its prefix domain; `None` leaves alone what is there.
    pub domain: Option<SeedDomain>,
    /// Its groups.
    pub groups: Vec<SeedGroup>,
    /// Its resource servers.
    pub resource_servers: Vec<SeedResourceServer>,
    /// Its clients.
    pub clients: Vec<SeedClient>,
    /// Its users.
    pub users: Vec<SeedUser>,
}

/// A prefix domain.
#[derive(Clone, Debug)]
pub struct SeedDomain {
    /// Where the document says so.
    pub line: u64,
    /// The prefix.
    pub prefix: String,
}

/// A group.
#[derive(Clone, Debug)]
pub struct SeedGroup {
    /// Where the document says so.
    pub line: u64,
    /// Its name.
    pub name: GroupName,
    /// What its owner writes about it.
    pub description: Option<String>,
    /// ARN of the role that its members may take on.
    pub role_arn: Option<String>,
    /// Its rank among the groups of a user.
    pub precedence: Option<i32>,
}

/// A resource server.
#[derive(Clone, Debug)]
pub struct SeedResourceServer {
    /// Where the document says so.
    pub line: u64,
    /// What it is.
    pub server: ResourceServer,
}

/// An app client.
#[derive(Clone, Debug)]
pub struct SeedClient {
    /// Where the document says so.
    pub line: u64,
    /// Its id.
    pub id: ClientId,
    /// What its owner calls it.
    pub name: String,
    /// Its secret; `None` for a public client.
    pub secret: Option<SecretString>,
    /// Its settings; what the document leaves out has its default.
    pub settings: AppClientSettings,
}

/// A user.
#[derive(Clone, Debug)]
pub struct SeedUser {
    /// Where the document says so.
    pub line: u64,
    /// The name, as `AdminCreateUser` takes it.
    pub username: String,
    /// The subject; `None` for one that is drawn.
    pub sub: Option<Sub>,
    /// What is known of the password.
    pub password: SeedPassword,
    /// Whether a user with a permanent password may sign in at once; others have yet to confirm
    /// their sign-up.
    pub is_confirmed: bool,
    /// Whether the user may sign in; `None` leaves it alone, and new users may.
    pub is_enabled: Option<bool>,
    /// Attributes that the user has; others are left alone.
    pub attributes: Attributes,
    /// Groups that the user is in; others are left alone.
    pub groups: Vec<GroupName>,
}

/// What is known of a user's password.
#[derive(Clone, Debug)]
pub enum SeedPassword {
    /// It is this one.
    Permanent(SecretString),
    /// It is this one at first, and must be changed at the first sign-in.
    Temporary(SecretString),
    /// It is one that has this hash, at first.
    Hash(SeedHash),
}

/// The hash of a password; `Debug` does not print it.
#[derive(Clone)]
pub struct SeedHash(PasswordHash);

impl SeedHash {
    /// Reads a hash in PHC format.
    /// # Errors
    /// Says, without repeating it, what is wrong with it, or that no password can be compared
    /// with a hash of its kind.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Ok(hash) = PasswordHash::parse(text) {
            return Ok(Self(hash));
        }
        let kind = text
            .strip_prefix('$')
            .and_then(|rest| rest.split('$').next());
        Err(match kind {
            Some("argon2id") => "it is no Argon2id hash in PHC format, version 19, with at most \
                                 256 MiB, 16 passes and 16 lanes"
                .to_owned(),
            Some(kind) if is_plain(kind) => format!(
                "passwords cannot be compared with hashes of the kind {kind:?}: Argon2id \
                 ($argon2id$v=19$...) is the only one"
            ),
            _ => "it is no hash in PHC format, like $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH"
                .to_owned(),
        })
    }
}

/// Whether what stands for the kind is short and plain, as all names of kinds are, and not a
/// password that was written in the wrong place.
fn is_plain(kind: &str) -> bool {
    let kinds = [
        "2a",
        "2b",
        "2x",
        "2y",
        "1",
        "5",
        "6",
        "y",
        "argon2i",
        "argon2d",
        "scrypt",
        "7",
        "pbkdf2",
        "pbkdf2-sha1",
        "pbkdf2-sha256",
        "pbkdf2-sha512",
    ];
    kinds.contains(&kind)
}

impl std::fmt::Debug for SeedHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SeedHash(..)")
    }
}

/// Whether a seed is put in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeedMode {
    /// It is only told what would change.
    Plan,
    /// It is.
    Apply,
}

/// Something that a seed changed or would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedChange {
    /// What becomes of it.
    pub action: SeedAction,
    /// What it is: `user jane of us-east-1_Shop00001`.
    pub what: String,
    /// What differs, of something that is there.
    pub differences: Vec<SeedDifference>,
}

/// What becomes of something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeedAction {
    /// It is made.
    Create,
    /// It is put right.
    Update,
}

/// A part of a seed that cannot be put in force.
#[derive(Debug, thiserror::Error)]
#[error("{what}: {source}")]
pub struct SeedFailure {
    /// Where the document says so.
    pub line: u64,
    /// What it is.
    pub what: String,
    /// Why not.
    pub source: SeedProblem,
}

/// Why a part of a seed cannot be put in force.
#[derive(Debug, thiserror::Error)]
pub enum SeedProblem {
    /// It is there, and is something else that nothing can change; the text says how.
    #[error("{0}")]
    Differs(String),
    /// A rule of the service refuses it.
    #[error(transparent)]
    Refused(#[from] ServiceError),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_that_cannot_be_compared_are_refused_by_their_kind() {
        let good = "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ\
                    $bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";
        assert!(SeedHash::parse(good).is_ok());
        for (text, part) in [
            ("$2b$12$abcdefghijklmnopqrstuu", "kind \"2b\""),
            ("$scrypt$ln=4,r=8,p=1$c2FsdA$aGFzaA", "kind \"scrypt\""),
            (
                "$pbkdf2-sha256$i=1000$c2FsdA$aGFzaA",
                "kind \"pbkdf2-sha256\"",
            ),
            (
                "$argon2id$v=19$m=4000000,t=2,p=2$c2FsdHNhbHQ$aGFzaA",
                "at most",
            ),
            ("hunter2", "PHC format"),
            ("$hunter2$", "PHC format"),
            ("", "PHC format"),
        ] {
            let error = SeedHash::parse(text).unwrap_err();
            assert!(error.contains(part), "{error}");
            assert!(!error.contains("hunter2"), "{error}");
        }
    }
}
