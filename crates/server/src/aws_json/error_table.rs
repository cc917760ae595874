//! Which code and text the JSON API answers a failure with: the one place.
//!
//! Clients match on these texts, so each group of rows names its evidence. Rows marked
//! "Inferred" are texts that no recorded answer has shown yet.

use poolhouse_api_model::{ErrorCode, Operation};
use poolhouse_model::{AttributeViolation, Channel, PasswordViolation};
use poolhouse_service::{AttributeRefusal, ServiceError};

/// Gives the code and the text that outsiders are told of a failure of an operation.
#[expect(
    clippy::too_many_lines,
    reason = "one exhaustive table, so that no fact is answered in two places"
)]
pub(super) fn answer(operation: Operation, error: &ServiceError) -> (ErrorCode, String) {
    use ErrorCode as Code;
    use ServiceError as Fact;
    let (code, text): (Code, String) = match error {
        // Source: recorded answers; `DomainNotFound` inferred.
        Fact::UserPoolNotFound(id) => (
            Code::ResourceNotFoundException,
            format!("User pool {id} does not exist."),
        ),
        Fact::AppClientNotFound(id) => (
            Code::ResourceNotFoundException,
            format!("User pool client {id} does not exist."),
        ),
        Fact::UserNotFound => user_not_found(operation),
        Fact::UsernameClientCombinationNotFound => (
            Code::UserNotFoundException,
            "Username/client id combination not found.".into(),
        ),
        // Source: recorded answer (aws-amplify/amplify-cli#2214).
        Fact::GroupNotFound => (Code::ResourceNotFoundException, "Group not found.".into()),
        // Source: moto's text.
        Fact::ResourceServerNotFound(identifier) => (
            Code::ResourceNotFoundException,
            format!("Resource server {identifier} does not exist."),
        ),
        Fact::DomainNotFound => (
            Code::InvalidParameterException,
            "No such domain or user pool exists.".into(),
        ),

        // Source: recorded answers of SignUp, AdminCreateUser, ConfirmSignUp.
        Fact::UsernameExists => (Code::UsernameExistsException, "User already exists".into()),
        Fact::UserAccountExists => (
            Code::UsernameExistsException,
            "User account already exists".into(),
        ),
        // Source: reported answer (aws-amplify/amplify-backend#1781). Inferred: its full stop.
        Fact::GroupExists => (
            Code::GroupExistsException,
            "A group with the name already exists.".into(),
        ),
        // Source: moto's text.
        Fact::ResourceServerExists {
            identifier,
            pool_id,
        } => (
            Code::InvalidParameterException,
            format!("{identifier} already exists in user pool {pool_id}."),
        ),
        Fact::AliasExists { attribute } => alias_exists(operation, attribute),
        // Source: an answer in a report (mineiros-io/terraform-aws-cognito-user-pool#69).
        Fact::DomainTaken(_) => (
            Code::InvalidParameterException,
            "Domain already associated with another user pool.".into(),
        ),
        // Poolhouse's own: fixed ids are a convenience of the dev profile.
        Fact::AppClientExists(id) => (
            Code::InvalidParameterException,
            format!("User pool client {id} already exists."),
        ),
        Fact::UserPoolExists(id) => (
            Code::InvalidParameterException,
            format!("User pool {id} already exists."),
        ),

        // Source: reported text; the domain's inferred.
        Fact::UserPoolDeletionProtected => (
            Code::InvalidParameterException,
            "The user pool cannot be deleted because deletion protection is activated. Deletion \
             protection must be inactivated first."
                .into(),
        ),
        Fact::UserPoolHasDomain => (
            Code::InvalidParameterException,
            "User pool cannot be deleted. It has a domain configured that should be deleted first."
                .into(),
        ),
        Fact::TagsRefused(text) => (
            declared_or(
                operation,
                Code::UserPoolTaggingException,
                Code::InvalidParameterException,
            ),
            text.clone(),
        ),
        // Source: an answer to UpdateUserPoolClient (hashicorp/terraform-provider-aws#19794).
        // Inferred: the same words for pools and domains, and the code where none is declared.
        Fact::ConcurrentModification(what) => (
            declared_or(
                operation,
                Code::ConcurrentModificationException,
                Code::TooManyRequestsException,
            ),
            format!("Only one request to update {what} can be processed at a time."),
        ),

        Fact::InvalidInput(text) | Fact::FeatureNotServed(text) => {
            (Code::InvalidParameterException, text.clone())
        }
        // Source: API model, the code. Inferred: the text.
        Fact::ResourceLimitExceeded(what) => (
            Code::LimitExceededException,
            format!("The user pool has as many {what} as it can have."),
        ),
        // Source: recorded answer (awsdocs/aws-cloudformation-user-guide#564).
        Fact::ScopeDoesNotExist(scope) => (
            Code::ScopeDoesNotExistException,
            format!("Invalid scope requested: {scope}"),
        ),
        // Source: reported answers; the rules name the texts.
        Fact::OAuthFlowInvalid(text) => (Code::InvalidOAuthFlowException, text.clone()),
        // Inferred: the operation declares no code of its own for scopes.
        Fact::ScopeNotGranted(error) => (
            Code::InvalidParameterException,
            format!("Invalid scope requested: {error}."),
        ),
        Fact::ParameterMissing(name) => (
            Code::InvalidParameterException,
            format!("Missing required parameter {name}"),
        ),

        Fact::ChannelNotConfigured(channel) => channel_not_configured(operation, *channel),

        // Source: recorded and reported answers. Inferred: `SecretHashUnexpected`.
        Fact::SecretHashMissing(id) => (
            Code::NotAuthorizedException,
            format!("Client {id} is configured with secret but SECRET_HASH was not received"),
        ),
        Fact::SecretHashMismatch(id) | Fact::SecretHashUnexpected(id) => (
            Code::NotAuthorizedException,
            format!("Unable to verify secret hash for client {id}"),
        ),
        Fact::RefreshSecretHashMismatch(id) => (
            Code::NotAuthorizedException,
            format!("SecretHash does not match for the client: {id}"),
        ),
        Fact::ClientNotAuthenticated => client_not_authenticated(operation),
        Fact::AuthFlowNotEnabled(flow) => (
            Code::InvalidParameterException,
            format!("{flow} flow not enabled for this client"),
        ),
        Fact::AdminAuthFlowNotEnabled => (
            Code::InvalidParameterException,
            "Auth flow not enabled for this client".into(),
        ),
        Fact::AuthFlowNotSupported => (
            Code::InvalidParameterException,
            "Initiate Auth method not supported.".into(),
        ),
        Fact::AttributeNotWritable => (
            Code::NotAuthorizedException,
            "A client attempted to write unauthorized attribute".into(),
        ),
        // Inferred.
        Fact::TokenRevocationDisabled => (
            Code::UnsupportedOperationException,
            "Token revocation is not enabled for this client.".into(),
        ),
        Fact::RefreshTokenRotationEnabled => (
            Code::UnsupportedOperationException,
            "Refresh token rotation is enabled for this client: use GetTokensFromRefreshToken."
                .into(),
        ),

        // Source: recorded and reported answers of sign-up and sign-in.
        Fact::SignUpNotPermitted => (
            Code::NotAuthorizedException,
            "SignUp is not permitted for this user pool".into(),
        ),
        Fact::WrongUsernameOrPassword => (
            Code::NotAuthorizedException,
            "Incorrect username or password.".into(),
        ),
        Fact::PasswordAttemptsExceeded => (
            Code::NotAuthorizedException,
            "Password attempts exceeded".into(),
        ),
        Fact::UserDisabled => (Code::NotAuthorizedException, "User is disabled.".into()),
        Fact::UserNotConfirmed => (
            Code::UserNotConfirmedException,
            "User is not confirmed.".into(),
        ),
        Fact::PasswordResetRequired => (
            Code::PasswordResetRequiredException,
            "Password reset required for the user".into(),
        ),
        Fact::TemporaryPasswordExpired => (
            Code::NotAuthorizedException,
            "Temporary password has expired and must be reset by an administrator.".into(),
        ),
        Fact::PasswordPolicyViolated(violation) => (
            Code::InvalidPasswordException,
            format!(
                "Password did not conform with policy: {}",
                password_rule(*violation)
            ),
        ),
        Fact::AdminPasswordPolicyViolated(violation) => (
            Code::InvalidPasswordException,
            format!(
                "Password did not conform with password policy: {}",
                password_rule(*violation)
            ),
        ),
        // Source: API model for the code. Inferred: the text.
        Fact::PasswordReused => (
            Code::PasswordHistoryPolicyViolationException,
            "Password has previously been used".into(),
        ),
        // Source: reported answers of ForgotPassword; the first is known from emulators alone.
        Fact::PasswordResetByAdministratorOnly => (
            Code::NotAuthorizedException,
            "Contact administrator to reset password.".into(),
        ),
        Fact::PasswordNotResettable => (
            Code::NotAuthorizedException,
            "User password cannot be reset in the current state.".into(),
        ),
        Fact::PasswordResetUnreachable => (
            Code::InvalidParameterException,
            "Cannot reset password for the user as there is no registered/verified email or \
             phone_number"
                .into(),
        ),
        Fact::UserNotConfirmable(status) => (
            Code::NotAuthorizedException,
            format!(
                "User cannot be confirmed. Current status is {}",
                super::wire::user_status::name(*status)
            ),
        ),
        Fact::UserAlreadyConfirmed => (
            Code::InvalidParameterException,
            "User is already confirmed.".into(),
        ),
        Fact::ResendNotPossible(username) => (
            Code::UnsupportedUserStateException,
            format!("Resend not possible. {username} status is not FORCE_CHANGE_PASSWORD"),
        ),
        Fact::RequiredAttributesMissing(names) => (
            Code::InvalidParameterException,
            format!(
                "Invalid attributes given, {} is missing",
                names.join(" and ")
            ),
        ),
        Fact::AttributeAlreadySet(name) => (
            Code::NotAuthorizedException,
            format!("Cannot modify an already provided {name}"),
        ),

        // Source: recorded answers of SignUp and UpdateUserAttributes, of several attributes too.
        Fact::AttributesRequired(names) => (
            Code::InvalidParameterException,
            format!(
                "Attributes did not conform to the schema: {}",
                lines(names, |name| format!("{name}: The attribute is required"))
            ),
        ),
        Fact::AttributeChangesRefused(refused) => (
            Code::InvalidParameterException,
            attribute_changes_refused(operation, refused),
        ),
        Fact::AttributeValueMissing(name) => (
            Code::InvalidParameterException,
            format!("Attribute value for {name} must not be null"),
        ),
        Fact::AttributeUnknown(name) => (
            Code::InvalidParameterException,
            format!(
                "Attributes did not conform to the schema: Type for attribute {{{name}}} could \
                 not be determined"
            ),
        ),
        Fact::AttributeInvalid { name, violation } => (
            Code::InvalidParameterException,
            format!(
                "Attributes did not conform to the schema: {name}: {}\n",
                attribute_rule(*violation)
            ),
        ),
        Fact::EmailInvalid => (
            Code::InvalidParameterException,
            "Invalid email address format.".into(),
        ),
        Fact::PhoneNumberInvalid => (
            Code::InvalidParameterException,
            "Invalid phone number format.".into(),
        ),

        // Source: aws/aws-sdk-js#2570, aws/aws-sdk-php#1088. Inferred: `FilterAttributeUnknown`,
        // which emulators answer so.
        Fact::RequestedAttributeMissing => (
            Code::InvalidParameterException,
            "One or more requested attributes do not exist.".into(),
        ),
        Fact::FilterInvalid => (
            Code::InvalidParameterException,
            "Error while parsing filter.".into(),
        ),
        Fact::FilterAttributeUnknown(name) => (
            Code::InvalidParameterException,
            format!("Invalid search attribute: {name}"),
        ),

        // Source: recorded and reported answers of challenges and codes.
        Fact::ChallengeSessionInvalid => (
            Code::NotAuthorizedException,
            "Invalid session for the user.".into(),
        ),
        Fact::ChallengeSessionExpired => (
            Code::NotAuthorizedException,
            "Invalid session for the user, session is expired.".into(),
        ),
        Fact::ChallengeSessionUsed => (
            Code::NotAuthorizedException,
            "Invalid session for the user, session can only be used once.".into(),
        ),
        Fact::CodeMismatch => (
            Code::CodeMismatchException,
            "Invalid verification code provided, please try again.".into(),
        ),
        Fact::CodeExpired => (
            Code::ExpiredCodeException,
            "Invalid code provided, please request a code again.".into(),
        ),
        Fact::AttemptLimitExceeded => attempt_limit_exceeded(operation),

        // Source: AWS page "TOTP software token MFA"; reported and recorded answers. Inferred:
        // `SecondFactorAttemptsExceeded`.
        Fact::SoftwareTokenNotEnabled => (
            Code::SoftwareTokenMFANotFoundException,
            "Software Token MFA has not been enabled by the userPool".into(),
        ),
        Fact::SoftwareTokenNotSetUp => (
            Code::SoftwareTokenMFANotFoundException,
            "Software Token MFA does not exist for the user.".into(),
        ),
        Fact::SoftwareTokenNotVerified { is_pending } => (
            Code::InvalidParameterException,
            unverified_token(operation, *is_pending).into(),
        ),
        Fact::SoftwareTokenSetUpFailed => (
            Code::EnableSoftwareTokenMFAException,
            "Code mismatch and fail enable Software Token MFA".into(),
        ),
        Fact::SoftwareTokenCodeMismatch => (
            Code::CodeMismatchException,
            "Invalid code received for user".into(),
        ),
        Fact::SoftwareTokenCodeUsed => (
            Code::ExpiredCodeException,
            "Your software token has already been used once.".into(),
        ),
        Fact::SecondFactorAttemptsExceeded => (
            Code::NotAuthorizedException,
            "Attempt limit exceeded, please try after some time.".into(),
        ),

        // Source: recorded answers. Inferred: expired, invalid and reused.
        Fact::AccessTokenInvalid => (Code::NotAuthorizedException, "Invalid Access Token".into()),
        Fact::AccessTokenExpired => (
            Code::NotAuthorizedException,
            "Access Token has expired".into(),
        ),
        Fact::AccessTokenRevoked => (
            Code::NotAuthorizedException,
            "Access Token has been revoked".into(),
        ),
        // A client's own token never has the scope of users.
        Fact::AccessTokenOfClient | Fact::AccessTokenScopeMissing => (
            Code::NotAuthorizedException,
            "Access Token does not have required scopes".into(),
        ),
        Fact::RefreshTokenInvalid => (Code::NotAuthorizedException, "Invalid Refresh Token".into()),
        Fact::RefreshTokenExpired => (
            Code::NotAuthorizedException,
            "Refresh Token has expired".into(),
        ),
        Fact::RefreshTokenRevoked => (
            Code::NotAuthorizedException,
            "Refresh Token has been revoked".into(),
        ),
        Fact::RefreshTokenReused => (
            Code::RefreshTokenReuseException,
            "Refresh token has been reused.".into(),
        ),
        Fact::TokenNotRevocable => (
            Code::UnsupportedTokenTypeException,
            "Unsupported token type".into(),
        ),
        Fact::TokenOfAnotherClient => (
            Code::UnauthorizedException,
            "The token was not issued to this client.".into(),
        ),

        Fact::Busy => (Code::TooManyRequestsException, "Rate exceeded".into()),
        Fact::Storage(_) if error.is_write_conflict() => (
            Code::TooManyRequestsException,
            "The same item is being changed by other requests, please try again.".into(),
        ),
        Fact::Storage(_) | Fact::Internal(_) => (
            Code::InternalErrorException,
            "Something went wrong. The log of the server has the reason under the request id."
                .into(),
        ),
    };
    (code, text)
}

