//! A user made step by step while the server may be killed, and what must be left of each step
//! that was acknowledged.

use std::io;

use serde_json::{Value, json};

use crate::api::{self, Outcome, text};
use crate::http::{Answer, Connection};

const PASSWORD: &str = "Passw0rd!";
const GROUP: &str = "readers";
const CALLBACK: &str = "http%3A%2F%2Flocalhost%3A3000%2F";

/// The example of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// Wrong passwords that lock nobody yet, and the one after which a name is locked.
const FREE_FAILURES: usize = 4;
const LOCKING_FAILURES: usize = 5;

/// The pool that the users are of.
pub(crate) struct House {
    pool_id: String,
    client_id: String,
}

impl House {
    /// Makes a pool with a group, and a client that signs in by password and on the page.
    pub(crate) fn make(url: &str) -> Self {
        let (pool_id, client_id) = api::make_pool(url);
        let client = json!({
            "UserPoolId": pool_id,
            "ClientId": client_id,
            "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            "SupportedIdentityProviders": ["COGNITO"],
            "CallbackURLs": ["http://localhost:3000/"],
            "AllowedOAuthFlows": ["code"],
            "AllowedOAuthScopes": ["openid"],
            "AllowedOAuthFlowsUserPoolClient": true,
        });
        api::call(url, "UpdateUserPoolClient", &client);
        let group = json!({"UserPoolId": pool_id, "GroupName": GROUP});
        api::call(url, "CreateGroup", &group);
        Self { pool_id, client_id }
    }

    fn user(&self, username: &str) -> Value {
        json!({"UserPoolId": self.pool_id, "Username": username})
    }

    fn sign_in_path(&self) -> String {
        format!(
            "/login?client_id={}&response_type=code&redirect_uri={CALLBACK}\
             &code_challenge_method=S256&code_challenge={CHALLENGE}",
            self.client_id
        )
    }

    fn exchange(&self, connection: &mut Connection, code: &str) -> io::Result<Answer> {
        let form = format!(
            "grant_type=authorization_code&client_id={}&code={code}&redirect_uri={CALLBACK}\
             &code_verifier={VERIFIER}",
            self.client_id
        );
        connection.send("POST", "/oauth2/token", &[FORM], &form)
    }

    fn refresh(&self, connection: &mut Connection, refresh_token: &str) -> io::Result<Answer> {
        let form = format!(
            "grant_type=refresh_token&client_id={}&refresh_token={refresh_token}",
            self.client_id
        );
        connection.send("POST", "/oauth2/token", &[FORM], &form)
    }
}

/// A user whose making was acknowledged, and what else was.
pub(crate) struct WrittenUser {
    username: String,
    has_password: bool,
    is_in_group: bool,
    fate: Fate,
}

/// The last steps of a user; of them there are three kinds.
enum Fate {
    Untouched,
    /// A code was exchanged.
    Exchanged {
        code: String,
        refresh_token: String,
    },
    /// The tokens of a sign-in were revoked.
    Revoked {
        refresh_token: String,
    },
    /// So many wrong passwords were refused.
    Guessed(usize),
}

/// Makes users, each call acknowledged or the last.
pub(crate) struct UserWriter<'a> {
    house: &'a House,
    connection: Connection,
    acknowledge: &'a dyn Fn(),
}

impl<'a> UserWriter<'a> {
    pub(crate) fn open(url: &str, house: &'a House, acknowledge: &'a dyn Fn()) -> Self {
        Self {
            house,
            connection: Connection::open(url).expect("the server is there"),
            acknowledge,
        }
    }

    /// Makes a user; `None` when not even that was acknowledged. The `number` chooses the fate.
    /// Whether the server is still there shows in the next call.
    pub(crate) fn write(&mut self, username: &str, number: usize) -> Option<WrittenUser> {
        let mut input = self.house.user(username);
        input["MessageAction"] = json!("SUPPRESS");
        self.call("AdminCreateUser", &input)?;
        let mut user = WrittenUser {
            username: username.to_owned(),
            has_password: false,
            is_in_group: false,
            fate: Fate::Untouched,
        };
        // The steps end where the server does; what was acknowledged until then is told.
        let _ = self.write_on(&mut user, number);
        Some(user)
    }

    fn write_on(&mut self, user: &mut WrittenUser, number: usize) -> Option<()> {
        let mut password = self.house.user(&user.username);
        password["Password"] = json!(PASSWORD);
        password["Permanent"] = json!(true);
        self.call("AdminSetUserPassword", &password)?;
        user.has_password = true;
        let mut group = self.house.user(&user.username);
        group["GroupName"] = json!(GROUP);
        self.call("AdminAddUserToGroup", &group)?;
        user.is_in_group = true;
        match number % 3 {
            0 => self.exchange_a_code(user),
            1 => self.sign_in_and_revoke(user),
            _ => self.guess(user),
        }
    }

    fn exchange_a_code(&mut self, user: &mut WrittenUser) -> Option<()> {
        let path = self.house.sign_in_path();
        let page = self.connection.send("GET", &path, &[], "").ok()?;
        let cookies = page.headers.iter();
        let mut cookies = cookies.filter(|(name, _)| name == "set-cookie");
        let cookie = cookies.find_map(|(_, cookie)| {
            let cookie = cookie.split(';').next()?;
            cookie.starts_with("XSRF-TOKEN").then_some(cookie)
        });
        let cookie = cookie.expect("a cookie of the form");
        let (_, csrf) = cookie.split_once('=').expect("a cookie");
        let form = format!(
            "_csrf={csrf}&username={}&password={PASSWORD}",
            user.username
        );
        let headers = [FORM, ("Cookie", cookie)];
        let answer = self.form(|connection| connection.send("POST", &path, &headers, &form))?;
        let location = answer.header("location").expect("a redirect");
        let (_, code) = location.split_once("code=").expect("a code");
        let house = self.house;
        let answer = self.form(|connection| house.exchange(connection, code))?;
        let tokens: Value = serde_json::from_str(&answer.body).expect("JSON");
        user.fate = Fate::Exchanged {
            code: code.to_owned(),
            refresh_token: text(&tokens["refresh_token"]),
        };
        Some(())
    }

