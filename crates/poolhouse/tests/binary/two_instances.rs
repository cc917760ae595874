//! Two processes on one database.

use std::time::Duration;

use poolhouse_testkit::TestDatabase;
use serde_json::json;

use crate::api;
use crate::http::{self, Connection};
use crate::process::{Place, Server, stopwatch, wait_for};

const PASSWORD: &str = "Passw0rd!";

/// Age at which an instance compares what it knows with the store.
const RECHECK_AFTER: Duration = Duration::from_secs(2);

#[test]
fn r8_a_setting_is_obeyed_at_once_where_it_was_written_and_elsewhere_within_two_seconds() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let Some(database) = runtime.block_on(TestDatabase::make()) else {
        eprintln!("skipped: POOLHOUSE_TEST_POSTGRES is not set");
        return;
    };
    let (here, there) = (Place::new(), Place::new());
    // One master key, as instances of one database have it.
    let data_dir = here.path("data");
    let data_dir = data_dir.to_str().expect("text");
    let url = database.url();
    let args = [
        "--data-dir",
        data_dir,
        "--database",
        &url,
        "--password-hashing",
        "dev-only",
    ];
    let writer = here.serve(&args);
    let reader = there.serve(&args);
    let client = Client::make(&writer);
    client.assert_obeyed(&reader, "an instance that made nothing");

    client.update(&writer);
    client.assert_updated(&writer);
    let elapsed = stopwatch();
    wait_for("the update", || {
        // Counted from the question: the answer is that of a later instant.
        let asked_after = elapsed();
        let is_obeyed = client.is_updated(&reader);
        assert!(
            is_obeyed || asked_after < RECHECK_AFTER,
            "an older setting was obeyed after {asked_after:?}"
        );
        is_obeyed.then_some(())
    });
    client.assert_updated(&reader);
    writer.stop();
    reader.stop();
    runtime.block_on(database.drop_it());
}

/// A client that loses a flow and a redirect URI.
struct Client {
    pool_id: String,
    id: String,
}

impl Client {
    fn make(server: &Server) -> Self {
        let (pool_id, id) = api::make_pool(&server.url);
        let client = Self { pool_id, id };
        let user = json!({
            "UserPoolId": client.pool_id, "Username": "alice", "MessageAction": "SUPPRESS"
        });
        api::call(&server.url, "AdminCreateUser", &user);
        let password = json!({
            "UserPoolId": client.pool_id, "Username": "alice", "Password": PASSWORD,
            "Permanent": true
        });
        api::call(&server.url, "AdminSetUserPassword", &password);
        client.set(
            server,
            "ALLOW_USER_PASSWORD_AUTH",
            "https://a.example.com/old",
        );
        client
    }

    fn update(&self, server: &Server) {
        self.set(server, "ALLOW_USER_SRP_AUTH", "https://a.example.com/new");
    }

    fn set(&self, server: &Server, flow: &str, callback: &str) {
        let input = json!({
            "UserPoolId": self.pool_id,
            "ClientId": self.id,
            "ExplicitAuthFlows": [flow],
            "SupportedIdentityProviders": ["COGNITO"],
            "CallbackURLs": [callback],
            "AllowedOAuthFlows": ["code"],
            "AllowedOAuthScopes": ["openid"],
            "AllowedOAuthFlowsUserPoolClient": true,
        });
        api::call(&server.url, "UpdateUserPoolClient", &input);
    }

    /// Whether alice may sign in by password.
    fn signs_in(&self, server: &Server) -> bool {
        let mut connection = Connection::open(&server.url).expect("the server is there");
        let input = api::sign_in(&self.id, "alice", PASSWORD);
        let (status, body) =
            api::try_call(&mut connection, "InitiateAuth", &input).expect("an answer");
        let text = "USER_PASSWORD_AUTH flow not enabled for this client";
        assert!(status == 200 || body["message"] == text, "{body}");
        status == 200
    }

    /// Where the authorization endpoint sends a browser with the older redirect URI.
    fn older_redirect(&self, server: &Server) -> String {
        let path = format!(
            "/oauth2/authorize?client_id={}&response_type=code&redirect_uri=https://a.example.com/old",
            self.id
        );
        let answer = http::get(&server.url, &path);
        answer.header("location").expect("a redirect").to_owned()
    }

    fn assert_obeyed(&self, server: &Server, what: &str) {
        assert!(self.signs_in(server), "{what}");
        let location = self.older_redirect(server);
        assert!(location.starts_with("/login?"), "{what}: {location}");
    }

    fn is_updated(&self, server: &Server) -> bool {
        let is_refused = self
            .older_redirect(server)
            .contains("error=redirect_mismatch");
        !self.signs_in(server) && is_refused
    }

    fn assert_updated(&self, server: &Server) {
        assert!(self.is_updated(server));
    }
}
