//! A user of a pool.

use serde::{Deserialize, Serialize};

use crate::attributes::Attributes;
use crate::ids::{Sub, UserPoolId, Username};
use crate::time::Timestamp;
use crate::user_pool::ContactAttribute;

/// A user of a pool.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct User {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The immutable subject.
    pub sub: Sub,
    /// The immutable user name; equal to `sub` where an e-mail address stands for the name.
    pub username: Username,
    /// Where the user stands in the life cycle.
    pub status: UserStatus,
    /// Whether the user may sign in at all.
    pub is_enabled: bool,
    /// Attribute values, without `sub`.
    pub attributes: Attributes,
    /// The password, if one was ever set.
    pub password: Option<StoredPassword>,
    /// Rises by one whenever all earlier tokens must stop working.
    pub token_generation: i64,
    /// When the user was made.
    pub created_at: Timestamp,
    /// When the user last changed.
    pub updated_at: Timestamp,
    /// Rises by one with each change; guards writes.
    pub version: i64,
}

/// What the server keeps of a password.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct StoredPassword {
    /// Salted hash in PHC format.
    pub hash: String,
    /// Salt and sealed verifier for SRP; `None` when the clear password was never seen.
    pub srp: Option<SrpRecord>,
    /// When a temporary password stops working; `None` for a permanent one.
    pub expires_at: Option<Timestamp>,
}

impl std::fmt::Debug for StoredPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StoredPassword(..)")
    }
}

/// A password that a user had before, so that it does not come again.
#[derive(Clone, PartialEq, Eq)]
pub struct FormerPassword {
    /// The pool.
    pub pool_id: UserPoolId,
    /// Whose it was.
    pub sub: Sub,
    /// The version of the user that replaced it: a later one is greater.
    pub replaced_by_version: i64,
    /// Salted hash in PHC format.
    pub hash: String,
    /// When it was replaced.
    pub replaced_at: Timestamp,
}

impl std::fmt::Debug for FormerPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("FormerPassword(..)")
    }
}

/// Salt and sealed verifier for SRP.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct SrpRecord {
    /// The salt in lower-case hexadecimal, without a leading zero.
    pub salt_hex: String,
    /// The sealed verifier.
    pub sealed_verifier: Vec<u8>,
}

impl std::fmt::Debug for SrpRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SrpRecord(..)")
    }
}

/// Where a user stands in the life cycle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UserStatus {
    /// Signed up, not confirmed.
    Unconfirmed,
    /// May sign in.
    Confirmed,
    /// Has a temporary password.
    ForceChangePassword,
    /// Must reset the password.
    ResetRequired,
    /// Came from another identity provider.
    ExternalProvider,
}

/// A name that signs a user in, beside being looked up in admin operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignInName {
    /// What kind of name it is.
    pub kind: SignInNameKind,
    /// The name, folded as the pool compares names.
    pub folded: String,
}

/// Kinds of sign-in names; a user name wins over an alias of the same text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SignInNameKind {
    /// The user name itself.
    Username,
    /// The subject, which admin operations accept as a name too.
    Sub,
    /// An e-mail address.
    Email,
    /// A phone number.
    PhoneNumber,
    /// The preferred user name.
    PreferredUsername,
}

impl SignInNameKind {
    /// The text it is stored as.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Sub => "sub",
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
            Self::PreferredUsername => "preferred_username",
        }
    }
}

impl From<ContactAttribute> for SignInNameKind {
    fn from(attribute: ContactAttribute) -> Self {
        match attribute {
            ContactAttribute::Email => Self::Email,
            ContactAttribute::PhoneNumber => Self::PhoneNumber,
        }
    }
}

impl User {
    /// An attribute's value.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// Whether the contact attribute has a value that was verified.
    pub fn has_verified(&self, attribute: ContactAttribute) -> bool {
        self.attribute(attribute.name()).is_some()
            && self.attribute(attribute.verification_flag()) == Some("true")
    }
}
