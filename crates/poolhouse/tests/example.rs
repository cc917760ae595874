//! How a test suite in Rust uses Poolhouse; docs/testing.md leads here.
//!
//! Each test has a server of its own: in memory, seeded, on a free port. The client is a plain one:
//! the AWS SDK for Rust works as well, and would take more time to compile than all of Poolhouse.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use ureq::Agent;
use ureq::http::StatusCode;

const SEED: &str = "
user_pools:
  - id: us-east-1_Shop00001
    name: shop
    settings: {AutoVerifiedAttributes: [email]}
    clients:
      - id: shopweb
        name: web
        settings:
          ExplicitAuthFlows: [ALLOW_USER_PASSWORD_AUTH, ALLOW_REFRESH_TOKEN_AUTH]
    users:
      - username: jane
        password: Correct-horse-7
";

/// A server that ends with the test.
struct Poolhouse {
    process: Child,
    url: String,
    agent: Agent,
    _folder: TempDir,
}

impl Poolhouse {
    fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("seed.yaml"), SEED).expect("a file");
        // In a project of your own: Command::new("poolhouse").
        let process = Command::new(env!("CARGO_BIN_EXE_poolhouse"))
            .current_dir(folder.path())
            .args(["serve", "--ephemeral", "--seed", "seed.yaml"])
            .args(["--listen", "localhost:0", "--ready-file", "ready"])
            .args(["--password-hashing", "dev-only"])
            .stderr(Stdio::null())
            .spawn()
            .expect("the program is there");
        let url = wait_for(&folder.path().join("ready"));
        // Answers of the API that are errors are looked at by the tests.
        let agent = Agent::config_builder().http_status_as_error(false).build();
        Self {
            process,
            url,
            agent: agent.into(),
            _folder: folder,
        }
    }

    /// Calls an operation of the API that needs no AWS credentials.
    fn call(&self, operation: &str, input: &Value) -> (StatusCode, Value) {
        let target = format!("AWSCognitoIdentityProviderService.{operation}");
        let request = self.agent.post(&self.url);
        let request = request
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", &target);
        let mut answer = request.send(input.to_string()).expect("an answer");
        let body = answer.body_mut().read_json().unwrap_or(Value::Null);
        (answer.status(), body)
    }

    /// Calls one of the tools.
    fn tool(&self, path: &str) -> Value {
        let request = self.agent.post(format!("{}/_poolhouse/{path}", self.url));
        let mut answer = request.send_empty().expect("an answer");
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        answer.body_mut().read_json().expect("JSON")
    }

    /// Waits for the newest message to an address.
    fn message(&self, to: &str) -> Value {
        let path = format!("{}/_poolhouse/inbox?to={to}&wait=10", self.url);
        let mut answer = self.agent.get(path).call().expect("an answer");
        let messages: Value = answer.body_mut().read_json().expect("JSON");
        messages[0].clone()
    }

    fn sign_in(&self, username: &str, password: &str) -> (StatusCode, Value) {
        let input = json!({
            "ClientId": "shopweb",
            "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": username, "PASSWORD": password},
        });
        self.call("InitiateAuth", &input)
    }
}

impl Drop for Poolhouse {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Reads the URL of the ready file as soon as it is there.
fn wait_for(file: &Path) -> String {
    for _ in 0..1500 {
        if let Ok(url) = std::fs::read_to_string(file) {
            return url.trim_end().to_owned();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("the server did not start in time");
}

#[test]
fn a_new_customer_confirms_with_the_code_of_the_mail() {
    let poolhouse = Poolhouse::start();
    let input = json!({
        "ClientId": "shopweb",
        "Username": "ada",
        "Password": "Correct-horse-8",
        "UserAttributes": [{"Name": "email", "Value": "ada@example.com"}],
    });
    let (status, answer) = poolhouse.call("SignUp", &input);
    assert_eq!(status, StatusCode::OK, "{answer}");
    let code = &poolhouse.message("ada@example.com")["code"];
    let input = json!({"ClientId": "shopweb", "Username": "ada", "ConfirmationCode": code});
    let (status, answer) = poolhouse.call("ConfirmSignUp", &input);
    assert_eq!(status, StatusCode::OK, "{answer}");
    let (status, _) = poolhouse.sign_in("ada", "Correct-horse-8");
    assert_eq!(status, StatusCode::OK);
}

#[test]
fn an_access_token_ends_after_an_hour() {
    let poolhouse = Poolhouse::start();
    let (_, answer) = poolhouse.sign_in("jane", "Correct-horse-7");
    let token = json!({"AccessToken": answer["AuthenticationResult"]["AccessToken"]});
    assert_eq!(poolhouse.call("GetUser", &token).0, StatusCode::OK);
    poolhouse.tool("clock?advance=61m");
    let (_, refusal) = poolhouse.call("GetUser", &token);
    assert_eq!(refusal["__type"], "NotAuthorizedException");
}

#[test]
fn a_snapshot_is_the_way_back() {
    let poolhouse = Poolhouse::start();
    poolhouse.tool("snapshot?name=seeded");
    poolhouse.tool("reset");
    assert_ne!(
        poolhouse.sign_in("jane", "Correct-horse-7").0,
        StatusCode::OK
    );
    poolhouse.tool("restore?name=seeded");
    assert_eq!(
        poolhouse.sign_in("jane", "Correct-horse-7").0,
        StatusCode::OK
    );
}
