//! Use cases: every rule of Poolhouse, one file each.
//!
//! The doors (JSON API, OAuth endpoints, pages) call methods of [`Service`] and render what comes
//! back; nothing here knows status codes, wire names of errors, pages or SQL. Of HTML it knows what
//! an owner's mail template needs, in `messages/html.rs`.

mod aliases;
mod app_clients;
mod attempt_limits;
mod attribute_rules;
mod attribute_update_settings;
mod branding;
mod config_cache;
mod domains;
mod error;
mod groups;
mod lockouts;
mod message_limits;
mod messages;
mod mfa;
mod oauth;
mod page_tokens;
mod password_history;
mod password_resets;
mod passwords;
mod pool_keys;
mod ports;
mod quickstart;
mod resource_servers;
mod seed;
mod service;
mod settings;
mod sign_in;
mod sign_in_names;
mod sign_up;
mod tokens;
mod unserved_settings;
mod user_pools;
mod users;
mod whole_store;

pub use app_clients::{
    ClientPage, CreateUserPoolClient, DescribedAppClient, UpdateUserPoolClient,
    asks_for_fixed_client_id,
};
pub use attribute_rules::{AttributeRefusal, AttributeWrite};
pub use branding::SetUiCustomization;
pub use domains::{CreateDomain, CustomDomain, UpdateDomain};
pub use error::ServiceError;
pub use groups::{CreateGroup, GroupPage, UpdateGroup, UserPage};
pub use messages::{CodeDelivery, InboxMessage};
pub use mfa::{
    AssociateSoftwareToken, AssociatedSoftwareToken, AuthFactors, FactorOwner, FactorSetting,
    FirstFactor, MfaPreference, SetUserPoolMfaConfig, SmsMfa, VerifySoftwareToken,
};
pub use oauth::{
    Authorization, AuthorizationDecision, AuthorizeFailure, BrowserState, ConfirmedOnThePage,
    HostedConfirmation, HostedPendingStep, HostedReset, HostedSetup, HostedSignIn, HostedSignUp,
    HostedStep, Logout, RefusedAuthorization, ResetInProgress, RevocationFailure, SignUpField,
    SignedUpOnThePage, TokenFailure, UserInfoFailure,
};
pub use page_tokens::PageToken;
pub use password_resets::{
    AdminResetUserPassword, ConfirmForgotPassword, ForgotPassword, has_password_reset,
};
pub use ports::{DeliveryError, MailTransport, OutgoingMail, OutgoingSms, SmsTransport};
pub use quickstart::{OwnPaths, Quickstart};
pub use resource_servers::ResourceServerPage;
pub use seed::{
    Seed, SeedAction, SeedChange, SeedClient, SeedDifference, SeedDomain, SeedFailure, SeedGroup,
    SeedHash, SeedMode, SeedPassword, SeedPool, SeedProblem, SeedResourceServer, SeedUser,
};
pub use service::{Service, ServiceParts};
pub use settings::{IssuerForm, MessageLimits, ServiceSettings};
pub use sign_in::{
    AuthFlow, AuthParameters, Challenge, ChallengeAnswer, ChallengeName, InitiateAuth, NewPassword,
    SignInOutcome,
};
pub use sign_up::{
    ConfirmByLink, ConfirmSignUp, LinkOutcome, ResendConfirmationCode, SignUp, SignedUp,
};
pub use tokens::{
    ClientToken, GetClientToken, IssuedTokens, RefreshRequest, RevokeToken, VerifiedAccessToken,
};
pub use user_pools::{
    AttributeRequest, CreateUserPool, DescribedUserPool, PoolPage, UpdateUserPool, schema_of,
};
pub use users::{
    AdminCreateUser, AdminDeleteUserAttributes, AdminSetUserPassword, AdminUpdateUserAttributes,
    ChangePassword, ListUsers, MessageAction, OwnUser, UserOnPage, UsersPage, VerifyUserAttribute,
};
pub use whole_store::{SnapshotFacts, StoreLease, WholeStoreFailure};
