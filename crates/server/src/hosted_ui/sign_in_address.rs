//! Addresses at which users sign in to a client, made out of its settings.

use poolhouse_model::{AppClient, OAuthFlow};
use poolhouse_oauth::parameters::Parameters;

/// Where a sign-in begins, and where it leads back to.
pub(crate) struct SignInAddress {
    /// Path and query on this server.
    pub(crate) path: String,
    /// The redirect URI.
    pub(crate) redirect_uri: String,
}

/// One address for each redirect URI, by the code flow if the client has it; none for a client
/// without a flow that has a page.
pub(crate) fn sign_in_addresses(client: &AppClient) -> Vec<SignInAddress> {
    let settings = &client.settings;
    let has = |flow| settings.is_oauth_enabled && settings.allowed_oauth_flows.contains(&flow);
    let response_type = match (has(OAuthFlow::Code), has(OAuthFlow::Implicit)) {
        (true, _) => "code",
        (false, true) => "token",
        (false, false) => return Vec::new(),
    };
    let address = |redirect_uri: &String| {
        let query = Parameters::default()
            .with("client_id", client.id.as_str())
            .with("response_type", response_type)
            .with("redirect_uri", redirect_uri);
        SignInAddress {
            path: format!("/oauth2/authorize?{}", query.encode()),
            redirect_uri: redirect_uri.clone(),
        }
    };
    settings.callback_urls.iter().map(address).collect()
}
