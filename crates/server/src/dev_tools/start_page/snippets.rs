//! What an application has to be told, ready to copy.

use poolhouse_model::AppClient;
use poolhouse_service::ServiceSettings;
use poolhouse_templates::Snippet;
use serde_json::json;

/// The lines for a client. Its secret is not among them: pages end up in pictures.
pub(super) fn of(settings: &ServiceSettings, client: &AppClient) -> Vec<Snippet> {
    let mut snippets = vec![Snippet {
        name: "Environment variables (.env)".to_owned(),
        text: environment(settings, client),
    }];
    if client.sealed_secret.is_none() {
        snippets.push(Snippet {
            name: "Amplify (aws-exports or Amplify.configure)".to_owned(),
            text: amplify(settings, client),
        });
    }
    snippets
}

/// Source: AWS page "Service-specific endpoints", for the name of the variable that SDKs read.
fn environment(settings: &ServiceSettings, client: &AppClient) -> String {
    let issuer = settings.issuer(&client.pool_id);
    let lines = [
        ("AWS_REGION", client.pool_id.region().to_string()),
        (
            "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER",
            settings.public_url.clone(),
        ),
        ("COGNITO_USER_POOL_ID", client.pool_id.to_string()),
        ("COGNITO_CLIENT_ID", client.id.to_string()),
        (
            "COGNITO_JWKS_URI",
            format!("{issuer}/.well-known/jwks.json"),
        ),
        ("COGNITO_ISSUER", issuer),
    ];
    let lines = lines.map(|(name, value)| format!("{name}={value}"));
    lines.join("\n")
}

/// Source: Amplify documentation, `ResourcesConfig`.
fn amplify(settings: &ServiceSettings, client: &AppClient) -> String {
    let text = |value: &str| json!(value).to_string();
    format!(
        "Amplify.configure({{\n  Auth: {{\n    Cognito: {{\n      userPoolId: {},\n      \
         userPoolClientId: {},\n      userPoolEndpoint: {},\n    }},\n  }},\n}});",
        text(client.pool_id.as_str()),
        text(client.id.as_str()),
        text(&settings.public_url),
    )
}
