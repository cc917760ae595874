//! App clients.

use poolhouse_api_model::operations::{CreateUserPoolClientRequest, UpdateUserPoolClientRequest};
use poolhouse_api_model::types::{
    ExplicitAuthFlowsType, FeatureType, OAuthFlowType, PreventUserExistenceErrorTypes,
    RefreshTokenRotationType, TimeUnitsType, TokenValidityUnitsType, UserPoolClientDescription,
    UserPoolClientType,
};
use poolhouse_api_model::{Input, Operation};
use poolhouse_model::{
    AppClient, AppClientSettings, ExplicitAuthFlow, OAuthFlow, PreventUserExistenceErrors,
    RefreshTokenRotation, TokenValidity, Validity, ValidityUnit,
};
use poolhouse_service::{DescribedAppClient, asks_for_fixed_client_id};

use super::super::api_error::{ApiError, CallError};
use super::super::call::Call;
use super::{instant, kept};

/// Reads the input of an operation that names a client. In the dev profile a name can ask for a
/// fixed id, which the service's own pattern for names does not let through.
/// # Errors
/// `SerializationException`, `InvalidParameterException`.
pub(crate) fn input<T: Input>(call: &Call<'_>) -> Result<T, CallError> {
    let is_dev = call.service().settings().is_dev;
    call.input_exempting("ClientName", |name| {
        is_dev && asks_for_fixed_client_id(name)
    })
}

/// Reads the settings of a changed client: those of a new one with the same members.
/// # Errors
/// As [`settings`].
pub(crate) fn updated_settings(
    input: UpdateUserPoolClientRequest,
) -> Result<AppClientSettings, ApiError> {
    settings(CreateUserPoolClientRequest {
        user_pool_id: input.user_pool_id,
        client_name: input.client_name.unwrap_or_default(),
        generate_secret: None,
        client_secret: None,
        refresh_token_validity: input.refresh_token_validity,
        access_token_validity: input.access_token_validity,
        id_token_validity: input.id_token_validity,
        token_validity_units: input.token_validity_units,
        read_attributes: input.read_attributes,
        write_attributes: input.write_attributes,
        explicit_auth_flows: input.explicit_auth_flows,
        supported_identity_providers: input.supported_identity_providers,
        callback_urls: input.callback_urls,
        logout_urls: input.logout_urls,
        default_redirect_uri: input.default_redirect_uri,
        allowed_oauth_flows: input.allowed_oauth_flows,
        allowed_oauth_scopes: input.allowed_oauth_scopes,
        allowed_oauth_flows_user_pool_client: input.allowed_oauth_flows_user_pool_client,
        analytics_configuration: input.analytics_configuration,
        prevent_user_existence_errors: input.prevent_user_existence_errors,
        enable_token_revocation: input.enable_token_revocation,
        enable_propagate_additional_user_context_data: input
            .enable_propagate_additional_user_context_data,
        auth_session_validity: input.auth_session_validity,
        refresh_token_rotation: input.refresh_token_rotation,
    })
}

/// Reads the settings of a new client.
/// # Errors
/// `InvalidParameterException` for a flow that is not served yet.
pub(crate) fn settings(input: CreateUserPoolClientRequest) -> Result<AppClientSettings, ApiError> {
    let mut kept_members = kept::Kept::new();
    kept::put(
        &mut kept_members,
        "AnalyticsConfiguration",
        input.analytics_configuration.as_ref(),
    );
    kept::put(
        &mut kept_members,
        "EnablePropagateAdditionalUserContextData",
        input.enable_propagate_additional_user_context_data.as_ref(),
    );
    let units = input.token_validity_units.unwrap_or_default();
    let flows = input.explicit_auth_flows;
    let flows = flows.map(|flows| flows.into_iter().map(auth_flow).collect());
    let oauth_flows = input.allowed_oauth_flows.unwrap_or_default();
    Ok(AppClientSettings {
        explicit_auth_flows: flows.transpose()?,
        supported_identity_providers: input.supported_identity_providers.unwrap_or_default(),
        callback_urls: input.callback_urls.unwrap_or_default(),
        logout_urls: input.logout_urls.unwrap_or_default(),
        default_redirect_uri: input.default_redirect_uri,
        allowed_oauth_flows: oauth_flows.into_iter().map(oauth_flow).collect(),
        allowed_oauth_scopes: input.allowed_oauth_scopes.unwrap_or_default(),
        is_oauth_enabled: input.allowed_oauth_flows_user_pool_client.unwrap_or(false),
        prevent_user_existence_errors: input.prevent_user_existence_errors.map(prevention),
        is_token_revocation_enabled: input.enable_token_revocation.unwrap_or(true),
        token_validity: TokenValidity {
            id_token: validity(input.id_token_validity, units.id_token),
            access_token: validity(input.access_token_validity, units.access_token),
            refresh_token: validity(input.refresh_token_validity, units.refresh_token),
        },
        read_attributes: input.read_attributes,
        write_attributes: input.write_attributes,
        auth_session_validity_minutes: input.auth_session_validity.map_or(3, i64::from),
        refresh_token_rotation: input.refresh_token_rotation.as_ref().map(rotation),
        kept: kept_members,
    })
}

