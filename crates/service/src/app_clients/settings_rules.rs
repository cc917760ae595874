//! Which settings of a client go together.

use poolhouse_model::{
    AppClientSettings, ExplicitAuthFlow, OAuthFlow, UserPool, UserPoolId, Validity, ValidityUnit,
};
use poolhouse_oauth::redirect_uri::RedirectUri;
use poolhouse_oauth::scope::{ScopeKind, Scopes};

use crate::error::ServiceError;
use crate::service::Service;

/// Refuses OAuth flows that do not go with other settings.
fn refuse_flow<T>(text: impl Into<String>) -> Result<T, ServiceError> {
    Err(ServiceError::OAuthFlowInvalid(text.into()))
}

fn refuse<T>(text: impl Into<String>) -> Result<T, ServiceError> {
    Err(ServiceError::InvalidInput(text.into()))
}

/// What is done to a client: some texts say it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Deed {
    /// It is made.
    Create,
    /// It is changed.
    Update,
}

/// Checks the settings of a new or changed client; whether its scopes exist is
/// [`Service::check_scopes_exist`].
/// # Errors
/// [`ServiceError::InvalidInput`] and [`ServiceError::OAuthFlowInvalid`] with a text that names the
/// setting.
pub(crate) fn check_settings(
    pool: &UserPool,
    settings: &AppClientSettings,
    is_confidential: bool,
    deed: Deed,
) -> Result<(), ServiceError> {
    check_flows(settings, is_confidential)?;
    check_redirects(settings)?;
    check_oauth(settings)?;
    check_client_credentials(settings, is_confidential)?;
    check_validity(settings)?;
    check_attributes(pool, settings, deed)
}

impl Service {
    /// Checks that each scope of a client is the service's own or one of a resource server.
    /// # Errors
    /// [`ServiceError::ScopeDoesNotExist`].
    /// Source: recorded answer of the service (awsdocs/aws-cloudformation-user-guide#564).
    pub(crate) async fn check_scopes_exist(
        &self,
        pool_id: &UserPoolId,
        settings: &AppClientSettings,
    ) -> Result<(), ServiceError> {
        let wanted = Scopes::from_list(&settings.allowed_oauth_scopes);
        let existing = self.existing_scopes(pool_id, wanted.clone()).await?;
        match wanted.iter().find(|scope| !existing.contains(scope)) {
            Some(scope) => Err(ServiceError::ScopeDoesNotExist(scope.to_owned())),
            None => Ok(()),
        }
    }
}

fn check_flows(settings: &AppClientSettings, is_confidential: bool) -> Result<(), ServiceError> {
    let Some(flows) = &settings.explicit_auth_flows else {
        return Ok(());
    };
    // Source: API reference, `GetClientToken`. Inferred: both texts.
    if flows.contains(&ExplicitAuthFlow::AllowClientToken) {
        if flows.len() > 1 {
            return refuse(
                "ALLOW_CLIENT_TOKEN_AUTH must be the only ExplicitAuthFlow of a client.",
            );
        }
        if !is_confidential {
            return refuse(
                "ALLOW_CLIENT_TOKEN_AUTH can not be selected if client does not have a client \
                 secret.",
            );
        }
    }
    let has_new = flows.iter().any(|flow| !is_legacy(*flow));
    if has_new && flows.iter().any(|flow| is_legacy(*flow)) {
        return refuse(
            "Each ExplicitAuthFlow should be either prefixed with ALLOW_ or be one of the legacy \
             values, not both.",
        );
    }
    if settings.rotates_refresh_tokens() && flows.contains(&ExplicitAuthFlow::AllowRefreshToken) {
        return refuse(
            "Refresh token rotation cannot be enabled together with ALLOW_REFRESH_TOKEN_AUTH.",
        );
    }
    Ok(())
}

fn is_legacy(flow: ExplicitAuthFlow) -> bool {
    matches!(
        flow,
        ExplicitAuthFlow::LegacyAdminNoSrp
            | ExplicitAuthFlow::LegacyCustomOnly
            | ExplicitAuthFlow::LegacyUserPassword
    )
}

fn check_redirects(settings: &AppClientSettings) -> Result<(), ServiceError> {
    for url in settings.callback_urls.iter().chain(&settings.logout_urls) {
        if let Err(violation) = RedirectUri::parse(url) {
            return refuse(format!("Invalid redirect URL {url}: {violation}"));
        }
    }
    match &settings.default_redirect_uri {
        Some(uri) if !settings.callback_urls.contains(uri) => {
            refuse("DefaultRedirectURI must be one of CallbackURLs.")
        }
        _ => Ok(()),
    }
}

