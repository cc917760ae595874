//! Causes and remedies of the facts of the service, in the order of `ServiceError`.

use poolhouse_model::{
    AttributeViolation, Channel, ClientId, PasswordViolation, UserPoolId, UserStatus, Username,
};
use poolhouse_oauth::scope::ScopeError;
use poolhouse_service::{AttributeRefusal, ServiceError};

use super::words::dictionary;

fn pool() -> UserPoolId {
    UserPoolId::new("{pool}")
}

fn client() -> ClientId {
    ClientId::new("{client}")
}

/// Stands for a text that says itself what is wrong.
fn open() -> String {
    name("{rule}")
}

fn name(text: &str) -> String {
    text.to_owned()
}

dictionary! { ServiceError;
    ServiceError::UserPoolNotFound(_) => [ServiceError::UserPoolNotFound(pool())],
        "The request names a user pool that this server does not have.",
        "Compare the id with ListUserPools or the start page; an empty data directory has no pools.";
    ServiceError::AppClientNotFound(_) => [ServiceError::AppClientNotFound(client())],
        "The request names an app client that this server, or the named pool, does not have.",
        "Compare the id with ListUserPoolClients of the pool, and check which server the endpoint leads to.";
    ServiceError::UserNotFound => [ServiceError::UserNotFound],
        "No user of the pool has that name or alias, or the user of the access token is gone.",
        "Check name and pool with ListUsers. Where outsiders must not learn who exists, set PreventUserExistenceErrors to ENABLED.";
    ServiceError::UsernameClientCombinationNotFound => [ServiceError::UsernameClientCombinationNotFound],
        "A code was given for a user whom the client's pool does not have.",
        "Check user name and client id: both must belong to the same pool.";
    ServiceError::GroupNotFound => [ServiceError::GroupNotFound],
        "The pool has no group of that name. Upper and lower case count.",
        "Make it with CreateGroup, or compare the name with ListGroups.";
    ServiceError::ResourceServerNotFound(_) => [ServiceError::ResourceServerNotFound(name("{identifier}"))],
        "The pool has no resource server of that identifier.",
        "Make it with CreateResourceServer, or compare the identifier with ListResourceServers.";
    ServiceError::DomainNotFound => [ServiceError::DomainNotFound],
        "The pool has no such domain.",
        "Compare it with the Domain and CustomDomain of DescribeUserPool.";
    ServiceError::UsernameExists => [ServiceError::UsernameExists],
        "Another user of the pool signs in by that name.",
        "Choose another name, or let the person sign in or reset the password.";
    ServiceError::UserAccountExists => [ServiceError::UserAccountExists],
        "Another user of the pool has that name.",
        "Choose another name, or change the user who is there. To send an invitation again set MessageAction to RESEND.";
    ServiceError::AliasExists { .. } => [ServiceError::AliasExists { attribute: "email" }, ServiceError::AliasExists { attribute: "phone_number" },
        ServiceError::AliasExists { attribute: "preferred_username" }],
        "The e-mail address, phone number or preferred name signs in another user already.",
        "Use another, or set ForceAliasCreation where the operation has it, which takes it from the other user.";
    ServiceError::GroupExists => [ServiceError::GroupExists],
        "The pool has a group of that name.",
        "Change it with UpdateGroup, or choose another name.";
    ServiceError::ResourceServerExists { .. } => [ServiceError::ResourceServerExists { identifier: name("{identifier}"), pool_id: pool() }],
        "The pool has a resource server of that identifier.",
        "Change it with UpdateResourceServer, or choose another identifier.";
    ServiceError::DomainTaken(_) => [ServiceError::DomainTaken(name("{domain}"))],
        "A pool of this server has that domain.",
        "Choose another prefix or domain, or take it from the other pool with DeleteUserPoolDomain.";
    ServiceError::AppClientExists(_) => [ServiceError::AppClientExists(client())],
        "A client with the fixed id that ClientName asks for is there.",
        "Use the client that is there, delete it first, or ask for another id.";
    ServiceError::UserPoolExists(_) => [ServiceError::UserPoolExists(pool())],
        "A pool with the fixed id that the tag _custom_id_ asks for is there.",
        "Use the pool that is there, delete it first, or ask for another id.";
    ServiceError::UserPoolDeletionProtected => [ServiceError::UserPoolDeletionProtected],
        "DeletionProtection of the pool is ACTIVE.",
        "Set it to INACTIVE with UpdateUserPool, then delete the pool.";
    ServiceError::UserPoolHasDomain => [ServiceError::UserPoolHasDomain],
        "The pool has a domain, and a pool with one is not deleted.",
        "Call DeleteUserPoolDomain first.";
    ServiceError::TagsRefused(_) => [ServiceError::TagsRefused(open())],
        "A tag breaks a rule for tags, which the text names.",
        "Change the tag as the text says.";
    ServiceError::ConcurrentModification(_) => [ServiceError::ConcurrentModification("app client")],
        "Other requests changed the same pool, client or domain each time this one tried.",
        "Send the change again; do not change one thing from several places at once.";
    ServiceError::InvalidInput(_) => [ServiceError::InvalidInput(open())],
        "A value breaks a rule, which the text names.",
        "Change the value as the text says; the texts are listed further down.";
    ServiceError::ResourceLimitExceeded(_) => [ServiceError::ResourceLimitExceeded("groups")],
        "The pool has as many of these as a pool can have.",
        "Delete what is not used any more, or use another pool.";
    ServiceError::ScopeDoesNotExist(_) => [ServiceError::ScopeDoesNotExist(name("{scope}"))],
        "A client was to get a scope that is none of the standard ones and that no resource server of the pool has.",
        "Make the resource server with the scope first; write the scope as IDENTIFIER/NAME.";
    ServiceError::OAuthFlowInvalid(_) => [ServiceError::OAuthFlowInvalid(open())],
        "The OAuth settings of a client contradict each other, as the text says.",
        "Change the flows, scopes or URLs that the text names.";
    ServiceError::ParameterMissing(_) => [ServiceError::ParameterMissing("{username}")],
        "The flow or challenge needs a parameter that did not come.",
        "Put it into AuthParameters or ChallengeResponses under that name.";
    ServiceError::FeatureNotServed(_) => [ServiceError::FeatureNotServed(open())],
        "A setting needs something that Poolhouse does not do yet; going on would skip a check.",
        "Remove the setting that the text names; docs/compatibility.md lists what is served.";
    ServiceError::ChannelNotConfigured(_) => [ServiceError::ChannelNotConfigured(Channel::Sms), ServiceError::ChannelNotConfigured(Channel::Email)],
        "A message has to leave by a channel that the pool or the server has no way out for.",
        "Give the pool an SmsConfiguration, and the server an SMS gateway (docs/messages.md).";
    ServiceError::SecretHashMissing(_) => [ServiceError::SecretHashMissing(client())],
        "The client has a secret, and the request came without SecretHash or SECRET_HASH.",
        "Send the secret hash (most SDKs do once they know the secret), or use a client without secret in browsers and apps.";
    ServiceError::SecretHashMismatch(_) => [ServiceError::SecretHashMismatch(client())],
        "The secret hash was made with another secret, client id or user name.",
        "Make it as Base64(HMAC-SHA256(secret, user name + client id)), with the user name exactly as it is sent.";
    ServiceError::RefreshSecretHashMismatch(_) => [ServiceError::RefreshSecretHashMismatch(client())],
        "The secret hash of a refresh was made with another secret or user name.",
        "At a refresh make it with the user name of the access token (its username claim), not with the alias that signed in.";
    ServiceError::SecretHashUnexpected(_) => [ServiceError::SecretHashUnexpected(client())],
        "A secret hash came for a client that has no secret.",
        "Take the secret out of the application's settings, or use the client that has it.";
    ServiceError::ClientNotAuthenticated => [ServiceError::ClientNotAuthenticated],
        "The client secret is wrong, is missing, or came for a client that has none.",
        "Compare it with DescribeUserPoolClient.";
    ServiceError::ScopeNotGranted(_) => [ServiceError::ScopeNotGranted(ScopeError::NotAllowed)],
        "The client asked for a scope that it may not have.",
        "Put the scope into the client's AllowedOAuthScopes, or ask for fewer.";
    ServiceError::AuthFlowNotEnabled(_) => [ServiceError::AuthFlowNotEnabled("USER_PASSWORD_AUTH")],
        "The client's ExplicitAuthFlows do not list the flow.",
        "Add it with UpdateUserPoolClient (with the prefix ALLOW_), or use a flow that is listed.";
    ServiceError::AdminAuthFlowNotEnabled => [ServiceError::AdminAuthFlowNotEnabled],
        "The client's ExplicitAuthFlows do not list the flow that AdminInitiateAuth was asked for.",
        "Add ALLOW_ADMIN_USER_PASSWORD_AUTH with UpdateUserPoolClient.";
    ServiceError::AuthFlowNotSupported => [ServiceError::AuthFlowNotSupported],
        "The flow belongs to the other operation, or is not known.",
        "Admin flows go to AdminInitiateAuth, the others to InitiateAuth.";
    ServiceError::AttributeNotWritable => [ServiceError::AttributeNotWritable],
        "The client's WriteAttributes do not list an attribute that it sent, or nobody may write it.",
        "Add it with UpdateUserPoolClient, or write it by an admin operation.";
    ServiceError::TokenRevocationDisabled => [ServiceError::TokenRevocationDisabled],
        "EnableTokenRevocation of the client is off.",
        "Turn it on with UpdateUserPoolClient.";
    ServiceError::RefreshTokenRotationEnabled => [ServiceError::RefreshTokenRotationEnabled],
        "The client rotates refresh tokens, which REFRESH_TOKEN_AUTH cannot do.",
        "Call GetTokensFromRefreshToken, or turn RefreshTokenRotation off.";
    ServiceError::SignUpNotPermitted => [ServiceError::SignUpNotPermitted],
        "AllowAdminCreateUserOnly of the pool is on.",
        "Make the user with AdminCreateUser, or turn it off with UpdateUserPool.";
    ServiceError::WrongUsernameOrPassword => [ServiceError::WrongUsernameOrPassword],
        "The password is wrong, or no user has that name and the client hides it.",
        "Check name, password and pool. The log names the fact under the request id.";
    ServiceError::PasswordAttemptsExceeded => [ServiceError::PasswordAttemptsExceeded],
        "After five wrong passwords each one more doubles a wait, up to a quarter of an hour.",
        "Wait, then sign in; in the dev profile move the clock (docs/testing.md).";
    ServiceError::UserDisabled => [ServiceError::UserDisabled],
        "An administrator disabled the user.",
        "Call AdminEnableUser.";
    ServiceError::UserNotConfirmed => [ServiceError::UserNotConfirmed],
        "The sign-up was never confirmed.",
        "Call ConfirmSignUp with the code (ResendConfirmationCode sends another), or AdminConfirmSignUp.";
    ServiceError::PasswordResetRequired => [ServiceError::PasswordResetRequired],
        "An administrator reset the password.",
        "Call ConfirmForgotPassword with the code that was sent; ForgotPassword sends another.";
    ServiceError::TemporaryPasswordExpired => [ServiceError::TemporaryPasswordExpired],
        "The temporary password is older than TemporaryPasswordValidityDays of the pool.",
        "Call AdminCreateUser with MessageAction RESEND, or AdminSetUserPassword.";
    ServiceError::PasswordPolicyViolated(_) => [
        ServiceError::PasswordPolicyViolated(PasswordViolation::TooShort),
        ServiceError::PasswordPolicyViolated(PasswordViolation::TooLong),
        ServiceError::PasswordPolicyViolated(PasswordViolation::NoUppercase),
        ServiceError::PasswordPolicyViolated(PasswordViolation::NoLowercase),
        ServiceError::PasswordPolicyViolated(PasswordViolation::NoNumber),
        ServiceError::PasswordPolicyViolated(PasswordViolation::NoSymbol),
        ServiceError::PasswordPolicyViolated(PasswordViolation::Common),
    ],
        "The chosen password breaks the pool's password policy; the text names the first rule.",
        "Choose another, or change Policies.PasswordPolicy of the pool.";
    ServiceError::AdminPasswordPolicyViolated(_) => [
        ServiceError::AdminPasswordPolicyViolated(PasswordViolation::TooShort),
        ServiceError::AdminPasswordPolicyViolated(PasswordViolation::TooLong),
        ServiceError::AdminPasswordPolicyViolated(PasswordViolation::NoUppercase),
        ServiceError::AdminPasswordPolicyViolated(PasswordViolation::NoLowercase),
        ServiceError::AdminPasswordPolicyViolated(PasswordViolation::NoNumber),
        ServiceError::AdminPasswordPolicyViolated(PasswordViolation::NoSymbol),
        ServiceError::AdminPasswordPolicyViolated(PasswordViolation::Common),
    ],
        "The password that an administrator sets breaks the pool's password policy.",
        "Choose another, or change Policies.PasswordPolicy of the pool.";
    ServiceError::PasswordReused => [ServiceError::PasswordReused],
        "The password is the current one or one of those that PasswordHistorySize remembers.",
        "Choose one that was not used before.";
    ServiceError::PasswordResetByAdministratorOnly => [ServiceError::PasswordResetByAdministratorOnly],
        "AccountRecoverySetting of the pool is admin_only.",
        "Call AdminSetUserPassword, or let the pool recover by verified_email.";
    ServiceError::PasswordNotResettable => [ServiceError::PasswordNotResettable],
        "The user never chose a password: the status is FORCE_CHANGE_PASSWORD.",
        "Sign in with the temporary password, or call AdminCreateUser with MessageAction RESEND.";
    ServiceError::PasswordResetUnreachable => [ServiceError::PasswordResetUnreachable],
        "The user has no verified e-mail address or phone number that AccountRecoverySetting names, or has not confirmed the sign-up.",
        "Verify one (AdminUpdateUserAttributes with email_verified), or call AdminSetUserPassword.";
    ServiceError::UserNotConfirmable(_) => [ServiceError::UserNotConfirmable(UserStatus::Confirmed)],
        "The user is not in the state UNCONFIRMED, which is the only one that is confirmed.",
        "Nothing is left to do if the user is CONFIRMED; otherwise set a password.";
    ServiceError::UserAlreadyConfirmed => [ServiceError::UserAlreadyConfirmed],
        "A code was to be sent again to a user whose sign-up is confirmed.",
        "Sign in; nothing has to be confirmed.";
    ServiceError::ResendNotPossible(_) => [ServiceError::ResendNotPossible(Username::new("USERNAME"))],
        "An invitation was to be sent again to a user who has chosen a password.",
        "Let the user sign in, or use ForgotPassword.";
    ServiceError::RequiredAttributesMissing(_) => [ServiceError::RequiredAttributesMissing(vec![name("{attribute}")])],
        "The answer to NEW_PASSWORD_REQUIRED lacks attributes that the pool requires.",
        "Send each as userAttributes.NAME in ChallengeResponses; requiredAttributes of the challenge lists them.";
    ServiceError::AttributeAlreadySet(_) => [ServiceError::AttributeAlreadySet(name("{attribute}"))],
        "The answer to NEW_PASSWORD_REQUIRED changes an attribute that has a value.",
        "Send only what requiredAttributes lists; in browsers delete email and email_verified from what the challenge gave.";
    ServiceError::AttributesRequired(_) => [ServiceError::AttributesRequired(vec![name("{attribute}")])],
        "An attribute that the pool's schema requires did not come.",
        "Send it in UserAttributes.";
    ServiceError::AttributeUnknown(_) => [ServiceError::AttributeUnknown(name("{attribute}"))],
        "The pool's schema has no such attribute.",
        "Custom attributes are written custom:NAME; add a new one with AddCustomAttributes.";
    ServiceError::AttributeInvalid { .. } => [ServiceError::AttributeInvalid { name: name("{attribute}"), violation: AttributeViolation::TooShort(1) },
        ServiceError::AttributeInvalid { name: name("{attribute}"), violation: AttributeViolation::TooLong(1) },
        ServiceError::AttributeInvalid { name: name("{attribute}"), violation: AttributeViolation::TooSmall(1) },
        ServiceError::AttributeInvalid { name: name("{attribute}"), violation: AttributeViolation::TooLarge(1) },
        ServiceError::AttributeInvalid { name: name("{attribute}"), violation: AttributeViolation::NotANumber },
        ServiceError::AttributeInvalid { name: name("{attribute}"), violation: AttributeViolation::NotABoolean },
        ServiceError::AttributeInvalid { name: name("{attribute}"), violation: AttributeViolation::NotADateTime }],
        "The value of an attribute breaks the pool's schema; the text names the rule.",
        "Send a value that the schema admits (DescribeUserPool, SchemaAttributes).";
    ServiceError::AttributeChangesRefused(_) => [ServiceError::AttributeChangesRefused(vec![(name("{attribute}"), AttributeRefusal::NotMutable)]),
        ServiceError::AttributeChangesRefused(vec![(name("{attribute}"), AttributeRefusal::NotInSchema)]),
        ServiceError::AttributeChangesRefused(vec![(name("{attribute}"), AttributeRefusal::RequiredNotDeletable)])],
        "Attributes are unknown, cannot be changed, cannot be deleted, or break the schema: a line for each.",
        "Leave them out, or send values that the schema admits.";
    ServiceError::AttributeValueMissing(_) => [ServiceError::AttributeValueMissing(name("{attribute}"))],
        "An attribute came with a name and no value.",
        "Send a value; an empty text removes an attribute, and so does DeleteUserAttributes.";
    ServiceError::EmailInvalid => [ServiceError::EmailInvalid],
        "The value of email is no e-mail address.",
        "Send an address of the form name@example.com.";
    ServiceError::PhoneNumberInvalid => [ServiceError::PhoneNumberInvalid],
        "The value of phone_number is no number with country code.",
        "Send + and digits only, such as +14155550123.";
    ServiceError::RequestedAttributeMissing => [ServiceError::RequestedAttributeMissing],
        "AttributesToGet names an attribute that the schema, or a user of the page, does not have.",
        "Ask for attributes that every user has, or leave AttributesToGet out.";
    ServiceError::FilterInvalid => [ServiceError::FilterInvalid],
        "The Filter of ListUsers is not of the form attribute = \"value\" or attribute ^= \"value\".",
        "Write it so; put a backslash before quotes within the value.";
    ServiceError::FilterAttributeUnknown(_) => [ServiceError::FilterAttributeUnknown(name("{attribute}"))],
        "ListUsers does not search by that attribute; custom attributes are never searched.",
        "Search by username, sub, email, phone_number, name, given_name, family_name, preferred_username, cognito:user_status or status; upper and lower case count.";
    ServiceError::ChallengeSessionInvalid => [ServiceError::ChallengeSessionInvalid],
        "The Session belongs to another user, client, pool or challenge, was cut, or had too many wrong answers.",
        "Send the Session of the latest answer with the same user name and client, or start the sign-in again.";
    ServiceError::ChallengeSessionExpired => [ServiceError::ChallengeSessionExpired],
        "The Session is older than AuthSessionValidity of the client, three minutes unless set.",
        "Start the sign-in again.";
    ServiceError::ChallengeSessionUsed => [ServiceError::ChallengeSessionUsed],
        "The Session was answered before.",
        "Use the Session of the latest answer, or start the sign-in again.";
    ServiceError::CodeMismatch => [ServiceError::CodeMismatch],
        "The code is not the one that was sent last for this purpose.",
        "Use the newest message; a new code voids those before it.";
    ServiceError::CodeExpired => [ServiceError::CodeExpired],
        "The code is too old, was used, had five wrong tries, or none was sent.",
        "Ask for another code.";
    ServiceError::AttemptLimitExceeded => [ServiceError::AttemptLimitExceeded],
        "Too many codes were asked for or tried for this user, address or pool.",
        "Wait (docs/passwords.md and docs/messages.md list the limits); in the dev profile move the clock.";
    ServiceError::SoftwareTokenNotEnabled => [ServiceError::SoftwareTokenNotEnabled],
        "The pool does not let users set up authenticator apps.",
        "Call SetUserPoolMfaConfig with SoftwareTokenMfaConfiguration.Enabled.";
    ServiceError::SoftwareTokenNotSetUp => [ServiceError::SoftwareTokenNotSetUp],
        "The user has no authenticator app, or AssociateSoftwareToken was not called.",
        "Call AssociateSoftwareToken, then VerifySoftwareToken.";
    ServiceError::SoftwareTokenNotVerified { .. } => [ServiceError::SoftwareTokenNotVerified { is_pending: true }, ServiceError::SoftwareTokenNotVerified { is_pending: false }],
        "The authenticator app was to be turned on before a code of it was verified.",
        "Call VerifySoftwareToken with a code of the app first.";
    ServiceError::SoftwareTokenSetUpFailed => [ServiceError::SoftwareTokenSetUpFailed],
        "The first code of an authenticator app does not fit its secret and the time.",
        "Check the clock of the device, and that the app has the latest SecretCode.";
    ServiceError::SoftwareTokenCodeMismatch => [ServiceError::SoftwareTokenCodeMismatch],
        "The code of the authenticator app does not fit; it may be half a minute early or late.",
        "Check the clock of the device, and send the code that is shown now.";
    ServiceError::SoftwareTokenCodeUsed => [ServiceError::SoftwareTokenCodeUsed],
        "This code of the authenticator app, or a later one, was taken before.",
        "Wait for the next code; in the dev profile move the clock by 30 seconds.";
    ServiceError::SecondFactorAttemptsExceeded => [ServiceError::SecondFactorAttemptsExceeded],
        "Too many wrong codes of a second factor were sent for the user.",
        "Wait, then sign in again; in the dev profile move the clock.";
    ServiceError::AccessTokenInvalid => [ServiceError::AccessTokenInvalid],
        "The token is no access token of this server and pool; an ID token is none.",
        "Send the AccessToken of the sign-in, whole and without the word Bearer.";
    ServiceError::AccessTokenExpired => [ServiceError::AccessTokenExpired],
        "The access token is older than AccessTokenValidity of the client.",
        "Refresh it, or sign in again.";
    ServiceError::AccessTokenRevoked => [ServiceError::AccessTokenRevoked],
        "The user signed out everywhere, changed the password or was disabled, or the refresh token was revoked.",
        "Sign in again.";
    ServiceError::AccessTokenOfClient => [ServiceError::AccessTokenOfClient],
        "The token is a client's own, of the grant client_credentials: it speaks for no user.",
        "Use the access token of a user.";
    ServiceError::AccessTokenScopeMissing => [ServiceError::AccessTokenScopeMissing],
        "The access token lacks the scope aws.cognito.signin.user.admin.",
        "Ask for that scope at the authorization endpoint, and allow it in AllowedOAuthScopes of the client.";
    ServiceError::RefreshTokenInvalid => [ServiceError::RefreshTokenInvalid],
        "The token is no refresh token of this server, or another client's.",
        "Send the RefreshToken whole, with the client that it was issued to.";
    ServiceError::RefreshTokenExpired => [ServiceError::RefreshTokenExpired],
        "The refresh token is older than RefreshTokenValidity of the client.",
        "Sign in again.";
    ServiceError::RefreshTokenRevoked => [ServiceError::RefreshTokenRevoked],
        "The refresh token was revoked, or its user signed out everywhere, changed the password or was disabled.",
        "Sign in again.";
    ServiceError::RefreshTokenReused => [ServiceError::RefreshTokenReused],
        "A refresh token that was replaced came again after the grace period; its sign-in has ended.",
        "Keep the newest refresh token only, and sign in again.";
    ServiceError::TokenNotRevocable => [ServiceError::TokenNotRevocable],
        "Something that is no refresh token was to be revoked.",
        "Send the refresh token; access tokens of it end with it.";
    ServiceError::TokenOfAnotherClient => [ServiceError::TokenOfAnotherClient],
        "The refresh token was issued to another client.",
        "Revoke it with the client that it was issued to.";
    ServiceError::Busy => [ServiceError::Busy],
        "More passwords wait to be hashed than can be in two seconds.",
        "Try again after a pause, as SDKs do; give the server more cores if it stays so.";
    ServiceError::Storage(_) if ServiceError::is_write_conflict => [],
        "Other requests changed the same rows each time this one tried.",
        "Send the request again.";
    ServiceError::Storage(_) => [],
        "The database failed or is damaged.",
        "Look up the request id in the log, and ask /_poolhouse/health.";
    ServiceError::Internal(_) => [ServiceError::Internal(String::new())],
        "A fault of the server.",
        "Look up the request id in the log, and report it.";
}
