//! The domain of Poolhouse: user pools, app clients, users, ids and policies.
//!
//! Pure and synchronous: nothing here knows SQL, HTTP or wire names of the API.
//! "Now" comes from a [`Clock`], random bytes from an [`Rng`]; both are handed in.

mod app_client;
mod attributes;
mod common_passwords;
mod date_time;
mod domain;
mod group;
mod ids;
mod lockout;
mod message_settings;
mod messages;
mod movable_clock;
mod password_policy;
mod pool_key;
mod resource_server;
mod rng;
mod secret;
mod sign_in;
mod time;
mod ui_customization;
mod user;
mod user_filter;
mod user_mfa;
mod user_pool;

pub use app_client::{
    AppClient, AppClientSettings, ExplicitAuthFlow, OAuthFlow, PreventUserExistenceErrors,
    RefreshTokenRotation, TokenValidity, Validity, ValidityUnit,
};
pub use attributes::{
    AttributeDataType, AttributeSchema, AttributeViolation, Attributes, STANDARD_ATTRIBUTES,
    is_verification_flag, standard_schema,
};
pub use common_passwords::is_common_password;
pub use domain::PoolDomain;
pub use group::{Group, Memberships};
pub use ids::{ClientId, GroupName, OriginJti, Region, Sub, UserPoolId, Username};
pub use lockout::{FREE_FAILURES, LOCKOUT_MEMORY, LONGEST_LOCK, Lockout};
pub use message_settings::{
    EmailSendingAccount, EmailSettings, EmailVerification, MessageTemplates,
};
pub use messages::{Channel, CodePurpose, ConfirmationCode, MAX_CODE_TRIES, OutboxMessage};
pub use movable_clock::{ClockChange, ClockOutOfRange, ClockReading, MovableClock};
pub use password_policy::{MAX_PASSWORD_BYTES, PasswordPolicy, PasswordViolation};
pub use pool_key::{PoolKey, PoolKeyUse};
pub use resource_server::{ResourceServer, ResourceServerScope};
pub use rng::{Rng, RngExt};
pub use secret::SecretString;
pub use sign_in::{AuthorizationCode, BrowserSession, ChallengeSession, TokenFamily, TokenOrigin};
pub use time::{Clock, Timestamp, Ttl};
pub use ui_customization::{Branding, Logo, LogoFormat, Stylesheet, UiCustomization};
pub use user::{
    FormerPassword, SignInName, SignInNameKind, SrpRecord, StoredPassword, User, UserStatus,
};
pub use user_filter::{SearchableAttribute, TextMatch, UserFilter};
pub use user_mfa::{MfaFactor, MfaFactors, MfaSettings, SealedSeed, SoftwareToken, UserMfa};
pub use user_pool::{
    AliasAttribute, ContactAttribute, MfaRequirement, RecoveryMechanism, UserPool, UserPoolSettings,
};
