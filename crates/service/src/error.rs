//! Failures of use cases: facts, without status codes or wire names.

use poolhouse_model::{
    AttributeViolation, Channel, ClientId, PasswordViolation, UserPoolId, UserStatus, Username,
};
use poolhouse_oauth::scope::ScopeError;
use poolhouse_storage::{Conflict, StorageError};

use crate::attribute_rules::AttributeRefusal;

/// Why a use case did not do what was asked.
///
/// What an outsider may be told is decided where it is answered: the error tables of the doors
/// turn each fact into the service's own code and text.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    // Things that are not there.
    /// No such user pool.
    #[error("user pool {0} does not exist")]
    UserPoolNotFound(UserPoolId),
    /// No such app client.
    #[error("app client {0} does not exist")]
    AppClientNotFound(ClientId),
    /// No such user, told to who may know.
    #[error("the user does not exist")]
    UserNotFound,
    /// No such user among those of the client's pool; the text of code operations.
    #[error("no user of that name at this client")]
    UsernameClientCombinationNotFound,
    /// The pool has no such group.
    #[error("the group does not exist")]
    GroupNotFound,
    /// The pool has no such resource server.
    #[error("the resource server {0} does not exist")]
    ResourceServerNotFound(String),
    /// The pool has no such domain.
    #[error("the domain does not exist")]
    DomainNotFound,

    // Things that are there already.
    /// The name is taken (public sign-up).
    #[error("a user of that name exists")]
    UsernameExists,
    /// The name is taken (admin operation).
    #[error("a user account of that name exists")]
    UserAccountExists,
    /// The address or number signs in another user.
    #[error("the alias {attribute} belongs to another user")]
    AliasExists {
        /// `email`, `phone_number` or `preferred_username`.
        attribute: &'static str,
    },
    /// A group of that name exists.
    #[error("a group of that name exists")]
    GroupExists,
    /// A resource server of that identifier exists.
    #[error("the resource server {identifier} exists")]
    ResourceServerExists {
        /// Its identifier.
        identifier: String,
        /// The pool.
        pool_id: UserPoolId,
    },
    /// The domain belongs to a pool already.
    #[error("the domain {0} is taken")]
    DomainTaken(String),
    /// A client of that fixed id exists.
    #[error("an app client of that id exists")]
    AppClientExists(ClientId),
    /// A pool of that fixed id exists.
    #[error("a user pool of that id exists")]
    UserPoolExists(UserPoolId),

    // Pools.
    /// Deletion protection is on.
    #[error("the user pool is protected against deletion")]
    UserPoolDeletionProtected,
    /// A pool with a domain cannot be deleted.
    #[error("the user pool has a domain")]
    UserPoolHasDomain,
    /// Tags that cannot be set; the text says why and is sent.
    #[error("{0}")]
    TagsRefused(String),
    /// Others kept changing the same thing while it was to be changed; what it is.
    #[error("the {0} is being changed by others")]
    ConcurrentModification(&'static str),

    // What was asked makes no sense.
    /// An input that the model admits but the service refuses; the text says why and is sent.
    #[error("{0}")]
    InvalidInput(String),
    /// The pool has as many of these as it can have.
    #[error("the pool has too many {0}")]
    ResourceLimitExceeded(&'static str),
    /// A scope that a client should have is unknown.
    #[error("the scope {0} does not exist")]
    ScopeDoesNotExist(String),
    /// OAuth flows and other settings of a client contradict each other; the text says how and is
    /// sent.
    #[error("{0}")]
    OAuthFlowInvalid(String),
    /// A parameter of a flow is missing.
    #[error("the parameter {0} is missing")]
    ParameterMissing(&'static str),
    /// A feature that is not built yet would have to act here; the text names it and is sent.
    #[error("{0}")]
    FeatureNotServed(String),

    /// A message would have to leave by a channel that has no way out.
    #[error("there is no way to send messages by {}", .0.as_str())]
    ChannelNotConfigured(Channel),

    // Clients.
    /// A confidential client's call came without secret hash.
    #[error("client {0} has a secret and no secret hash came")]
    SecretHashMissing(ClientId),
    /// The secret hash does not match.
    #[error("the secret hash does not match for client {0}")]
    SecretHashMismatch(ClientId),
    /// The secret hash of a refresh does not match.
    #[error("the secret hash of the refresh does not match for client {0}")]
    RefreshSecretHashMismatch(ClientId),
    /// A secret hash came for a client that has no secret.
    #[error("client {0} has no secret and a secret hash came")]
    SecretHashUnexpected(ClientId),
    /// The client secret is wrong, missing or unexpected.
    #[error("the client did not authenticate")]
    ClientNotAuthenticated,
    /// The client may not have the scopes that it asked for itself.
    #[error(transparent)]
    ScopeNotGranted(#[from] ScopeError),
    /// The client may not use the flow; its API name.
    #[error("flow {0} is not enabled for the client")]
    AuthFlowNotEnabled(&'static str),
    /// The client may not use the flow of an admin operation.
    #[error("the admin flow is not enabled for the client")]
    AdminAuthFlowNotEnabled,
    /// The flow belongs to the other operation (admin or public).
    #[error("the flow does not belong to this operation")]
    AuthFlowNotSupported,
    /// The client wrote an attribute it may not write.
    #[error("the client may not write the attribute")]
    AttributeNotWritable,
    /// The client does not let its tokens be revoked.
    #[error("token revocation is not enabled for the client")]
    TokenRevocationDisabled,
    /// The client rotates its refresh tokens, so this flow cannot refresh.
    #[error("refresh token rotation is enabled for the client")]
    RefreshTokenRotationEnabled,

    // Signing up and signing in.
    /// Only administrators make users here.
    #[error("sign-up is not permitted for the pool")]
    SignUpNotPermitted,
    /// Name or password, or the proof of it, is wrong.
    #[error("wrong user name or password")]
    WrongUsernameOrPassword,
    /// Too many wrong passwords; wait.
    #[error("password attempts exceeded")]
    PasswordAttemptsExceeded,
    /// The user is disabled.
    #[error("the user is disabled")]
    UserDisabled,
    /// The user has not confirmed the sign-up.
    #[error("the user is not confirmed")]
    UserNotConfirmed,
    /// The password must be reset first.
    #[error("the password must be reset")]
    PasswordResetRequired,
    /// The temporary password ended.
    #[error("the temporary password has expired")]
    TemporaryPasswordExpired,
    /// The password breaks the policy (calls of the user).
    #[error("the password breaks the policy: {0:?}")]
    PasswordPolicyViolated(PasswordViolation),
    /// The password breaks the policy (calls of an administrator).
    #[error("the password breaks the policy: {0:?}")]
    AdminPasswordPolicyViolated(PasswordViolation),
    /// The password is the current one or one of those before it, which may not come again.
    #[error("the password was used before")]
    PasswordReused,
    /// Only an administrator resets passwords here.
    #[error("passwords are reset by administrators alone")]
    PasswordResetByAdministratorOnly,
    /// The password cannot be reset in the user's state.
    #[error("the password cannot be reset in the user's state")]
    PasswordNotResettable,
    /// No verified address or number that a code could reset the password by.
    #[error("the user has nothing verified that a password is reset by")]
    PasswordResetUnreachable,
    /// The user cannot be confirmed in this state.
    #[error("the user cannot be confirmed in state {0:?}")]
    UserNotConfirmable(UserStatus),
    /// The user is confirmed already, so nothing is sent again.
    #[error("the user is confirmed already")]
    UserAlreadyConfirmed,
    /// The invitation cannot be sent again in this state.
    #[error("the invitation of {0} cannot be sent again")]
    ResendNotPossible(Username),
    /// The answer to a new-password challenge lacks required attributes.
    #[error("required attributes are missing: {0:?}")]
    RequiredAttributesMissing(Vec<String>),
    /// The answer to a new-password challenge changes an attribute that is set.
    #[error("the attribute {0} is set already")]
    AttributeAlreadySet(String),

    // Attributes.
    /// Required attributes are missing at sign-up, in the order of the schema.
    #[error("the attributes {0:?} are required")]
    AttributesRequired(Vec<String>),
    /// The schema has no such attribute.
    #[error("the attribute {0} is not in the schema")]
    AttributeUnknown(String),
    /// The value breaks the schema.
    #[error("the attribute {name} breaks the schema: {violation:?}")]
    AttributeInvalid {
        /// The attribute.
        name: String,
        /// The rule it breaks.
        violation: AttributeViolation,
    },
    /// Changes of attributes of a user that the schema does not admit, each with its reason.
    #[error("changes of attributes are refused: {0:?}")]
    AttributeChangesRefused(Vec<(String, AttributeRefusal)>),
    /// An attribute was named without a value, not even a blank one.
    #[error("the attribute {0} has no value")]
    AttributeValueMissing(String),
    /// No e-mail address.
    #[error("not an e-mail address")]
    EmailInvalid,
    /// No phone number.
    #[error("not a phone number")]
    PhoneNumberInvalid,
    /// An attribute that a list was asked for is not in the schema, or a user of the page lacks it.
    #[error("a requested attribute does not exist")]
    RequestedAttributeMissing,

    // Lists of users.
    /// The filter cannot be read.
    #[error("the filter cannot be read")]
    FilterInvalid,
    /// Users are not searched by this attribute.
    #[error("users are not searched by {0}")]
    FilterAttributeUnknown(String),

    // Challenges and codes.
    /// The session is none of ours, of another user, client, pool or step, or was answered wrongly.
    #[error("the challenge session is invalid")]
    ChallengeSessionInvalid,
    /// The session ended.
    #[error("the challenge session has expired")]
    ChallengeSessionExpired,
    /// The session was answered already.
    #[error("the challenge session was used")]
    ChallengeSessionUsed,
    /// The code is wrong.
    #[error("the code is wrong")]
    CodeMismatch,
    /// The code ended, was used, or none was sent.
    #[error("the code has expired or there is none")]
    CodeExpired,
    /// Too many attempts or messages.
    #[error("too many attempts")]
    AttemptLimitExceeded,

    // Second factors.
    /// The pool lets nobody set up an authenticator app.
    #[error("software tokens are not enabled for the pool")]
    SoftwareTokenNotEnabled,
    /// The user has no authenticator app, or none that waits for its first code.
    #[error("the user has no software token")]
    SoftwareTokenNotSetUp,
    /// An authenticator app is to be asked for that no code has proven yet.
    #[error("the user has no verified software token")]
    SoftwareTokenNotVerified {
        /// Whether one waits for its first code.
        is_pending: bool,
    },
    /// The first code of an authenticator app is wrong.
    #[error("the first code of the software token is wrong")]
    SoftwareTokenSetUpFailed,
    /// The code of an authenticator app is wrong.
    #[error("the code of the software token is wrong")]
    SoftwareTokenCodeMismatch,
    /// The code of an authenticator app, or a later one, was taken already.
    #[error("the code of the software token was used already")]
    SoftwareTokenCodeUsed,
    /// Too many wrong answers to second factors; wait.
    #[error("attempts at second factors exceeded")]
    SecondFactorAttemptsExceeded,

    // Tokens.
    /// No access token of ours.
    #[error("the access token is invalid")]
    AccessTokenInvalid,
    /// The access token ended.
    #[error("the access token has expired")]
    AccessTokenExpired,
    /// The access token was revoked, or its user signed out, was disabled or deleted.
    #[error("the access token was revoked")]
    AccessTokenRevoked,
    /// The access token is a client's own: it speaks for no user.
    #[error("the access token speaks for no user")]
    AccessTokenOfClient,
    /// The access token lacks the scope.
    #[error("the access token lacks the scope")]
    AccessTokenScopeMissing,
    /// No refresh token of ours, or another client's.
    #[error("the refresh token is invalid")]
    RefreshTokenInvalid,
    /// The refresh token ended.
    #[error("the refresh token has expired")]
    RefreshTokenExpired,
    /// The refresh token was revoked, or its user signed out or was disabled.
    #[error("the refresh token was revoked")]
    RefreshTokenRevoked,
    /// A rotated refresh token came again.
    #[error("the refresh token was used already")]
    RefreshTokenReused,
    /// Something that is no refresh token was to be revoked.
    #[error("only refresh tokens can be revoked")]
    TokenNotRevocable,
    /// The refresh token is another client's.
    #[error("the token belongs to another client")]
    TokenOfAnotherClient,

    // The server itself.
    /// Too much work is waiting.
    #[error("too many requests are waiting")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Storage(StorageError),
    /// A fault of the server; the text is for the log alone.
    #[error("internal error: {0}")]
    Internal(String),
}

impl From<StorageError> for ServiceError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Conflict(Conflict::MessageLimitReached) => Self::AttemptLimitExceeded,
            error => Self::Storage(error),
        }
    }
}

impl From<poolhouse_crypto::sealing::SealError> for ServiceError {
    fn from(error: poolhouse_crypto::sealing::SealError) -> Self {
        Self::Internal(format!("a sealed value cannot be opened: {error}"))
    }
}

impl From<poolhouse_crypto::password::HasherError> for ServiceError {
    fn from(error: poolhouse_crypto::password::HasherError) -> Self {
        use poolhouse_crypto::password::HasherError;
        match error {
            HasherError::Busy => Self::Busy,
            // No stored password is that long, so it cannot be right.
            HasherError::PasswordTooLong => Self::WrongUsernameOrPassword,
            HasherError::UnusableHash | HasherError::Failed => Self::Internal(error.to_string()),
        }
    }
}

impl ServiceError {
    /// Whether a write lost against others that change the same rows, as often as it was tried.
    pub fn is_write_conflict(&self) -> bool {
        matches!(self, Self::Storage(StorageError::Conflict(_)))
    }
}