    fn sign_in_and_revoke(&mut self, user: &mut WrittenUser) -> Option<()> {
        let sign_in = api::sign_in(&self.house.client_id, &user.username, PASSWORD);
        let tokens = self.call("InitiateAuth", &sign_in)?;
        let refresh_token = text(&tokens["AuthenticationResult"]["RefreshToken"]);
        let revoke = json!({"ClientId": self.house.client_id, "Token": refresh_token});
        self.call("RevokeToken", &revoke)?;
        user.fate = Fate::Revoked { refresh_token };
        Some(())
    }

    fn guess(&mut self, user: &mut WrittenUser) -> Option<()> {
        let guess = api::sign_in(&self.house.client_id, &user.username, "Wr0ng-password!");
        for failures in 1..=FREE_FAILURES {
            let (status, answer) = self.outcome("InitiateAuth", &guess)?;
            assert_eq!(status, 400, "{answer}");
            (self.acknowledge)();
            user.fate = Fate::Guessed(failures);
        }
        Some(())
    }

    fn call(&mut self, operation: &str, input: &Value) -> Option<Value> {
        let (status, answer) = self.outcome(operation, input)?;
        assert_eq!(status, 200, "{operation}: {answer}");
        (self.acknowledge)();
        Some(answer)
    }

    /// A machine with more to do than it can is no reason to fail: it is asked again.
    fn outcome(&mut self, operation: &str, input: &Value) -> Option<Outcome> {
        loop {
            let outcome = api::try_call(&mut self.connection, operation, input).ok()?;
            if outcome.1["__type"] != "TooManyRequestsException" {
                return Some(outcome);
            }
        }
    }

    fn form(
        &mut self,
        mut send: impl FnMut(&mut Connection) -> io::Result<Answer>,
    ) -> Option<Answer> {
        loop {
            let answer = send(&mut self.connection).ok()?;
            if !matches!(answer.status, 429 | 503) {
                let is_good = matches!(answer.status, 200 | 302);
                assert!(is_good, "{}: {}", answer.status, answer.body);
                (self.acknowledge)();
                return Some(answer);
            }
        }
    }
}

impl WrittenUser {
    /// How many calls it stands for at least.
    pub(crate) fn steps(&self) -> usize {
        let last = match self.fate {
            Fate::Untouched => 0,
            Fate::Exchanged { .. } | Fate::Revoked { .. } => 2,
            Fate::Guessed(failures) => failures,
        };
        1 + usize::from(self.has_password) + usize::from(self.is_in_group) + last
    }

    /// Asks the server for all that was acknowledged.
    pub(crate) fn assert_there(&self, connection: &mut Connection, house: &House) {
        let name = &self.username;
        let input = house.user(name);
        let found = ask(connection, "AdminGetUser", &input);
        assert_eq!(found.0, 200, "{name} is lost: {}", found.1);
        if self.has_password {
            let status = &found.1["UserStatus"];
            assert_eq!(status, "CONFIRMED", "the password of {name} is lost");
        }
        if self.is_in_group {
            let (_, groups) = ask(connection, "AdminListGroupsForUser", &input);
            let group = &groups["Groups"][0]["GroupName"];
            assert_eq!(group, GROUP, "the group of {name} is lost");
        }
        match &self.fate {
            Fate::Guessed(failures) => self.assert_counted(connection, house, *failures),
            fate => {
                if self.has_password {
                    let sign_in = api::sign_in(&house.client_id, name, PASSWORD);
                    let (status, answer) = ask(connection, "InitiateAuth", &sign_in);
                    assert_eq!(status, 200, "{name} cannot sign in: {answer}");
                }
                self.assert_fate(connection, house, fate);
            }
        }
    }

    fn assert_fate(&self, connection: &mut Connection, house: &House, fate: &Fate) {
        let name = &self.username;
        match fate {
            Fate::Exchanged {
                code,
                refresh_token,
            } => {
                let again = house.exchange(connection, code).expect("an answer");
                assert_eq!(again.status, 400, "the code of {name} works again");
                let kept = house.refresh(connection, refresh_token).expect("an answer");
                assert_eq!(kept.status, 200, "the tokens of {name} are lost");
            }
            Fate::Revoked { refresh_token } => {
                let refused = house.refresh(connection, refresh_token).expect("an answer");
                assert_eq!(refused.status, 400, "the revoked tokens of {name} live");
            }
            Fate::Untouched | Fate::Guessed(_) => {}
        }
    }

    /// Guesses on until the name is locked: no later than if no guess had been forgotten.
    fn assert_counted(&self, connection: &mut Connection, house: &House, failures: usize) {
        let name = &self.username;
        let guess = api::sign_in(&house.client_id, name, "Wr0ng-password!");
        for _ in failures..=LOCKING_FAILURES {
            let (_, answer) = ask(connection, "InitiateAuth", &guess);
            if answer["message"] == "Password attempts exceeded" {
                return;
            }
            assert_eq!(answer["message"], "Incorrect username or password.");
        }
        panic!("wrong passwords for {name} are forgotten");
    }
}

fn ask(connection: &mut Connection, operation: &str, input: &Value) -> Outcome {
    api::try_call(connection, operation, input).expect("an answer")
}
