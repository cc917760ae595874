//! Which operations are served, and what is missing: the one place.
//!
//! The match has no catch-all arm, so an operation that a newer model brings fails to compile
//! until it is served or listed as missing.

mod add_custom_attributes;
mod admin_add_user_to_group;
mod admin_confirm_sign_up;
mod admin_create_user;
mod admin_delete_software_token;
mod admin_delete_user;
mod admin_delete_user_attributes;
mod admin_disable_user;
mod admin_enable_user;
mod admin_get_user;
mod admin_get_user_auth_factors;
mod admin_initiate_auth;
mod admin_list_groups_for_user;
mod admin_remove_user_from_group;
mod admin_reset_user_password;
mod admin_respond_to_auth_challenge;
mod admin_set_user_mfa_preference;
mod admin_set_user_password;
mod admin_update_user_attributes;
mod admin_user_global_sign_out;
mod associate_software_token;
mod change_password;
mod confirm_forgot_password;
mod confirm_sign_up;
mod create_group;
mod create_resource_server;
mod create_user_pool;
mod create_user_pool_client;
mod create_user_pool_domain;
mod delete_group;
mod delete_resource_server;
mod delete_user;
mod delete_user_attributes;
mod delete_user_pool;
mod delete_user_pool_client;
mod delete_user_pool_domain;
mod describe_resource_server;
mod describe_user_pool;
mod describe_user_pool_client;
mod describe_user_pool_domain;
mod forgot_password;
mod get_client_token;
mod get_group;
mod get_tokens_from_refresh_token;
mod get_ui_customization;
mod get_user;
mod get_user_attribute_verification_code;
mod get_user_auth_factors;
mod get_user_pool_mfa_config;
mod global_sign_out;
mod initiate_auth;
mod list_groups;
mod list_resource_servers;
mod list_tags_for_resource;
mod list_user_pool_clients;
mod list_user_pools;
mod list_users;
mod list_users_in_group;
mod resend_confirmation_code;
mod respond_to_auth_challenge;
mod revoke_token;
mod set_ui_customization;
mod set_user_mfa_preference;
mod set_user_pool_mfa_config;
mod sign_up;
mod tag_resource;
mod untag_resource;
mod update_group;
mod update_resource_server;
mod update_user_attributes;
mod update_user_pool;
mod update_user_pool_client;
mod update_user_pool_domain;
mod verify_software_token;
mod verify_user_attribute;

use poolhouse_api_model::Operation;

use super::door::Door;

