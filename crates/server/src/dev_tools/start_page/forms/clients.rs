//! The form that makes an app client.

use poolhouse_api_model::Operation;
use serde_json::{Value, json};

use super::super::api_call::ApiCall;
use super::super::paths;
use super::fields::{FieldKind, FieldSpec};
use super::{Done, FormSpec, Subject, Typed};

pub(super) const NEW_CLIENT: FormSpec = FormSpec {
    title: |subject| format!("Make an app client of {}", subject.pool_name()),
    lead: "An app client is one application's registration with the pool.",
    submit: "Make the client",
    is_destructive: false,
    fields: &[
        FieldSpec::text("name", "Name").stand_in("NAME"),
        FieldSpec::text("kind", "Kind")
            .kind(FieldKind::Choice(&[
                ("public", "public: a page in a browser, a mobile app"),
                ("confidential", "confidential: a server that keeps a secret"),
            ]))
            .hint("Amplify and other code in a browser cannot use a client with a secret."),
        FieldSpec::text("code", "Authorization code flow (sign-in page)")
            .kind(FieldKind::Tick(true)),
        FieldSpec::text("implicit", "Implicit flow (sign-in page, tokens in the address)")
            .kind(FieldKind::Tick(false)),
        FieldSpec::text("client_credentials", "Client credentials flow (no user)")
            .kind(FieldKind::Tick(false))
            .hint("Needs a confidential client and scopes of a resource server, without the other two."),
        FieldSpec::text("callback_urls", "Callback URLs")
            .kind(FieldKind::Lines("http://localhost:3000/callback"))
            .optional()
            .hint("One a line. A redirect_uri has to be equal to one of them, to the last slash."),
        FieldSpec::text("logout_urls", "Sign-out URLs")
            .kind(FieldKind::Lines(""))
            .optional()
            .hint("One a line."),
        FieldSpec::text("scopes", "Scopes")
            .kind(FieldKind::Text("openid email profile"))
            .optional()
            .hint("With blanks between them."),
        FieldSpec::text("srp", "Sign-in through the API, password proven by SRP")
            .kind(FieldKind::Tick(true)),
        FieldSpec::text("password", "Sign-in through the API, password sent")
            .kind(FieldKind::Tick(true)),
    ],
    calls,
    done,
    goes_on: None,
};

fn calls(subject: &Subject, typed: &Typed<'_>) -> Vec<ApiCall> {
    let ticked = |pairs: &[(&str, &'static str)]| -> Vec<&'static str> {
        let ticked = pairs.iter().filter(|(field, _)| typed.is_ticked(field));
        ticked.map(|(_, value)| *value).collect()
    };
    let mut auth_flows = vec!["ALLOW_REFRESH_TOKEN_AUTH"];
    auth_flows.extend(ticked(&[
        ("srp", "ALLOW_USER_SRP_AUTH"),
        ("password", "ALLOW_USER_PASSWORD_AUTH"),
    ]));
    let oauth_flows = ticked(&[
        ("code", "code"),
        ("implicit", "implicit"),
        ("client_credentials", "client_credentials"),
    ]);
    let some = |lines: Vec<&str>| (!lines.is_empty()).then(|| json!(lines));
    let call = ApiCall::of(Operation::CreateUserPoolClient)
        .with("UserPoolId", subject.pool_id())
        .with("ClientName", typed.text("name").unwrap_or_default())
        .with("GenerateSecret", typed.text("kind") == Some("confidential"))
        .with("ExplicitAuthFlows", json!(auth_flows))
        .with("PreventUserExistenceErrors", "ENABLED")
        .with_some("CallbackURLs", some(typed.lines("callback_urls")))
        .with_some("LogoutURLs", some(typed.lines("logout_urls")));
    if oauth_flows.is_empty() {
        return vec![call];
    }
    let scopes = typed.text("scopes").unwrap_or_default();
    vec![
        call.with("AllowedOAuthFlows", json!(oauth_flows))
            .with("AllowedOAuthFlowsUserPoolClient", true)
            .with("SupportedIdentityProviders", json!(["COGNITO"]))
            .with_some(
                "AllowedOAuthScopes",
                some(scopes.split_whitespace().collect()),
            ),
    ]
}

fn done(subject: &Subject, answers: &[Value]) -> Done {
    let id = answers.first();
    let id = id.and_then(|answer| answer["UserPoolClient"]["ClientId"].as_str());
    Done {
        text: "The app client is made.".to_owned(),
        path: paths::client(subject.pool_id(), id.unwrap_or_default()),
    }
}
