//! `quickstart`: what it prints works, and a second run prints the same.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::{Value, json};

use crate::api;
use crate::http::{Answer, Connection};
use crate::process::{Place, Server};

/// The facts at the top of what was printed, by name.
fn facts(printed: &str) -> BTreeMap<&str, &str> {
    let lines = printed.lines().take_while(|line| !line.is_empty());
    lines
        .map(|line| (line[..20].trim_end(), line[20..].trim()))
        .collect()
}

/// What is printed below a heading.
fn section<'a>(printed: &'a str, heading: &str) -> &'a str {
    let start = printed.find(&format!("# {heading}")).expect("the heading");
    let (_, rest) = printed[start..].split_once("\n\n").expect("a body");
    let end = rest.find("\n\n# ").unwrap_or(rest.len());
    rest[..end].trim_end()
}

fn port(url: &str) -> &str {
    url.rsplit(':').next().expect("a port")
}

fn quickstart(place: &Place, args: &[&str]) -> Server {
    place.start("quickstart", args, &[])
}

#[test]
fn a_second_run_prints_the_same_ids_and_the_same_password() {
    let place = Place::new();
    let server = quickstart(&place, &["--data-dir", "data"]);
    let (first, first_url) = (server.printed(), server.url.clone());
    server.stop();
    let server = quickstart(&place, &["--data-dir", "data"]);
    let (second, second_url) = (server.printed(), server.url.clone());
    assert_eq!(first.replace(port(&first_url), port(&second_url)), second);
    let pools = api::call(&server.url, "ListUserPools", &json!({"MaxResults": 60}));
    assert_eq!(pools["UserPools"].as_array().map(Vec::len), Some(1));
    let pool_id = facts(&second)["user pool"].to_owned();
    let list = json!({"UserPoolId": pool_id, "MaxResults": 60});
    let clients = api::call(&server.url, "ListUserPoolClients", &list);
    assert_eq!(clients["UserPoolClients"].as_array().map(Vec::len), Some(2));
    server.stop();
}

#[test]
fn s69_two_data_directories_have_different_passwords_and_no_colour_is_printed() {
    let passwords = [Place::new(), Place::new()].map(|place| {
        let server = quickstart(&place, &["--ephemeral"]);
        let printed = server.printed();
        server.stop();
        assert!(!printed.contains('\x1b'), "{printed}");
        facts(&printed)["password"].to_owned()
    });
    assert_ne!(passwords[0], passwords[1]);
}

#[test]
fn the_password_and_the_user_are_put_back_if_they_were_changed() {
    let place = Place::new();
    let server = quickstart(&place, &["--data-dir", "data"]);
    let printed = server.printed();
    let (pool_id, user) = (facts(&printed)["user pool"], facts(&printed)["user name"]);
    let change = json!({"UserPoolId": pool_id, "Username": user, "Password": "Another1!"});
    api::call(&server.url, "AdminSetUserPassword", &change);
    server.stop();
    let server = quickstart(&place, &["--data-dir", "data"]);
    assert_signs_in(&server.url, &facts(&printed));
    let user = json!({"UserPoolId": pool_id, "Username": user});
    api::call(&server.url, "AdminDeleteUser", &user);
    server.stop();
    let server = quickstart(&place, &["--data-dir", "data"]);
    assert_signs_in(&server.url, &facts(&printed));
    server.stop();
}

/// What a client of the quickstart may send browsers back to.
fn addresses(url: &str, facts: &BTreeMap<&str, &str>, client: &str) -> [Vec<String>; 2] {
    let input = json!({"UserPoolId": facts["user pool"], "ClientId": facts[client]});
    let answer = api::call(url, "DescribeUserPoolClient", &input);
    ["CallbackURLs", "LogoutURLs"].map(|list| {
        let urls = &answer["UserPoolClient"][list];
        serde_json::from_value(urls.clone()).expect("a list of texts")
    })
}

#[test]
fn the_servers_own_pages_are_registered_also_with_clients_of_an_earlier_version() {
    let place = Place::new();
    let server = quickstart(&place, &["--data-dir", "data"]);
    let printed = server.printed();
    let first = facts(&printed);
    let client = first["public client"];
    let [callbacks, logouts] = addresses(&server.url, &first, "public client");
    let own = format!("{}/_poolhouse/playground/callback", server.url);
    assert_eq!(
        callbacks[..2],
        [
            format!("{}/_poolhouse/callback/{client}", server.url),
            own.clone()
        ]
    );
    assert_eq!(logouts[0], own);
    let earlier = json!({
        "UserPoolId": first["user pool"],
        "ClientId": client,
        "CallbackURLs": ["http://localhost:3000", "http://localhost:1/_poolhouse/playground/callback"],
        "SupportedIdentityProviders": ["COGNITO"],
    });
    api::call(&server.url, "UpdateUserPoolClient", &earlier);
    server.stop();
    let server = quickstart(&place, &["--data-dir", "data"]);
    let [callbacks, logouts] = addresses(&server.url, &first, "public client");
    let own = format!("{}/_poolhouse/playground/callback", server.url);
    let receiving = format!("{}/_poolhouse/callback/{client}", server.url);
    let all = [receiving, own.clone(), "http://localhost:3000".to_owned()];
    assert_eq!(callbacks, all);
    assert_eq!(logouts, [own]);
    let [callbacks, _] = addresses(&server.url, &first, "confidential client");
    assert!(callbacks.contains(&all[1]));
    server.stop();
}

