//! What the quickstart prints: where to sign in, what there is, and requests that run as they are.

use std::fmt::Write as _;

use poolhouse_model::SecretString;
use poolhouse_oauth::redirect_uri::RedirectUri;
use poolhouse_service::Quickstart;

use crate::serve::Started;

/// Scopes of the printed sign-in address.
const SCOPES: &str = "openid email profile aws.cognito.signin.user.admin";

/// Whether headings stand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Bold, for a person at a terminal.
    Terminal,
    /// Plain text, for a pipe or a file.
    Plain,
}

/// Everything that the printed text is filled with.
pub(super) struct Guide {
    endpoint: String,
    region: String,
    issuer: String,
    pool_id: String,
    client_id: String,
    confidential_client_id: String,
    client_secret: SecretString,
    username: String,
    password: SecretString,
    redirect_uri: String,
    /// What programs have to trust.
    ca_file: Option<String>,
}

impl Guide {
    /// Collects what was made.
    pub(super) fn new(started: &Started, made: &Quickstart) -> Self {
        let service = &started.service;
        let (public, confidential) = (&made.public_client, &made.confidential_client);
        let callbacks = &public.client.settings.callback_urls;
        Self {
            endpoint: service.settings().public_url.clone(),
            region: made.pool.id.region().to_string(),
            issuer: service.settings().issuer(&made.pool.id),
            pool_id: made.pool.id.to_string(),
            client_id: public.client.id.to_string(),
            confidential_client_id: confidential.client.id.to_string(),
            client_secret: confidential.secret.clone().unwrap_or_default(),
            username: made.username.clone(),
            password: made.password.clone(),
            redirect_uri: callbacks.first().cloned().unwrap_or_default(),
            ca_file: started
                .ca_file
                .as_ref()
                .map(|file| file.display().to_string()),
        }
    }

    /// Writes the text.
    pub(super) fn write(&self, style: Style) -> String {
        let mut text = String::new();
        // Writing to a String cannot fail.
        for (name, value) in self.facts() {
            let _ = writeln!(text, "{name:<20} {value}");
        }
        let sections = [
            (
                "Sign in on the page: open this address",
                self.sign_in_address(),
            ),
            (
                "Or see each step of it: open this address",
                self.playground_address(),
            ),
            ("curl: sign in by the API", self.curl()),
            ("axios: exchange the code for tokens", self.axios()),
            ("boto3: sign in, and administer the pool", self.boto3()),
        ];
        for (heading, body) in sections {
            let (start, end) = match style {
                Style::Terminal => ("\x1b[1m", "\x1b[0m"),
                Style::Plain => ("", ""),
            };
            let _ = write!(text, "\n{start}# {heading}{end}\n\n{body}\n");
        }
        text.push('\n');
        text
    }

    fn facts(&self) -> [(&'static str, &str); 9] {
        [
            ("endpoint", &self.endpoint),
            ("region", &self.region),
            ("user pool", &self.pool_id),
            ("issuer", &self.issuer),
            ("public client", &self.client_id),
            ("confidential client", &self.confidential_client_id),
            ("its secret", self.client_secret.expose()),
            ("user name", &self.username),
            ("password", self.password.expose()),
        ]
    }

    /// The hosted page, and back to the first callback URL of the public client.
    fn sign_in_address(&self) -> String {
        let parameters = [
            ("client_id", self.client_id.as_str()),
            ("response_type", "code"),
            ("scope", SCOPES),
            ("redirect_uri", &self.redirect_uri),
        ];
        let page = format!("{}/login", self.endpoint);
        match RedirectUri::parse(&page) {
            Ok(page) => page.with_query(&parameters),
            Err(_) => page,
        }
    }

    /// The page that shows each request of a sign-in, for the public client.
    fn playground_address(&self) -> String {
        let Self {
            endpoint,
            client_id,
            ..
        } = self;
        format!("{endpoint}/_poolhouse/playground?client_id={client_id}")
    }

    /// What a program is told of the local CA; nothing where there is none.
    fn with_ca(&self, tell: impl Fn(&str) -> String) -> String {
        self.ca_file.as_deref().map(tell).unwrap_or_default()
    }

    fn curl(&self) -> String {
        let Self {
            endpoint,
            client_id,
            username,
            ..
        } = self;
        let password = self.password.expose();
        let ca = self.with_ca(|file| format!("--cacert '{file}' "));
        format!(
            r#"curl -s {ca}{endpoint}/ \
  -H 'Content-Type: application/x-amz-json-1.1' \
  -H 'X-Amz-Target: AWSCognitoIdentityProviderService.InitiateAuth' \
  -d '{{"AuthFlow": "USER_PASSWORD_AUTH", "ClientId": "{client_id}",
       "AuthParameters": {{"USERNAME": "{username}", "PASSWORD": "{password}"}}}}'"#
        )
    }

    fn axios(&self) -> String {
        let Self {
            endpoint,
            client_id,
            redirect_uri,
            ..
        } = self;
        let ca = self.with_ca(|file| format!("NODE_EXTRA_CA_CERTS='{file}' "));
        format!(
            r#"// In a page of your app, or as: {ca}node exchange.mjs CODE
import axios from "axios";

const page = globalThis.location;
const redirect_uri = page ? page.origin + page.pathname : "{redirect_uri}";
const code = page ? new URLSearchParams(page.search).get("code") : process.argv[2];
const client_id = "{client_id}";

if (code) {{
  const form = new URLSearchParams({{ grant_type: "authorization_code", client_id, code, redirect_uri }});
  const {{ data }} = await axios.post("{endpoint}/oauth2/token", form);
  console.log(data);
}} else {{
  const request = {{ response_type: "code", client_id, scope: "{SCOPES}", redirect_uri }};
  console.log("For a code, open {endpoint}/login?" + new URLSearchParams(request));
}}"#
        )
    }

    fn boto3(&self) -> String {
        let Self {
            endpoint,
            region,
            pool_id,
            client_id,
            username,
            ..
        } = self;
        let password = self.password.expose();
        let verify = self.with_ca(|file| format!("\n    verify=\"{file}\","));
        format!(
            r#"import boto3

cognito = boto3.client(
    "cognito-idp",
    endpoint_url="{endpoint}",{verify}
    region_name="{region}",
    aws_access_key_id="dev",
    aws_secret_access_key="dev",
)
answer = cognito.initiate_auth(
    AuthFlow="USER_PASSWORD_AUTH",
    ClientId="{client_id}",
    AuthParameters={{"USERNAME": "{username}", "PASSWORD": "{password}"}},
)
tokens = answer["AuthenticationResult"]
print(cognito.get_user(AccessToken=tokens["AccessToken"])["UserAttributes"])
print(cognito.admin_get_user(UserPoolId="{pool_id}", Username="{username}")["UserStatus"])"#
        )
    }
}
