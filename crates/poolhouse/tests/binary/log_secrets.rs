//! What the log never holds, at its most talkative.

use poolhouse_model::{SecretString, Timestamp};
use poolhouse_testkit::TestAuthenticator;
use serde_json::{Value, json};

use crate::api::{call, make_pool, sign_in, text, try_call};
use crate::http::{Answer, Connection};
use crate::process::{Place, Server};

const PASSWORD: &str = "Correct-Horse-Battery-1";
const WRONG_PASSWORD: &str = "Wrong-Horse-Battery-2";
const STATE: &str = "state-of-the-application";

/// Values that the run used and the log must not hold.
#[derive(Default)]
struct Secrets(Vec<(&'static str, String)>);

impl Secrets {
    fn add(&mut self, what: &'static str, value: &Value) -> String {
        let value = text(value);
        self.0.push((what, value.clone()));
        value
    }
}

#[test]
fn s67_the_log_holds_no_secret_even_when_everything_is_logged() {
    let place = Place::new();
    let server = place.serve(&["--ephemeral", "--log", "trace"]);
    let mut secrets = Secrets::default();
    for password in [PASSWORD, WRONG_PASSWORD] {
        secrets.add("password", &json!(password));
    }
    let app = make_app(&server, &mut secrets);
    use_the_api(&server, &app, &mut secrets);
    use_the_pages(&server, &app, &mut secrets);
    use_an_authenticator(&server, &mut secrets);
    follow_a_link(&server, &mut secrets);
    let log = server.log();
    assert!(log.contains("a call was refused"), "the log is not empty");
    for (what, secret) in &secrets.0 {
        assert!(!log.contains(secret.as_str()), "the log holds a {what}");
    }
    assert!(secrets.0.len() > 16);
}

struct App {
    client_id: String,
    client_secret: String,
    api_client_id: String,
}

const CALLBACK: &str = "http://localhost:3000/";

fn make_app(server: &Server, secrets: &mut Secrets) -> App {
    let pool = json!({"PoolName": "house", "AutoVerifiedAttributes": ["email"]});
    let pool_id = text(&call(&server.url, "CreateUserPool", &pool)["UserPool"]["Id"]);
    let client = |name: &str, generates_secret: bool| {
        json!({
            "UserPoolId": pool_id, "ClientName": name, "GenerateSecret": generates_secret,
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
            "AllowedOAuthScopes": ["openid", "email"], "CallbackURLs": [CALLBACK],
            "SupportedIdentityProviders": ["COGNITO"],
        })
    };
    let create = |input: &Value| call(&server.url, "CreateUserPoolClient", input);
    let confidential = create(&client("web", true))["UserPoolClient"].clone();
    let public = create(&client("app", false))["UserPoolClient"].clone();
    App {
        client_id: text(&confidential["ClientId"]),
        client_secret: secrets.add("client secret", &confidential["ClientSecret"]),
        api_client_id: text(&public["ClientId"]),
    }
}

fn use_the_api(server: &Server, app: &App, secrets: &mut Secrets) {
    let url = &server.url;
    let sign_up = json!({
        "ClientId": app.api_client_id, "Username": "ann", "Password": PASSWORD,
        "UserAttributes": [{"Name": "email", "Value": "ann@mail.example"}],
    });
    call(url, "SignUp", &sign_up);
    let mut connection = Connection::open(url).expect("the server is there");
    let inbox = connection
        .send("GET", "/_poolhouse/inbox", &[], "")
        .expect("an answer");
    let inbox: Value = serde_json::from_str(&inbox.body).expect("JSON");
    let code = secrets.add("confirmation code", &inbox[0]["code"]);
    let confirm = |code: &str| json!({"ClientId": app.api_client_id, "Username": "ann", "ConfirmationCode": code});
    secrets.add("wrong code", &json!("wrong-code-91827"));
    refuse(
        &mut connection,
        "ConfirmSignUp",
        &confirm("wrong-code-91827"),
    );
    call(url, "ConfirmSignUp", &confirm(&code));
    let wrong = sign_in(&app.api_client_id, "ann", WRONG_PASSWORD);
    refuse(&mut connection, "InitiateAuth", &wrong);
    let right = sign_in(&app.api_client_id, "ann", PASSWORD);
    let tokens = call(url, "InitiateAuth", &right)["AuthenticationResult"].clone();
    let access_token = secrets.add("access token", &tokens["AccessToken"]);
    secrets.add("ID token", &tokens["IdToken"]);
    let refresh_token = secrets.add("refresh token", &tokens["RefreshToken"]);
    call(url, "GetUser", &json!({"AccessToken": access_token}));
    let changed = format!("{access_token}x");
    refuse(&mut connection, "GetUser", &json!({"AccessToken": changed}));
    let revoke = json!({"ClientId": app.api_client_id, "Token": refresh_token});
    call(url, "RevokeToken", &revoke);
    refuse(
        &mut connection,
        "GetUser",
        &json!({"AccessToken": access_token}),
    );
}

/// Sets an authenticator app up on the way in, and signs in with it.
fn use_an_authenticator(server: &Server, secrets: &mut Secrets) {
    let url = &server.url;
    let (pool_id, client_id) = make_pool(url);
    let config = json!({
        "UserPoolId": pool_id, "MfaConfiguration": "ON",
        "SoftwareTokenMfaConfiguration": {"Enabled": true},
    });
    call(url, "SetUserPoolMfaConfig", &config);
    let user = json!({"UserPoolId": pool_id, "Username": "ann", "MessageAction": "SUPPRESS"});
    call(url, "AdminCreateUser", &user);
    let password = json!({
        "UserPoolId": pool_id, "Username": "ann", "Password": PASSWORD, "Permanent": true,
    });
    call(url, "AdminSetUserPassword", &password);
    let mut connection = Connection::open(url).expect("the server is there");
    let sign_in = sign_in(&client_id, "ann", PASSWORD);
    let asked = call(url, "InitiateAuth", &sign_in);
    let session = secrets.add("session", &asked["Session"]);
    let associated = call(url, "AssociateSoftwareToken", &json!({"Session": session}));
    let secret_code = secrets.add("secret code", &associated["SecretCode"]);
    let app = TestAuthenticator::of(&SecretString::from(secret_code.as_str()));
    secrets.add("seed", &json!(format!("{:?}", app.seed())));
    let session = secrets.add("session", &associated["Session"]);
    // Two codes that work now, one later than the other. The log is not searched for them: six
    // digits are a part of a second on some line of it.
    let codes = [-30, 0].map(|secs| app.code_at(now(secs)));
    let wrong = secrets.add("wrong code", &json!("wrong-code-55512"));
    let verify = json!({"Session": session, "UserCode": codes[0]});
    let verified = call(url, "VerifySoftwareToken", &verify);
    let session = secrets.add("session", &verified["Session"]);
    let answer = |challenge: &str, session: &str, code: &str| {
        json!({
            "ClientId": client_id, "ChallengeName": challenge, "Session": session,
            "ChallengeResponses": {"USERNAME": "ann", "SOFTWARE_TOKEN_MFA_CODE": code},
        })
    };
    let finish = answer("MFA_SETUP", &session, &codes[0]);
    call(url, "RespondToAuthChallenge", &finish);
    let asked = call(url, "InitiateAuth", &sign_in);
    let session = secrets.add("session", &asked["Session"]);
    for code in [&wrong, &codes[0]] {
        let refused = answer("SOFTWARE_TOKEN_MFA", &session, code);
        refuse(&mut connection, "RespondToAuthChallenge", &refused);
    }
    let right = answer("SOFTWARE_TOKEN_MFA", &session, &codes[1]);
    call(url, "RespondToAuthChallenge", &right);
}

/// The instant so many seconds from now.
fn now(secs: i64) -> Timestamp {
    let since = std::time::SystemTime::UNIX_EPOCH.elapsed();
    let millis = since.expect("the clock is right").as_millis();
    let millis = i64::try_from(millis).expect("this age of the world");
    Timestamp::from_millis(millis + secs * 1000)
}

fn refuse(connection: &mut Connection, operation: &str, input: &Value) {
    let (status, body) = try_call(connection, operation, input).expect("an answer");
    assert!(status >= 400, "{operation}: {body}");
}

/// Signs a user up who confirms by a link, which is followed twice and once more in a wrong form.
fn follow_a_link(server: &Server, secrets: &mut Secrets) {
    let url = &server.url;
    let pool = json!({
        "PoolName": "links", "AutoVerifiedAttributes": ["email"],
        "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_LINK"},
    });
    let pool = call(url, "CreateUserPool", &pool);
    let client = json!({"UserPoolId": pool["UserPool"]["Id"], "ClientName": "app"});
    let client = call(url, "CreateUserPoolClient", &client);
    let sign_up = json!({
        "ClientId": client["UserPoolClient"]["ClientId"], "Username": "ben", "Password": PASSWORD,
        "UserAttributes": [{"Name": "email", "Value": "ben@mail.example"}],
    });
    call(url, "SignUp", &sign_up);
    let mut connection = Connection::open(url).expect("the server is there");
    let mut get = |path: &str| {
        let answer = connection.send("GET", path, &[], "");
        answer.expect("an answer")
    };
    let inbox: Value = serde_json::from_str(&get("/_poolhouse/inbox").body).expect("JSON");
    let link = text(&inbox[0]["link"]);
    let (_, code) = link.split_once("confirmation_code=").expect("a code");
    secrets.add("code of a link", &json!(code));
    let path = link.strip_prefix(url.as_str()).expect("our link");
    for (path, status) in [
        (&format!("{path}x"), 400),
        (&path.to_owned(), 200),
        (&path.to_owned(), 200),
    ] {
        assert_eq!(get(path).status, status);
    }
}

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

fn use_the_pages(server: &Server, app: &App, secrets: &mut Secrets) {
    let mut connection = Connection::open(&server.url).expect("the server is there");
    let path = format!(
        "/login?client_id={}&response_type=code&state={STATE}\
         &redirect_uri=http%3A%2F%2Flocalhost%3A3000%2F",
        app.client_id
    );
    let page = connection.send("GET", &path, &[], "").expect("a page");
    let csrf_cookie = cookie(&page, "XSRF-TOKEN");
    let (_, csrf) = csrf_cookie.split_once('=').expect("a cookie");
    secrets.add("CSRF token", &json!(csrf));
    for password in [WRONG_PASSWORD, PASSWORD] {
        let form = format!("_csrf={csrf}&username=ann&password={password}");
        let headers = [FORM, ("Cookie", csrf_cookie.as_str())];
        let answer = connection
            .send("POST", &path, &headers, &form)
            .expect("an answer");
        if password == WRONG_PASSWORD {
            assert_ne!(answer.status, 302);
            continue;
        }
        let location = answer.header("location").expect("a redirect");
        let code = location
            .split("code=")
            .nth(1)
            .and_then(|rest| rest.split('&').next());
        let code = secrets.add("authorization code", &json!(code));
        let session = cookie(&answer, "cognito");
        let (_, session) = session.split_once('=').expect("a cookie");
        secrets.add("session cookie", &json!(session));
        exchange(&mut connection, app, &code, secrets);
    }
}

fn exchange(connection: &mut Connection, app: &App, code: &str, secrets: &mut Secrets) {
    let form = format!(
        "grant_type=authorization_code&client_id={}&client_secret={}&code={code}\
         &redirect_uri=http%3A%2F%2Flocalhost%3A3000%2F",
        app.client_id, app.client_secret
    );
    let answer = connection.send("POST", "/oauth2/token", &[FORM], &form);
    let tokens = answer.expect("an answer").body;
    let tokens: Value = serde_json::from_str(&tokens).expect("JSON");
    let access_token = secrets.add("access token", &tokens["access_token"]);
    secrets.add("refresh token", &tokens["refresh_token"]);
    let bearer = format!("Bearer {access_token}");
    let headers = [("Authorization", bearer.as_str())];
    let told = connection.send("GET", "/oauth2/userInfo", &headers, "");
    assert_eq!(told.expect("an answer").status, 200);
    let again = connection.send("POST", "/oauth2/token", &[FORM], &form);
    assert_eq!(again.expect("an answer").status, 400);
}

fn cookie(answer: &Answer, prefix: &str) -> String {
    let cookies = answer
        .headers
        .iter()
        .filter(|(name, _)| name == "set-cookie");
    let mut cookies = cookies.map(|(_, value)| value.split(';').next().unwrap_or_default());
    let found = cookies.find(|cookie| cookie.starts_with(prefix));
    found.expect("the cookie is set").to_owned()
}
