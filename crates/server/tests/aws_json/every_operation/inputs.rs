//! What the minimal input of each operation names.

use poolhouse_api_model::Operation;
use serde_json::{Value, json};

use super::sample;

/// What an operation looks up before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Names {
    /// Nothing that a user pool holds.
    Nothing,
    /// A user pool.
    Pool,
    /// A user pool by its ARN.
    PoolByArn,
    /// A user pool and one of its app clients.
    ClientOfPool,
    /// A user pool and one of its users.
    UserOfPool,
    /// An app client, whose pool follows from it.
    Client,
    /// A user, by their access token.
    AccessToken,
}

impl Names {
    /// Whether the input has the member `UserPoolId`.
    pub(super) fn is_pool(self) -> bool {
        matches!(self, Self::Pool | Self::ClientOfPool | Self::UserOfPool)
    }
}

/// What inputs name.
pub(super) struct World {
    pub(super) pool: String,
    pub(super) client: String,
    pub(super) user: String,
    pub(super) access_token: String,
}

impl World {
    /// Names of the right form behind which there is nothing.
    pub(super) fn of_nothing() -> Self {
        Self {
            pool: "us-east-1_nothing00".to_owned(),
            client: "nothing".to_owned(),
            user: "nobody".to_owned(),
            access_token: "a.b.c".to_owned(),
        }
    }
}

/// The input of an operation with the members that it needs and no others.
pub(super) fn minimal_input(operation: Operation, world: &World) -> Value {
    let mut input = sample::minimal(operation.input());
    let region = world.pool.split('_').next().unwrap_or_default();
    let arn = format!(
        "arn:aws:cognito-idp:{region}:000000000000:userpool/{}",
        world.pool
    );
    for (name, value) in [
        ("UserPoolId", json!(world.pool)),
        ("ResourceArn", json!(arn)),
        ("ClientId", json!(world.client)),
        ("Username", json!(world.user)),
        ("AuthFlow", json!("USER_PASSWORD_AUTH")),
        ("ChallengeName", json!("PASSWORD_VERIFIER")),
        (
            "CustomAttributes",
            json!([{"Name": "sample", "AttributeDataType": "String"}]),
        ),
    ] {
        if input.get(name).is_some() {
            input[name] = value;
        }
    }
    // Not all of them require it: some take a session instead.
    if names(operation) == Names::AccessToken {
        input["AccessToken"] = json!(world.access_token);
    }
    input
}

