//! A user pool and its settings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::attributes::{AttributeSchema, standard_schema};
use crate::ids::UserPoolId;
use crate::message_settings::{EmailSettings, MessageTemplates};
use crate::password_policy::PasswordPolicy;
use crate::time::Timestamp;
use crate::user_mfa::MfaFactors;

/// A directory of users with settings of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UserPool {
    /// Its id.
    pub id: UserPoolId,
    /// What its owner calls it.
    pub name: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its settings last changed.
    pub updated_at: Timestamp,
    /// Rises by one with each change; guards writes and tells caches what is stale.
    pub version: i64,
    /// Everything its owner can set.
    pub settings: UserPoolSettings,
}

/// What the owner of a pool can set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct UserPoolSettings {
    /// Rules for passwords.
    pub password_policy: PasswordPolicy,
    /// Attributes that its users can have.
    pub schema: Vec<AttributeSchema>,
    /// Attributes that are verified by a code at sign-up.
    pub auto_verified_attributes: Vec<ContactAttribute>,
    /// What stands for the user name at sign-up: an e-mail address, a phone number, or both.
    pub username_attributes: Vec<ContactAttribute>,
    /// What else signs a user in once verified.
    pub alias_attributes: Vec<AliasAttribute>,
    /// Whether `Alice` and `alice` are two users.
    pub is_case_sensitive: bool,
    /// Whether only admin operations make users.
    pub allows_admin_create_user_only: bool,
    /// Whether deleting the pool is refused.
    pub is_deletion_protected: bool,
    /// Second factor: never, for who set one up, or always.
    pub mfa: MfaRequirement,
    /// Which second factors users can set up; `SetUserPoolMfaConfig` alone changes it.
    pub mfa_factors: MfaFactors,
    /// By what a forgotten password is reset, best first; `None` is the older rule (phone, then
    /// e-mail).
    pub account_recovery: Option<Vec<RecoveryMechanism>>,
    /// Triggers by their API name; while any is set, the flows that should call it refuse.
    pub triggers: BTreeMap<String, serde_json::Value>,
    /// Tags, also those that ask for fixed ids.
    pub tags: BTreeMap<String, String>,
    /// Texts of the messages.
    pub messages: MessageTemplates,
    /// Who mails come from.
    pub email: EmailSettings,
    /// Settings that are returned as they came, by their API member name. The few that a rule
    /// obeys or refuses, it reads here; the others weaken nothing.
    pub kept: BTreeMap<String, serde_json::Value>,
}

impl Default for UserPoolSettings {
    fn default() -> Self {
        Self {
            password_policy: PasswordPolicy::default(),
            schema: standard_schema(),
            auto_verified_attributes: Vec::new(),
            username_attributes: Vec::new(),
            alias_attributes: Vec::new(),
            is_case_sensitive: true,
            allows_admin_create_user_only: false,
            is_deletion_protected: false,
            mfa: MfaRequirement::Off,
            mfa_factors: MfaFactors::default(),
            account_recovery: None,
            triggers: BTreeMap::new(),
            tags: BTreeMap::new(),
            messages: MessageTemplates::default(),
            email: EmailSettings::default(),
            kept: BTreeMap::new(),
        }
    }
}

/// An attribute that a code can be sent to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactAttribute {
    /// `email`
    Email,
    /// `phone_number`
    PhoneNumber,
}

impl ContactAttribute {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Email, Self::PhoneNumber];

    /// Finds the one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|attribute| attribute.name() == name)
    }

    /// The attribute's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
        }
    }

    /// The attribute that says whether it was verified.
    pub fn verification_flag(self) -> &'static str {
        match self {
            Self::Email => "email_verified",
            Self::PhoneNumber => "phone_number_verified",
        }
    }
}

/// An attribute that can stand for the user name at sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AliasAttribute {
    /// `email`
    Email,
    /// `phone_number`
    PhoneNumber,
    /// `preferred_username`
    PreferredUsername,
}

/// Whether a second factor is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum MfaRequirement {
    /// Never.
    Off,
    /// From users who set one up.
    Optional,
    /// From everybody.
    On,
}

/// A way to reset a forgotten password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecoveryMechanism {
    /// By the verified e-mail address.
    VerifiedEmail,
    /// By the verified phone number.
    VerifiedPhoneNumber,
    /// Only by an administrator.
    AdminOnly,
}

impl UserPoolSettings {
    /// Finds an attribute of the schema by its full name.
    pub fn find_attribute(&self, name: &str) -> Option<&AttributeSchema> {
        self.schema.iter().find(|attribute| attribute.name == name)
    }

    /// Folds a name that can be typed to the form that is compared: lower case unless the pool
    /// tells case apart.
    pub fn fold_name(&self, name: &str) -> String {
        if self.is_case_sensitive {
            name.to_owned()
        } else {
            name.to_lowercase()
        }
    }

    /// Whether users can set up an authenticator app: a pool that never asks for one offers none.
    pub fn offers_software_tokens(&self) -> bool {
        self.mfa != MfaRequirement::Off && self.mfa_factors.software_token
    }

    /// Whether a user signs in with an e-mail address or phone number in place of a user name.
    pub fn has_username_attributes(&self) -> bool {
        !self.username_attributes.is_empty()
    }
}
