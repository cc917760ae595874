//! Codes that are sent to users, and messages on their way.

use serde::{Deserialize, Serialize};

use crate::ids::{Sub, UserPoolId};
use crate::time::Timestamp;
use crate::user_pool::ContactAttribute;

/// Wrong answers after which a code is dead.
pub const MAX_CODE_TRIES: i64 = 5;

/// What a code may be used for; a code of one purpose is no code of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CodePurpose {
    /// Confirms a sign-up.
    SignUp,
    /// Resets a password.
    ResetPassword,
    /// Verifies an e-mail address.
    VerifyEmail,
    /// Verifies a phone number.
    VerifyPhoneNumber,
    /// Verifies a new e-mail address, which takes the place of the present one only then.
    ReplaceEmail,
    /// Verifies a new phone number, which takes the place of the present one only then.
    ReplacePhoneNumber,
}

impl CodePurpose {
    /// All purposes.
    pub const ALL: [Self; 6] = [
        Self::SignUp,
        Self::ResetPassword,
        Self::VerifyEmail,
        Self::VerifyPhoneNumber,
        Self::ReplaceEmail,
        Self::ReplacePhoneNumber,
    ];

    /// The purpose of a code that verifies the value that an attribute has.
    pub fn verifying(attribute: ContactAttribute) -> Self {
        match attribute {
            ContactAttribute::Email => Self::VerifyEmail,
            ContactAttribute::PhoneNumber => Self::VerifyPhoneNumber,
        }
    }

    /// The purpose of a code that verifies the value that an attribute is to get.
    pub fn replacing(attribute: ContactAttribute) -> Self {
        match attribute {
            ContactAttribute::Email => Self::ReplaceEmail,
            ContactAttribute::PhoneNumber => Self::ReplacePhoneNumber,
        }
    }

    /// The text it is stored as.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignUp => "sign_up",
            Self::ResetPassword => "reset_password",
            Self::VerifyEmail => "verify_email",
            Self::VerifyPhoneNumber => "verify_phone_number",
            Self::ReplaceEmail => "replace_email",
            Self::ReplacePhoneNumber => "replace_phone_number",
        }
    }
}

/// A code that was sent; one at most per user and purpose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConfirmationCode {
    /// The pool.
    pub pool_id: UserPoolId,
    /// Whose it is.
    pub sub: Sub,
    /// What it is for.
    pub purpose: CodePurpose,
    /// Keyed hash of the code.
    pub code_hash: Vec<u8>,
    /// Which attribute it was sent to.
    pub attribute: ContactAttribute,
    /// The address or number it was sent to: it proves only that one.
    pub destination: String,
    /// Answers taken so far.
    pub tries: i64,
    /// When it was sent.
    pub sent_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// By mail.
    Email,
    /// By text message.
    Sms,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Email, Self::Sms];

    /// The text it is stored and shown as.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Sms => "sms",
        }
    }
}

/// A message in the outbox: written with the change it tells of, sent after the commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxMessage {
    /// The pool.
    pub pool_id: UserPoolId,
    /// Ordered id: a later message has a greater one.
    pub id: String,
    /// How it travels.
    pub channel: Channel,
    /// Address or number.
    pub to: String,
    /// The sealed content.
    pub sealed_content: Vec<u8>,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it is tried next; `None` once it left or was given up.
    pub next_attempt_at: Option<Timestamp>,
    /// Attempts so far.
    pub attempts: i64,
    /// When it left.
    pub sent_at: Option<Timestamp>,
    /// Why the last attempt failed, or why it was given up.
    pub last_error: Option<String>,
    /// When the row may be purged.
    pub expires_at: Timestamp,
}