/// Finds what stands behind an operation.
#[expect(
    clippy::too_many_lines,
    reason = "one exhaustive match, so that no operation is judged in two places"
)]
pub(crate) fn door(operation: Operation) -> Door {
    use Operation as Op;
    match operation {
        Op::CreateUserPool => Door::Served(create_user_pool::SERVED),
        Op::DescribeUserPool => Door::Served(describe_user_pool::SERVED),
        Op::ListUserPools => Door::Served(list_user_pools::SERVED),
        Op::UpdateUserPool => Door::Served(update_user_pool::SERVED),
        Op::DeleteUserPool => Door::Served(delete_user_pool::SERVED),
        Op::AddCustomAttributes => Door::Served(add_custom_attributes::SERVED),
        Op::TagResource => Door::Served(tag_resource::SERVED),
        Op::UntagResource => Door::Served(untag_resource::SERVED),
        Op::ListTagsForResource => Door::Served(list_tags_for_resource::SERVED),
        Op::CreateUserPoolClient => Door::Served(create_user_pool_client::SERVED),
        Op::DescribeUserPoolClient => Door::Served(describe_user_pool_client::SERVED),
        Op::ListUserPoolClients => Door::Served(list_user_pool_clients::SERVED),
        Op::UpdateUserPoolClient => Door::Served(update_user_pool_client::SERVED),
        Op::DeleteUserPoolClient => Door::Served(delete_user_pool_client::SERVED),
        Op::CreateUserPoolDomain => Door::Served(create_user_pool_domain::SERVED),
        Op::DescribeUserPoolDomain => Door::Served(describe_user_pool_domain::SERVED),
        Op::UpdateUserPoolDomain => Door::Served(update_user_pool_domain::SERVED),
        Op::DeleteUserPoolDomain => Door::Served(delete_user_pool_domain::SERVED),
        Op::AdminCreateUser => Door::Served(admin_create_user::SERVED),
        Op::AdminSetUserPassword => Door::Served(admin_set_user_password::SERVED),
        Op::AdminGetUser => Door::Served(admin_get_user::SERVED),
        Op::AdminDeleteUser => Door::Served(admin_delete_user::SERVED),
        Op::AdminUpdateUserAttributes => Door::Served(admin_update_user_attributes::SERVED),
        Op::AdminDeleteUserAttributes => Door::Served(admin_delete_user_attributes::SERVED),
        Op::UpdateUserAttributes => Door::Served(update_user_attributes::SERVED),
        Op::DeleteUserAttributes => Door::Served(delete_user_attributes::SERVED),
        Op::GetUserAttributeVerificationCode => {
            Door::Served(get_user_attribute_verification_code::SERVED)
        }
        Op::VerifyUserAttribute => Door::Served(verify_user_attribute::SERVED),
        Op::AdminEnableUser => Door::Served(admin_enable_user::SERVED),
        Op::AdminDisableUser => Door::Served(admin_disable_user::SERVED),
        Op::AdminConfirmSignUp => Door::Served(admin_confirm_sign_up::SERVED),
        Op::AdminUserGlobalSignOut => Door::Served(admin_user_global_sign_out::SERVED),
        Op::DeleteUser => Door::Served(delete_user::SERVED),
        Op::ListUsers => Door::Served(list_users::SERVED),
        Op::SignUp => Door::Served(sign_up::SERVED),
        Op::ConfirmSignUp => Door::Served(confirm_sign_up::SERVED),
        Op::ResendConfirmationCode => Door::Served(resend_confirmation_code::SERVED),
        Op::InitiateAuth => Door::Served(initiate_auth::SERVED),
        Op::AdminInitiateAuth => Door::Served(admin_initiate_auth::SERVED),
        Op::RespondToAuthChallenge => Door::Served(respond_to_auth_challenge::SERVED),
        Op::AdminRespondToAuthChallenge => Door::Served(admin_respond_to_auth_challenge::SERVED),
        Op::ChangePassword => Door::Served(change_password::SERVED),
        Op::ForgotPassword => Door::Served(forgot_password::SERVED),
        Op::ConfirmForgotPassword => Door::Served(confirm_forgot_password::SERVED),
        Op::AdminResetUserPassword => Door::Served(admin_reset_user_password::SERVED),
        Op::GetTokensFromRefreshToken => Door::Served(get_tokens_from_refresh_token::SERVED),
        Op::GetUser => Door::Served(get_user::SERVED),
        Op::GlobalSignOut => Door::Served(global_sign_out::SERVED),
        Op::RevokeToken => Door::Served(revoke_token::SERVED),
        Op::AssociateSoftwareToken => Door::Served(associate_software_token::SERVED),
        Op::VerifySoftwareToken => Door::Served(verify_software_token::SERVED),
        Op::SetUserMFAPreference => Door::Served(set_user_mfa_preference::SERVED),
        Op::AdminSetUserMFAPreference => Door::Served(admin_set_user_mfa_preference::SERVED),
        Op::AdminDeleteSoftwareToken => Door::Served(admin_delete_software_token::SERVED),
        Op::SetUserPoolMfaConfig => Door::Served(set_user_pool_mfa_config::SERVED),
        Op::GetUserPoolMfaConfig => Door::Served(get_user_pool_mfa_config::SERVED),
        Op::GetUserAuthFactors => Door::Served(get_user_auth_factors::SERVED),
        Op::AdminGetUserAuthFactors => Door::Served(admin_get_user_auth_factors::SERVED),
        Op::CreateResourceServer => Door::Served(create_resource_server::SERVED),
        Op::DescribeResourceServer => Door::Served(describe_resource_server::SERVED),
        Op::UpdateResourceServer => Door::Served(update_resource_server::SERVED),
        Op::DeleteResourceServer => Door::Served(delete_resource_server::SERVED),
        Op::ListResourceServers => Door::Served(list_resource_servers::SERVED),
        Op::GetClientToken => Door::Served(get_client_token::SERVED),
        Op::GetDerivedToken => Door::Missing("exchanging tokens"),
        Op::CreateGroup => Door::Served(create_group::SERVED),
        Op::GetGroup => Door::Served(get_group::SERVED),
        Op::UpdateGroup => Door::Served(update_group::SERVED),
        Op::DeleteGroup => Door::Served(delete_group::SERVED),
        Op::ListGroups => Door::Served(list_groups::SERVED),
        Op::ListUsersInGroup => Door::Served(list_users_in_group::SERVED),
        Op::AdminAddUserToGroup => Door::Served(admin_add_user_to_group::SERVED),
        Op::AdminRemoveUserFromGroup => Door::Served(admin_remove_user_from_group::SERVED),
        Op::AdminListGroupsForUser => Door::Served(admin_list_groups_for_user::SERVED),
        Op::AdminSetUserSettings | Op::SetUserSettings => {
            Door::Missing("codes by SMS as a second factor")
        }
        Op::StartWebAuthnRegistration
        | Op::CompleteWebAuthnRegistration
        | Op::ListWebAuthnCredentials
        | Op::DeleteWebAuthnCredential => Door::Missing("passkeys"),
        Op::ConfirmDevice
        | Op::GetDevice
        | Op::ListDevices
        | Op::ForgetDevice
        | Op::UpdateDeviceStatus
        | Op::AdminGetDevice
        | Op::AdminListDevices
        | Op::AdminForgetDevice
        | Op::AdminUpdateDeviceStatus => Door::Missing("remembered devices"),
        Op::ListUserSessions
        | Op::RevokeUserSession
        | Op::AdminListUserSessions
        | Op::AdminRevokeUserSession
        | Op::GetUserPoolSessionConfiguration
        | Op::SetUserPoolSessionConfiguration
        | Op::GetUserPoolClientSessionConfiguration
        | Op::SetUserPoolClientSessionConfiguration => Door::Missing("user sessions"),
        Op::AddUserPoolClientSecret
        | Op::DeleteUserPoolClientSecret
        | Op::ListUserPoolClientSecrets => Door::Missing("rotating client secrets"),
        Op::CreateIdentityProvider
        | Op::DescribeIdentityProvider
        | Op::UpdateIdentityProvider
        | Op::DeleteIdentityProvider
        | Op::ListIdentityProviders
        | Op::GetIdentityProviderByIdentifier
        | Op::GetSigningCertificate
        | Op::AdminLinkProviderForUser
        | Op::AdminDisableProviderForUser => Door::Missing("other identity providers"),
        Op::SetUICustomization => Door::Served(set_ui_customization::SERVED),
        Op::GetUICustomization => Door::Served(get_ui_customization::SERVED),
        Op::CreateManagedLoginBranding
        | Op::DescribeManagedLoginBranding
        | Op::DescribeManagedLoginBrandingByClient
        | Op::UpdateManagedLoginBranding
        | Op::DeleteManagedLoginBranding
        | Op::CreateTerms
        | Op::DescribeTerms
        | Op::DescribeTermsByClient
        | Op::UpdateTerms
        | Op::DeleteTerms
        | Op::ListTerms => Door::Missing("managed login and terms"),
        Op::GetCSVHeader
        | Op::CreateUserImportJob
        | Op::DescribeUserImportJob
        | Op::ListUserImportJobs
        | Op::StartUserImportJob
        | Op::StopUserImportJob => Door::Missing("importing users"),
        Op::SetRiskConfiguration
        | Op::DescribeRiskConfiguration
        | Op::AdminListUserAuthEvents
        | Op::AdminUpdateAuthEventFeedback
        | Op::UpdateAuthEventFeedback
        | Op::SetLogDeliveryConfiguration
        | Op::GetLogDeliveryConfiguration => Door::Missing("threat protection and exported logs"),
        Op::CreateUserPoolReplica
        | Op::DeleteUserPoolReplica
        | Op::ListUserPoolReplicas
        | Op::UpdateUserPoolReplica
        | Op::GetProvisionedLimit
        | Op::UpdateProvisionedLimit => Door::Missing("replicas and provisioned limits"),
    }
}