/// The code that says it best, if the model declares it for the operation.
fn declared_or(operation: Operation, best: ErrorCode, otherwise: ErrorCode) -> ErrorCode {
    if operation.errors().contains(&best) {
        best
    } else {
        otherwise
    }
}

/// Source: recorded answer. Inferred: the code of an operation that does not declare the usual one.
fn attempt_limit_exceeded(operation: Operation) -> (ErrorCode, String) {
    let code = declared_or(
        operation,
        ErrorCode::LimitExceededException,
        ErrorCode::TooManyRequestsException,
    );
    let text = "Attempt limit exceeded, please try after some time.";
    (code, text.to_owned())
}

/// A line for each.
fn lines<T>(items: &[T], line: impl Fn(&T) -> String) -> String {
    items.iter().map(|item| line(item) + "\n").collect()
}

/// Source: answers of `UpdateUserAttributes` (unknown, immutable, required, too short); moto and a
/// list of known texts for the prefix of deletions.
fn attribute_changes_refused(
    operation: Operation,
    refused: &[(String, AttributeRefusal)],
) -> String {
    let text = lines(refused, |(name, refusal)| {
        let rule = match refusal {
            AttributeRefusal::NotInSchema => "Attribute does not exist in the schema.".to_owned(),
            AttributeRefusal::NotMutable => "Attribute cannot be updated.".to_owned(),
            AttributeRefusal::RequiredNotDeletable => {
                "Required attribute cannot be deleted.".to_owned()
            }
            AttributeRefusal::Invalid(violation) => attribute_rule(*violation),
        };
        format!("user.{name}: {rule}")
    });
    match operation {
        Operation::DeleteUserAttributes | Operation::AdminDeleteUserAttributes => {
            format!("Invalid user attributes: {text}")
        }
        _ => text,
    }
}