fn auth_flow(flow: ExplicitAuthFlowsType) -> Result<ExplicitAuthFlow, ApiError> {
    use ExplicitAuthFlowsType as Wire;
    Ok(match flow {
        Wire::AdminNoSrpAuth => ExplicitAuthFlow::LegacyAdminNoSrp,
        Wire::CustomAuthFlowOnly => ExplicitAuthFlow::LegacyCustomOnly,
        Wire::UserPasswordAuth => ExplicitAuthFlow::LegacyUserPassword,
        Wire::AllowAdminUserPasswordAuth => ExplicitAuthFlow::AllowAdminUserPassword,
        Wire::AllowCustomAuth => ExplicitAuthFlow::AllowCustom,
        Wire::AllowUserPasswordAuth => ExplicitAuthFlow::AllowUserPassword,
        Wire::AllowUserSrpAuth => ExplicitAuthFlow::AllowUserSrp,
        Wire::AllowRefreshTokenAuth => ExplicitAuthFlow::AllowRefreshToken,
        Wire::AllowUserAuth => ExplicitAuthFlow::AllowUserAuth,
        Wire::AllowClientTokenAuth => ExplicitAuthFlow::AllowClientToken,
        Wire::AllowTokenExchangeDelegation | Wire::AllowTokenExchangeImpersonation => {
            return Err(ApiError::invalid_parameter(format!(
                "The flow {} is not served yet by Poolhouse.",
                flow.as_str()
            )));
        }
    })
}

fn auth_flow_to_wire(flow: ExplicitAuthFlow) -> ExplicitAuthFlowsType {
    use ExplicitAuthFlowsType as Wire;
    match flow {
        ExplicitAuthFlow::LegacyAdminNoSrp => Wire::AdminNoSrpAuth,
        ExplicitAuthFlow::LegacyCustomOnly => Wire::CustomAuthFlowOnly,
        ExplicitAuthFlow::LegacyUserPassword => Wire::UserPasswordAuth,
        ExplicitAuthFlow::AllowAdminUserPassword => Wire::AllowAdminUserPasswordAuth,
        ExplicitAuthFlow::AllowCustom => Wire::AllowCustomAuth,
        ExplicitAuthFlow::AllowUserPassword => Wire::AllowUserPasswordAuth,
        ExplicitAuthFlow::AllowUserSrp => Wire::AllowUserSrpAuth,
        ExplicitAuthFlow::AllowRefreshToken => Wire::AllowRefreshTokenAuth,
        ExplicitAuthFlow::AllowUserAuth => Wire::AllowUserAuth,
        ExplicitAuthFlow::AllowClientToken => Wire::AllowClientTokenAuth,
    }
}

fn oauth_flow(flow: OAuthFlowType) -> OAuthFlow {
    match flow {
        OAuthFlowType::Code => OAuthFlow::Code,
        OAuthFlowType::Implicit => OAuthFlow::Implicit,
        OAuthFlowType::ClientCredentials => OAuthFlow::ClientCredentials,
    }
}

fn oauth_flow_to_wire(flow: OAuthFlow) -> OAuthFlowType {
    match flow {
        OAuthFlow::Code => OAuthFlowType::Code,
        OAuthFlow::Implicit => OAuthFlowType::Implicit,
        OAuthFlow::ClientCredentials => OAuthFlowType::ClientCredentials,
    }
}

fn prevention(prevention: PreventUserExistenceErrorTypes) -> PreventUserExistenceErrors {
    match prevention {
        PreventUserExistenceErrorTypes::Legacy => PreventUserExistenceErrors::Legacy,
        PreventUserExistenceErrorTypes::Enabled => PreventUserExistenceErrors::Enabled,
    }
}

fn prevention_to_wire(prevention: PreventUserExistenceErrors) -> PreventUserExistenceErrorTypes {
    match prevention {
        PreventUserExistenceErrors::Legacy => PreventUserExistenceErrorTypes::Legacy,
        PreventUserExistenceErrors::Enabled => PreventUserExistenceErrorTypes::Enabled,
    }
}

fn validity(number: Option<i32>, unit: Option<TimeUnitsType>) -> Validity {
    let unit = unit.map(|unit| match unit {
        TimeUnitsType::Seconds => ValidityUnit::Seconds,
        TimeUnitsType::Minutes => ValidityUnit::Minutes,
        TimeUnitsType::Hours => ValidityUnit::Hours,
        TimeUnitsType::Days => ValidityUnit::Days,
    });
    Validity {
        number: number.map(i64::from),
        unit,
    }
}