fn assert_signs_in(url: &str, facts: &BTreeMap<&str, &str>) {
    let input = api::sign_in(
        facts["public client"],
        facts["user name"],
        facts["password"],
    );
    let answer = api::call(url, "InitiateAuth", &input);
    assert!(
        answer["AuthenticationResult"]["AccessToken"].is_string(),
        "{answer}"
    );
}

#[test]
fn the_curl_block_runs_as_it_is() {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: curl is not there");
        return;
    }
    let place = Place::new();
    let server = quickstart(&place, &["--ephemeral"]);
    let printed = server.printed();
    let block = section(&printed, "curl");
    let output = Command::new("sh").args(["-c", block]).output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).expect(block);
    assert!(
        answer["AuthenticationResult"]["IdToken"].is_string(),
        "{answer}"
    );
    server.stop();
}

#[test]
fn the_printed_address_signs_in_and_shows_a_code_that_is_exchanged() {
    let place = Place::new();
    let server = quickstart(&place, &["--ephemeral"]);
    let printed = server.printed();
    let facts = facts(&printed);
    let address = section(&printed, "Sign in on the page");
    let mut browser = Browser::open(&server.url);
    let page = browser.get(address);
    assert_eq!(page.status, 200, "{page:?}");
    let answer = browser.post(
        address,
        &[
            ("_csrf", hidden_value(&page.body, "_csrf")),
            ("username", facts["user name"]),
            ("password", facts["password"]),
        ],
    );
    assert_eq!(answer.status, 302, "{answer:?}");
    let location = answer.header("location").expect("a location").to_owned();
    let page = browser.get(&location);
    let (_, code) = location.split_once("?code=").expect(&location);
    assert!(page.status == 200 && page.body.contains(code), "{page:?}");
    assert!(
        page.body.contains("grant_type=authorization_code"),
        "{page:?}"
    );

    let redirect_uri = location.split('?').next().expect("a redirect URI");
    let tokens = browser.post(
        &format!("{}/oauth2/token", server.url),
        &[
            ("grant_type", "authorization_code"),
            ("client_id", facts["public client"]),
            ("redirect_uri", redirect_uri),
            ("code", code),
        ],
    );
    assert_eq!(tokens.status, 200, "{tokens:?}");
    for token in ["id_token", "access_token", "refresh_token"] {
        assert!(tokens.body.contains(token), "{}", tokens.body);
    }
    server.stop();
}

#[test]
fn the_production_profile_has_no_quickstart() {
    let place = Place::new();
    let (is_good, said) = place.run(&["quickstart", "--profile", "production"]);
    assert!(!is_good && said.contains("not built yet"), "{said}");
}

/// Keeps cookies, and follows nothing.
struct Browser {
    connection: Connection,
    origin: String,
    cookies: Vec<String>,
}

impl Browser {
    fn open(url: &str) -> Self {
        Self {
            connection: Connection::open(url).expect("the server is there"),
            origin: url.to_owned(),
            cookies: Vec::new(),
        }
    }

    fn get(&mut self, address: &str) -> Answer {
        self.send("GET", address, "")
    }

    fn post(&mut self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let encoded = fields
            .iter()
            .map(|(name, value)| format!("{name}={}", encode(value)));
        self.send("POST", address, &encoded.collect::<Vec<_>>().join("&"))
    }

    fn send(&mut self, method: &str, address: &str, body: &str) -> Answer {
        let path = address
            .strip_prefix(&self.origin)
            .expect("an address of ours");
        let cookies = self.cookies.join("; ");
        let headers = [
            ("Cookie", cookies.as_str()),
            ("Content-Type", "application/x-www-form-urlencoded"),
        ];
        let answer = self
            .connection
            .send(method, path, &headers, body)
            .expect("an answer");
        let set = answer
            .headers
            .iter()
            .filter(|(name, _)| name == "set-cookie");
        let set = set.map(|(_, value)| value.split(';').next().unwrap_or_default().to_owned());
        self.cookies.extend(set);
        answer
    }
}

fn encode(value: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    };
    value.bytes().map(encode).collect()
}

/// The value of a hidden field of a page.
fn hidden_value<'a>(html: &'a str, name: &str) -> &'a str {
    let start = html.find(&format!("name=\"{name}\"")).expect(name);
    let (_, rest) = html[start..].split_once("value=\"").expect("a value");
    rest.split('"').next().expect("a quote")
}