/// Source: recorded answers for an e-mail address. `AdminCreateUser` declares no code for an alias that
/// is taken; its code is that of a name that is, its text names the alias: boto/boto3#3213.
fn alias_exists(operation: Operation, attribute: &str) -> (ErrorCode, String) {
    let code = declared_or(
        operation,
        ErrorCode::AliasExistsException,
        ErrorCode::UsernameExistsException,
    );
    (
        code,
        format!("An account with the given {attribute} already exists."),
    )
}

/// Inferred: the code of operations that declare none for a user who is gone; their caller is one
/// whose access token has outlived the user.
fn user_not_found(operation: Operation) -> (ErrorCode, String) {
    let code = ErrorCode::UserNotFoundException;
    let is_declared = operation.errors().contains(&code);
    let code = if is_declared {
        code
    } else {
        ErrorCode::NotAuthorizedException
    };
    (code, "User does not exist.".into())
}

/// Source: answers of both operations in reports, and the texts that aws-amplify/amplify-js
/// compares with.
fn unverified_token(operation: Operation, is_pending: bool) -> &'static str {
    match operation {
        Operation::AdminSetUserMFAPreference => {
            "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA"
        }
        _ if is_pending => "User has not verified software token mfa",
        _ => "User has not set up software token mfa",
    }
}