fn check_oauth(settings: &AppClientSettings) -> Result<(), ServiceError> {
    let flows = &settings.allowed_oauth_flows;
    let is_user_flow = flows.contains(&OAuthFlow::Code) || flows.contains(&OAuthFlow::Implicit);
    if settings.is_oauth_enabled && is_user_flow && settings.callback_urls.is_empty() {
        // Source: reported answer, quoted in a public Terraform module.
        return refuse_flow(
            "CallbackUrls can not be empty when code flow or implicit flow is selected",
        );
    }
    let lacks_something = flows.is_empty() || settings.allowed_oauth_scopes.is_empty();
    if settings.is_oauth_enabled && lacks_something {
        return refuse(
            "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
        );
    }
    if let Some(provider) = settings
        .supported_identity_providers
        .iter()
        .find(|p| *p != "COGNITO")
    {
        return refuse(format!(
            "The provider {provider} does not exist for User Pool: identity providers other than \
             COGNITO are not served yet by Poolhouse."
        ));
    }
    Ok(())
}

/// Checks what goes with the client credentials grant: a secret, no flow of users, custom scopes.
/// Source: reported answers to all three; AWS page "OAuth 2.0 grants". Inferred: the code of the
/// last.
fn check_client_credentials(
    settings: &AppClientSettings,
    is_confidential: bool,
) -> Result<(), ServiceError> {
    let flows = &settings.allowed_oauth_flows;
    if !flows.contains(&OAuthFlow::ClientCredentials) {
        return Ok(());
    }
    if flows.len() > 1 {
        return refuse_flow(
            "client_credentials flow can not be selected along with code flow or implicit flow.",
        );
    }
    if !is_confidential {
        return refuse_flow(
            "client_credentials flow can not be selected if client does not have a client secret.",
        );
    }
    let is_built_in = |scope: &&String| {
        let kind = ScopeKind::of(scope);
        matches!(kind, ScopeKind::OpenidConnect | ScopeKind::UserAdmin)
    };
    match settings.allowed_oauth_scopes.iter().find(is_built_in) {
        Some(scope) => refuse_flow(format!(
            "{scope} is not supported with client_credentials flow"
        )),
        None => Ok(()),
    }
}

fn check_validity(settings: &AppClientSettings) -> Result<(), ServiceError> {
    let validity = &settings.token_validity;
    let hour = 3600;
    let day = 24 * hour;
    let checks = [
        (
            "IdTokenValidity",
            validity.id_token,
            validity.id_token_ttl(),
            300,
            day,
        ),
        (
            "AccessTokenValidity",
            validity.access_token,
            validity.access_token_ttl(),
            300,
            day,
        ),
        (
            "RefreshTokenValidity",
            validity.refresh_token,
            validity.refresh_token_ttl(),
            hour,
            3650 * day,
        ),
    ];
    for (name, Validity { number, unit }, ttl, least, most) in checks {
        let is_set = number.is_some_and(|number| number != 0);
        if is_set && !(least..=most).contains(&ttl.as_secs()) {
            let unit = unit.map_or("default units", unit_name);
            return refuse(format!(
                "Invalid range for token validity: {name} of {} {unit} is outside {least} to \
                 {most} seconds.",
                number.unwrap_or_default()
            ));
        }
    }
    let refresh = validity.refresh_token_ttl();
    if validity.id_token_ttl() > refresh || validity.access_token_ttl() > refresh {
        return refuse("ID and access tokens cannot outlive the refresh token.");
    }
    Ok(())
}

fn unit_name(unit: ValidityUnit) -> &'static str {
    match unit {
        ValidityUnit::Seconds => "seconds",
        ValidityUnit::Minutes => "minutes",
        ValidityUnit::Hours => "hours",
        ValidityUnit::Days => "days",
    }
}

/// Source: answers to both operations (aws/aws-cdk#20760, aws/aws-sdk-java#1395,
/// hashicorp/terraform-provider-aws#4476). Inferred: the words about reading.
fn check_attributes(
    pool: &UserPool,
    settings: &AppClientSettings,
    deed: Deed,
) -> Result<(), ServiceError> {
    let doing = match deed {
        Deed::Create => "creating",
        Deed::Update => "updating",
    };
    let refuse = |access| {
        refuse(format!(
            "Invalid {access} attributes specified while {doing} a client"
        ))
    };
    let is_known = |name: &String| pool.settings.find_attribute(name).is_some();
    let readable = settings.read_attributes.as_deref();
    if !readable.is_none_or(|names| names.iter().all(is_known)) {
        return refuse("read");
    }
    let Some(writable) = &settings.write_attributes else {
        return Ok(());
    };
    // Without them nobody could sign up.
    let mut required = pool
        .settings
        .schema
        .iter()
        .filter(|attribute| attribute.is_required && attribute.name != "sub");
    let has_required = required.all(|attribute| writable.contains(&attribute.name));
    if has_required && writable.iter().all(is_known) {
        Ok(())
    } else {
        refuse("write")
    }
}