/// Says what an operation names. There is no catch-all arm, so an operation that a newer model
/// brings fails to compile until it has its place.
#[expect(
    clippy::too_many_lines,
    reason = "one exhaustive match, so that no operation has two places"
)]
pub(super) fn names(operation: Operation) -> Names {
    use Operation as Op;
    match operation {
        Op::CreateUserPool
        | Op::ListUserPools
        | Op::DescribeUserPoolDomain
        | Op::UpdateManagedLoginBranding
        | Op::GetProvisionedLimit
        | Op::UpdateProvisionedLimit => Names::Nothing,

        Op::TagResource | Op::UntagResource | Op::ListTagsForResource => Names::PoolByArn,

        // Who comes into a group or leaves it is named beside the group; either may be missing.
        Op::AddCustomAttributes
        | Op::AdminAddUserToGroup
        | Op::AdminCreateUser
        | Op::AdminDisableProviderForUser
        | Op::AdminLinkProviderForUser
        | Op::AdminRemoveUserFromGroup
        | Op::CreateGroup
        | Op::CreateIdentityProvider
        | Op::CreateResourceServer
        | Op::CreateUserImportJob
        | Op::CreateUserPoolClient
        | Op::CreateUserPoolDomain
        | Op::CreateUserPoolReplica
        | Op::DeleteGroup
        | Op::DeleteIdentityProvider
        | Op::DeleteManagedLoginBranding
        | Op::DeleteResourceServer
        | Op::DeleteTerms
        | Op::DeleteUserPool
        | Op::DeleteUserPoolDomain
        | Op::DeleteUserPoolReplica
        | Op::DescribeIdentityProvider
        | Op::DescribeManagedLoginBranding
        | Op::DescribeResourceServer
        | Op::DescribeRiskConfiguration
        | Op::DescribeTerms
        | Op::DescribeUserImportJob
        | Op::DescribeUserPool
        | Op::GetCSVHeader
        | Op::GetGroup
        | Op::GetIdentityProviderByIdentifier
        | Op::GetLogDeliveryConfiguration
        | Op::GetSigningCertificate
        | Op::GetUICustomization
        | Op::GetUserPoolMfaConfig
        | Op::GetUserPoolSessionConfiguration
        | Op::ListGroups
        | Op::ListIdentityProviders
        | Op::ListResourceServers
        | Op::ListTerms
        | Op::ListUserImportJobs
        | Op::ListUserPoolClients
        | Op::ListUserPoolReplicas
        | Op::ListUsers
        | Op::ListUsersInGroup
        | Op::SetLogDeliveryConfiguration
        | Op::SetRiskConfiguration
        | Op::SetUICustomization
        | Op::SetUserPoolMfaConfig
        | Op::SetUserPoolSessionConfiguration
        | Op::StartUserImportJob
        | Op::StopUserImportJob
        | Op::UpdateGroup
        | Op::UpdateIdentityProvider
        | Op::UpdateResourceServer
        | Op::UpdateTerms
        | Op::UpdateUserPool
        | Op::UpdateUserPoolDomain
        | Op::UpdateUserPoolReplica => Names::Pool,

        Op::AddUserPoolClientSecret
        | Op::AdminInitiateAuth
        | Op::AdminRespondToAuthChallenge
        | Op::CreateManagedLoginBranding
        | Op::CreateTerms
        | Op::DeleteUserPoolClient
        | Op::DeleteUserPoolClientSecret
        | Op::DescribeManagedLoginBrandingByClient
        | Op::DescribeTermsByClient
        | Op::DescribeUserPoolClient
        | Op::GetUserPoolClientSessionConfiguration
        | Op::ListUserPoolClientSecrets
        | Op::SetUserPoolClientSessionConfiguration
        | Op::UpdateUserPoolClient => Names::ClientOfPool,

        Op::AdminConfirmSignUp
        | Op::AdminDeleteSoftwareToken
        | Op::AdminDeleteUser
        | Op::AdminDeleteUserAttributes
        | Op::AdminDisableUser
        | Op::AdminEnableUser
        | Op::AdminForgetDevice
        | Op::AdminGetDevice
        | Op::AdminGetUser
        | Op::AdminGetUserAuthFactors
        | Op::AdminListDevices
        | Op::AdminListGroupsForUser
        | Op::AdminListUserAuthEvents
        | Op::AdminListUserSessions
        | Op::AdminResetUserPassword
        | Op::AdminRevokeUserSession
        | Op::AdminSetUserMFAPreference
        | Op::AdminSetUserPassword
        | Op::AdminSetUserSettings
        | Op::AdminUpdateAuthEventFeedback
        | Op::AdminUpdateDeviceStatus
        | Op::AdminUpdateUserAttributes
        | Op::AdminUserGlobalSignOut
        | Op::UpdateAuthEventFeedback => Names::UserOfPool,

        Op::ConfirmForgotPassword
        | Op::ConfirmSignUp
        | Op::ForgotPassword
        | Op::GetClientToken
        | Op::GetDerivedToken
        | Op::GetTokensFromRefreshToken
        | Op::InitiateAuth
        | Op::ResendConfirmationCode
        | Op::RespondToAuthChallenge
        | Op::RevokeToken
        | Op::SignUp => Names::Client,

        Op::AssociateSoftwareToken
        | Op::ChangePassword
        | Op::CompleteWebAuthnRegistration
        | Op::ConfirmDevice
        | Op::DeleteUser
        | Op::DeleteUserAttributes
        | Op::DeleteWebAuthnCredential
        | Op::ForgetDevice
        | Op::GetDevice
        | Op::GetUser
        | Op::GetUserAttributeVerificationCode
        | Op::GetUserAuthFactors
        | Op::GlobalSignOut
        | Op::ListDevices
        | Op::ListUserSessions
        | Op::ListWebAuthnCredentials
        | Op::RevokeUserSession
        | Op::SetUserMFAPreference
        | Op::SetUserSettings
        | Op::StartWebAuthnRegistration
        | Op::UpdateDeviceStatus
        | Op::UpdateUserAttributes
        | Op::VerifySoftwareToken
        | Op::VerifyUserAttribute => Names::AccessToken,
    }
}