/// Source: recorded answers of `InitiateAuth` (with the first sentence) and `AdminCreateUser`
/// (without). Inferred: that the other operations answer as the latter; the text for mail, which the
/// service can always send.
fn channel_not_configured(operation: Operation, channel: Channel) -> (ErrorCode, String) {
    let text = match channel {
        Channel::Sms => "User pool does not have SMS configuration to send messages.",
        Channel::Email => "User pool does not have email configuration to send messages.",
    };
    let is_sign_in = matches!(
        operation,
        Operation::InitiateAuth
            | Operation::AdminInitiateAuth
            | Operation::RespondToAuthChallenge
            | Operation::AdminRespondToAuthChallenge
    );
    let text = match channel {
        Channel::Sms if is_sign_in => {
            format!("Invalid phone number provided/Unable to send the message. {text}")
        }
        _ => text.to_owned(),
    };
    (ErrorCode::InvalidParameterException, text)
}

/// Source: API model, errors of `RevokeToken`, which has a code of its own for this; reported answer
/// of `GetClientToken`. Inferred: the texts of the others.
fn client_not_authenticated(operation: Operation) -> (ErrorCode, String) {
    let other = "Unable to verify client secret for client";
    let (code, text) = match operation {
        Operation::RevokeToken => (ErrorCode::UnauthorizedException, other),
        Operation::GetClientToken => (
            ErrorCode::NotAuthorizedException,
            "Invalid client or secret",
        ),
        _ => (ErrorCode::NotAuthorizedException, other),
    };
    (code, text.into())
}

