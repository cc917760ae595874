//! A pool for the tests of `poolhouse token` and `poolhouse explain`, a way to run them, and a
//! browser without a window.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::api::{call, sign_in, text};
use crate::http::{Answer, Connection};
use crate::process::{Place, Server};

pub(crate) const PASSWORD: &str = "Correct-Horse-Battery-1";
pub(crate) const USERNAME: &str = "quinn";

/// A server with a pool, a public and a confidential client, and a user.
pub(crate) struct Pool {
    pub(crate) place: Place,
    pub(crate) server: Server,
    pub(crate) issuer: String,
    pub(crate) id: String,
    pub(crate) client_id: String,
    pub(crate) machine_id: String,
    pub(crate) machine_secret: String,
    pub(crate) redirect_uri: String,
}

/// What a run of the program gave.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|_| panic!("{self:?}"))
    }

    /// Fails where the run ended otherwise.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:?}");
        self
    }
}

impl Pool {
    /// Starts a server whose issuers are written in a form: `public-url` or `aws`.
    pub(crate) fn start(issuer_form: &str) -> Self {
        let place = Place::new();
        let flags = [
            "--ephemeral",
            "--issuer-form",
            issuer_form,
            "--password-hashing",
            "dev-only",
        ];
        let server = place.serve(&flags);
        let url = &server.url;
        let pool = call(url, "CreateUserPool", &json!({"PoolName": "house"}));
        let pool_id = text(&pool["UserPool"]["Id"]);
        let resource = json!({"UserPoolId": pool_id, "Identifier": "orders", "Name": "orders",
            "Scopes": [{"ScopeName": "read", "ScopeDescription": "reads"}]});
        call(url, "CreateResourceServer", &resource);
        let redirect_uri = format!("http://localhost:{}/callback", free_port());
        let client = |settings: Value| {
            let mut input = json!({"UserPoolId": pool_id, "ClientName": "app",
                "AllowedOAuthFlowsUserPoolClient": true});
            for (name, value) in settings.as_object().expect("settings") {
                input[name] = value.clone();
            }
            call(url, "CreateUserPoolClient", &input)["UserPoolClient"].clone()
        };
        let public = client(json!({
            "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid", "email"],
            "CallbackURLs": [redirect_uri], "SupportedIdentityProviders": ["COGNITO"],
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        }));
        let machine = client(json!({
            "AllowedOAuthFlows": ["client_credentials"], "AllowedOAuthScopes": ["orders/read"],
            "GenerateSecret": true,
        }));
        let issuer = match issuer_form {
            "aws" => format!("https://cognito-idp.us-east-1.amazonaws.com/{pool_id}"),
            _ => format!("{url}/{pool_id}"),
        };
        let pool = Self {
            issuer,
            client_id: text(&public["ClientId"]),
            machine_id: text(&machine["ClientId"]),
            machine_secret: text(&machine["ClientSecret"]),
            id: pool_id,
            redirect_uri,
            place,
            server,
        };
        pool.add_user(USERNAME);
        pool
    }

    /// Makes a user.
    pub(crate) fn add_user(&self, username: &str) {
        let user = json!({"UserPoolId": self.id, "Username": username, "MessageAction": "SUPPRESS",
        "UserAttributes": [
            {"Name": "email", "Value": format!("{username}@example.com")},
        ]});
        call(&self.server.url, "AdminCreateUser", &user);
        let password = json!({"UserPoolId": self.id, "Username": username, "Password": PASSWORD,
            "Permanent": true});
        call(&self.server.url, "AdminSetUserPassword", &password);
    }

    /// `poolhouse token`, pointed at this pool.
    pub(crate) fn token(&self, args: &[&str]) -> Command {
        let mut command = self.place.command(&["token"]);
        command.args(args).env("POOLHOUSE_ISSUER", &self.issuer);
        if self.issuer.contains("amazonaws") {
            command.env("POOLHOUSE_ENDPOINT", &self.server.url);
        }
        command
    }

    /// Runs it to its end.
    pub(crate) fn run(&self, args: &[&str], input: &str) -> Run {
        run(self.token(args), input)
    }

    /// Signs a user in by the API.
    pub(crate) fn tokens(&self, username: &str) -> Value {
        let input = sign_in(&self.client_id, username, PASSWORD);
        call(&self.server.url, "InitiateAuth", &input)["AuthenticationResult"].clone()
    }

    /// Signs in by the API; the access token.
    pub(crate) fn access_token(&self) -> String {
        text(&self.tokens(USERNAME)["AccessToken"])
    }

    /// Signs in on the page that an address leads to; where the browser is sent to in the end.
    pub(crate) fn sign_in_on_page(&self, address: &str) -> String {
        let url = &self.server.url;
        let path = |address: &str| address.strip_prefix(url).unwrap_or(address).to_owned();
        let mut connection = Connection::open(url).expect("the server is there");
        let mut ask = |method: &str, address: &str, cookies: &str, body: &str| {
            let headers = [
                ("Cookie", cookies),
                ("Content-Type", "application/x-www-form-urlencoded"),
            ];
            let answer = connection.send(method, &path(address), &headers, body);
            answer.expect("an answer")
        };
        let begun = ask("GET", address, "", "");
        let page_address = location(&begun);
        let page = ask("GET", &page_address, "", "");
        assert_eq!(page.status, 200, "{page:?}");
        let (_, rest) = page
            .body
            .split_once("name=\"_csrf\" value=\"")
            .expect("a form");
        let csrf = rest.split('"').next().expect("a value");
        let cookies: BTreeSet<&str> = page
            .headers
            .iter()
            .filter(|(name, _)| name == "set-cookie")
            .filter_map(|(_, value)| value.split(';').next())
            .collect();
        let cookies = cookies.into_iter().collect::<Vec<_>>().join("; ");
        let form = format!("_csrf={csrf}&username={USERNAME}&password={PASSWORD}");
        location(&ask("POST", &page_address, &cookies, &form))
    }
}

fn location(answer: &Answer) -> String {
    answer
        .header("location")
        .unwrap_or_else(|| panic!("{answer:?}"))
        .to_owned()
}

fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}

/// Runs a command to its end.
pub(crate) fn run(command: Command, input: &str) -> Run {
    let mut child = begin(command);
    // A command that needs no input may have ended already.
    let _ = child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(input.as_bytes());
    end(child)
}

/// Starts a command whose input and output are pipes.
pub(crate) fn begin(mut command: Command) -> Child {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().expect("the program is there")
}

/// Waits for the end of a command.
pub(crate) fn end(child: Child) -> Run {
    let output = child.wait_with_output().expect("it ends");
    Run {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("text"),
        stderr: String::from_utf8(output.stderr).expect("text"),
    }
}