fn number_to_wire(validity: Validity) -> Option<i32> {
    validity
        .number
        .and_then(|number| i32::try_from(number).ok())
}

fn unit_to_wire(validity: Validity) -> Option<TimeUnitsType> {
    validity.unit.map(|unit| match unit {
        ValidityUnit::Seconds => TimeUnitsType::Seconds,
        ValidityUnit::Minutes => TimeUnitsType::Minutes,
        ValidityUnit::Hours => TimeUnitsType::Hours,
        ValidityUnit::Days => TimeUnitsType::Days,
    })
}

fn rotation(rotation: &RefreshTokenRotationType) -> RefreshTokenRotation {
    RefreshTokenRotation {
        is_enabled: rotation.feature == FeatureType::Enabled,
        retry_grace_period_secs: rotation.retry_grace_period_seconds.map_or(0, i64::from),
    }
}

fn rotation_to_wire(rotation: RefreshTokenRotation) -> RefreshTokenRotationType {
    RefreshTokenRotationType {
        feature: if rotation.is_enabled {
            FeatureType::Enabled
        } else {
            FeatureType::Disabled
        },
        retry_grace_period_seconds: i32::try_from(rotation.retry_grace_period_secs).ok(),
    }
}

fn some_list<T: Clone>(list: &[T]) -> Option<Vec<T>> {
    (!list.is_empty()).then(|| list.to_vec())
}

/// Days that a refresh token lives when nothing else was set; the one lifetime that is described
/// although it was not set.
const DEFAULT_REFRESH_TOKEN_DAYS: i32 = 30;

/// Describes a client.
pub(crate) fn to_wire(described: &DescribedAppClient) -> UserPoolClientType {
    let client: &AppClient = &described.client;
    let settings = &client.settings;
    let validity = &settings.token_validity;
    let refresh = number_to_wire(validity.refresh_token).filter(|number| *number > 0);
    let oauth_flows = settings.allowed_oauth_flows.iter().copied();
    let oauth_flows: Vec<_> = oauth_flows.map(oauth_flow_to_wire).collect();
    let auth_flows = settings.explicit_auth_flows.as_ref();
    let kept_members = kept::Reader::new(&settings.kept, Operation::CreateUserPoolClient);
    UserPoolClientType {
        user_pool_id: Some(client.pool_id.as_str().to_owned()),
        client_name: Some(client.name.clone()),
        client_id: Some(client.id.as_str().into()),
        client_secret: described.secret.as_ref().map(|s| s.expose().into()),
        last_modified_date: Some(instant(client.updated_at)),
        creation_date: Some(instant(client.created_at)),
        refresh_token_validity: Some(refresh.unwrap_or(DEFAULT_REFRESH_TOKEN_DAYS)),
        access_token_validity: number_to_wire(validity.access_token),
        id_token_validity: number_to_wire(validity.id_token),
        token_validity_units: Some(TokenValidityUnitsType {
            access_token: unit_to_wire(validity.access_token),
            id_token: unit_to_wire(validity.id_token),
            refresh_token: unit_to_wire(validity.refresh_token),
        }),
        read_attributes: settings.read_attributes.clone(),
        write_attributes: settings.write_attributes.clone(),
        explicit_auth_flows: auth_flows
            .map(|flows| flows.iter().copied().map(auth_flow_to_wire).collect()),
        supported_identity_providers: some_list(&settings.supported_identity_providers),
        callback_urls: some_list(&settings.callback_urls),
        logout_urls: some_list(&settings.logout_urls),
        default_redirect_uri: settings.default_redirect_uri.clone(),
        allowed_oauth_flows: some_list(&oauth_flows),
        allowed_oauth_scopes: some_list(&settings.allowed_oauth_scopes),
        allowed_oauth_flows_user_pool_client: Some(settings.is_oauth_enabled),
        analytics_configuration: kept_members.get("AnalyticsConfiguration"),
        prevent_user_existence_errors: settings
            .prevent_user_existence_errors
            .map(prevention_to_wire),
        enable_token_revocation: Some(settings.is_token_revocation_enabled),
        enable_propagate_additional_user_context_data: Some(
            kept_members
                .get("EnablePropagateAdditionalUserContextData")
                .unwrap_or(false),
        ),
        auth_session_validity: i32::try_from(settings.auth_session_validity_minutes).ok(),
        refresh_token_rotation: settings.refresh_token_rotation.map(rotation_to_wire),
        client_type: None,
    }
}

/// A client in a list.
pub(crate) fn summary(client: &AppClient) -> UserPoolClientDescription {
    UserPoolClientDescription {
        client_id: Some(client.id.as_str().into()),
        user_pool_id: Some(client.pool_id.as_str().to_owned()),
        client_name: Some(client.name.clone()),
    }
}