/// Source: reported answers of `SignUp`; `TooLong` and `Common` inferred.
fn password_rule(violation: PasswordViolation) -> &'static str {
    match violation {
        PasswordViolation::TooShort => "Password not long enough",
        PasswordViolation::TooLong => "Password too long",
        PasswordViolation::NoUppercase => "Password must have uppercase characters",
        PasswordViolation::NoLowercase => "Password must have lowercase characters",
        PasswordViolation::NoNumber => "Password must have numeric characters",
        PasswordViolation::NoSymbol => "Password must have symbol characters",
        PasswordViolation::Common => "Password is too common",
    }
}

/// Source: answers of `SignUp` (aws-sdk-java, amplify-flutter) and `UpdateUserAttributes` for a text
/// that is too short. Inferred: the others.
fn attribute_rule(violation: AttributeViolation) -> String {
    match violation {
        AttributeViolation::TooShort(least) => {
            format!("String must be no shorter than {least} characters")
        }
        AttributeViolation::TooLong(most) => {
            format!("String must be no longer than {most} characters")
        }
        AttributeViolation::TooSmall(least) => format!("Number must be no less than {least}"),
        AttributeViolation::TooLarge(most) => format!("Number must be no greater than {most}"),
        AttributeViolation::NotANumber => "Value must be a number".to_owned(),
        AttributeViolation::NotABoolean => "Value must be true or false".to_owned(),
        AttributeViolation::NotADateTime => "Value must be a date or a date and time".to_owned(),
    }
}
