//! `poolhouse token` against the server: signs in without a window, and handles tokens.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::fs::PermissionsExt as _;

use serde_json::{Value, json};

use crate::api;
use crate::http::Connection;
use crate::process::wait_for;
use crate::token_pool::{Pool, USERNAME, begin, end, run};

/// A browser that writes down what it is told to open.
const BROWSER: &str =
    "#!/bin/sh\nprintf '%s' \"$1\" > \"$OPENED.part\"\nmv \"$OPENED.part\" \"$OPENED\"\n";

/// Puts a browser where the program looks for one.
fn with_browser(pool: &Pool, command: &mut std::process::Command) {
    let folder = pool.place.path("bin");
    fs::create_dir_all(&folder).expect("a folder");
    let browser = folder.join("xdg-open");
    fs::write(&browser, BROWSER).expect("a file");
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).expect("a file of ours");
    command.env("PATH", format!("{}:/usr/bin:/bin", folder.display()));
    command.env("OPENED", pool.place.path("opened"));
}

/// Signs in by a browser and a caught answer, and keeps the tokens in `tokens.json`.
fn log_in(pool: &Pool) -> String {
    let client = pool.client_id.as_str();
    let login = [
        "login",
        "--client-id",
        client,
        "--redirect-uri",
        &pool.redirect_uri,
    ];
    let mut command = pool.token(&login);
    command.args(["--scope", "openid email", "--save", "tokens.json"]);
    with_browser(pool, &mut command);
    let waiting = begin(command);
    let opened = pool.place.path("opened");
    let address = wait_for("the browser", || fs::read_to_string(&opened).ok());
    let arguments = fs::read(format!("/proc/{}/cmdline", waiting.id())).expect("it runs");
    let target = pool.sign_in_on_page(&address);
    let (origin, path) = split(&target);
    for (path, status) in [("/callback?code=forged&state=other", 400), (path, 200)] {
        let mut connection = Connection::open(origin).expect("it listens");
        let answer = connection.send("GET", path, &[], "").expect("an answer");
        assert_eq!(answer.status, status, "{answer:?}");
        let code = target
            .split("code=")
            .nth(1)
            .and_then(|rest| rest.split('&').next());
        assert!(!answer.body.contains(code.expect("a code")));
    }
    let ended = end(waiting).ends_with(0);
    assert!(ended.stderr.contains("Signed in as quinn"), "{ended:?}");
    assert!(ended.stderr.contains("another sign-in"), "{ended:?}");
    assert!(
        !ended.stderr.contains("eyJ") && ended.stdout.is_empty(),
        "{ended:?}"
    );
    assert!(!String::from_utf8_lossy(&arguments).contains("eyJ"));
    fs::read_to_string(pool.place.path("tokens.json")).expect("tokens")
}

/// Parts an address after its port.
fn split(address: &str) -> (&str, &str) {
    let start = address.find("://").expect("an address") + 3;
    let end = address[start..].find('/').expect("a path") + start;
    address.split_at(end)
}

#[test]
fn a_login_is_caught_kept_verified_renewed_asked_about_and_revoked() {
    let pool = Pool::start("public-url");
    log_in(&pool);
    let file = pool.place.path("tokens.json");
    let mode = fs::metadata(&file).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    let saved = ["--token-file", "tokens.json"];
    let with = |args: &[&str]| pool.run(&[args, &saved[..]].concat(), "");
    for token_use in ["id", "access"] {
        let verified = with(&["verify", "--token-use", token_use]).ends_with(0);
        assert!(
            verified.stdout.contains("The token is good."),
            "{verified:?}"
        );
        let verified = with(&["verify", "--json", "--token-use", token_use]).json();
        assert_eq!(verified["verified"], true);
        assert_eq!(verified["claims"]["token_use"], token_use);
    }
    let decoded = with(&["decode", "--token-use", "id"]).ends_with(0);
    assert_eq!(decoded.json()["verified"], false);
    assert_eq!(decoded.json()["claims"]["email"], "quinn@example.com");
    assert!(decoded.stderr.contains("Nothing of this was verified"));

    assert_eq!(
        with(&["userinfo"]).ends_with(0).json()["email"],
        "quinn@example.com"
    );
    let before = fs::read_to_string(&file).expect("tokens");
    with(&["refresh", "--save", "tokens.json"]).ends_with(0);
    let after = fs::read_to_string(&file).expect("tokens");
    assert_ne!(before, after);
    assert!(after.contains("refresh_token"), "the refresh token stays");
    with(&["revoke"]).ends_with(0);
    let refused = with(&["refresh"]).ends_with(7);
    assert!(refused.stderr.contains("invalid_grant"), "{refused:?}");
    with(&["userinfo"]).ends_with(7);
    with(&["verify"]).ends_with(0);
    pool.server.stop();
}

#[test]
fn a_refresh_token_that_took_anothers_place_is_kept_though_the_tokens_beside_it_do_not_hold() {
    let pool = Pool::start("public-url");
    let client = json!({
        "UserPoolId": pool.id, "ClientId": pool.client_id,
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH"],
        "RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
        "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid"], "CallbackURLs": [pool.redirect_uri],
        "SupportedIdentityProviders": ["COGNITO"],
    });
    api::call(&pool.server.url, "UpdateUserPoolClient", &client);
    let tokens = pool.tokens(USERNAME);
    pool.add_user("robin");
    let others = pool.tokens("robin");
    let file = pool.place.path("tokens.json");
    let mut saved = json!({
        "issuer": pool.issuer, "client_id": pool.client_id,
        "access_token": tokens["AccessToken"], "refresh_token": tokens["RefreshToken"],
        "id_token": others["IdToken"],
    });
    fs::write(&file, saved.to_string()).expect("a file");
    let refresh = [
        "refresh",
        "--token-file",
        "tokens.json",
        "--save",
        "tokens.json",
    ];
    let refused = pool.run(&refresh, "").ends_with(5);
    assert!(refused.stderr.contains("subject_mismatch"), "{refused:?}");
    let text = fs::read_to_string(&file).expect("a file");
    let kept: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(kept["access_token"], tokens["AccessToken"]);
    assert_ne!(kept["refresh_token"], tokens["RefreshToken"]);
    saved["refresh_token"] = kept["refresh_token"].clone();
    saved["id_token"] = tokens["IdToken"].clone();
    fs::write(&file, saved.to_string()).expect("a file");
    pool.run(&refresh, "").ends_with(0);
}

#[test]
fn an_issuer_of_aws_is_found_at_the_endpoint_and_an_answer_can_be_pasted() {
    let pool = Pool::start("aws");
    let client = pool.client_id.clone();
    let login = [
        "login",
        "--no-browser",
        "--client-id",
        &client,
        "--redirect-uri",
        &pool.redirect_uri,
    ];
    let paste = |make: &dyn Fn(&str) -> String| {
        let mut command = pool.token(&login);
        command.arg("--json");
        let mut waiting = begin(command);
        let mut stderr = BufReader::new(waiting.stderr.take().expect("a pipe"));
        let mut address = String::new();
        while !address.trim().starts_with("http") {
            address.clear();
            assert_ne!(stderr.read_line(&mut address).expect("text"), 0, "it ended");
        }
        let pasted = make(address.trim());
        let mut stdin = waiting.stdin.take().expect("a pipe");
        writeln!(stdin, "{pasted}").expect("it reads");
        end(waiting)
    };
    let tokens = paste(&|address| pool.sign_in_on_page(address))
        .ends_with(0)
        .json();
    assert_eq!(tokens["issuer"], pool.issuer.as_str());
    let id_token = tokens["id_token"].as_str().expect("an ID token");
    let verified = pool.run(
        &["verify", "--client-id", &client, "--token-use", "id"],
        id_token,
    );
    assert!(verified.ends_with(0).stdout.contains(&pool.issuer));
    // The tokens know their endpoint.
    fs::write(pool.place.path("t.json"), tokens.to_string()).expect("a file");
    let info = pool
        .place
        .command(&["token", "userinfo", "--token-file", "t.json"]);
    run(info, "").ends_with(0);

    let state = |address: &str, state: &str| {
        let target = pool.sign_in_on_page(address);
        let (head, _) = target.split_once("state=").expect("a state");
        format!("{head}state={state}")
    };
    paste(&|address| state(address, "forged")).ends_with(8);
    paste(&|address| state(address, "")).ends_with(8);
    paste(&|_| "hello".to_owned()).ends_with(1);
    let foreign = pool.run(
        &["verify", "--client-id", "other", "--token-use", "id"],
        id_token,
    );
    assert!(foreign.ends_with(5).stderr.contains("audience_mismatch"));
    pool.server.stop();
}

#[test]
fn a_callback_that_is_not_registered_is_told_with_the_command_that_registers_it() {
    let pool = Pool::start("public-url");
    let login = [
        "login",
        "--client-id",
        &pool.client_id,
        "--redirect-uri",
        "http://127.0.0.1:0/x",
    ];
    let refused = pool.run(&login, "").ends_with(7);
    for part in [
        "redirect_mismatch",
        "http://127.0.0.1:",
        "aws cognito-idp update-user-pool-client --region us-east-1 --user-pool-id",
        &format!("--endpoint-url {}", pool.server.url),
    ] {
        assert!(
            refused.stderr.contains(part),
            "{part} is missing in {refused:?}"
        );
    }
    let good = [
        "login",
        "--client-id",
        &pool.client_id,
        "--redirect-uri",
        &pool.redirect_uri,
    ];
    let scope = pool.run(
        &[&good[..], &["--scope", "openid orders/write"]].concat(),
        "",
    );
    assert!(scope.ends_with(7).stderr.contains("invalid_scope"));
    let mut command = pool.token(&[&good[..], &["--timeout", "1"]].concat());
    with_browser(&pool, &mut command);
    let late = run(command, "").ends_with(8);
    assert!(late.stderr.contains("explain --check"), "{late:?}");
    pool.server.stop();
}

#[test]
fn s67_a_clients_secret_comes_by_file_or_environment_and_is_never_told() {
    let pool = Pool::start("public-url");
    fs::write(
        pool.place.path("secret"),
        format!("{}\n", pool.machine_secret),
    )
    .expect("a file");
    let get = [
        "client-credentials",
        "--client-id",
        &pool.machine_id,
        "--scope",
        "orders/read",
    ];
    let by_file = ["--client-secret-file", "secret", "--print", "access"];
    for way in ["basic", "post"] {
        let token = pool
            .run(&[&get[..], &by_file, &["--client-auth", way]].concat(), "")
            .ends_with(0);
        assert!(
            token.stdout.starts_with("eyJ") && token.stderr.is_empty(),
            "{token:?}"
        );
        let verify = [
            "verify",
            "--client-id",
            &pool.machine_id,
            "--token-use",
            "access",
        ];
        pool.run(&verify, &token.stdout).ends_with(0);
    }
    let mut by_environment = pool.token(&get);
    by_environment.env("POOLHOUSE_CLIENT_SECRET", &pool.machine_secret);
    run(by_environment, "").ends_with(0);
    for secret in ["wrong-secret", &format!("{}x", pool.machine_secret)] {
        let mut wrong = pool.token(&get);
        wrong.env("POOLHOUSE_CLIENT_SECRET", secret);
        let refused = run(wrong, "").ends_with(7);
        assert!(refused.stderr.contains("invalid_client"), "{refused:?}");
        assert!(!refused.stderr.contains(secret), "{refused:?}");
    }
    pool.run(&[&get[..], &["--client-secret", "abc"]].concat(), "")
        .ends_with(2);
    pool.server.stop();
}

#[test]
fn a_code_that_was_got_elsewhere_is_exchanged_once() {
    let pool = Pool::start("public-url");
    let address = format!(
        "{}/oauth2/authorize?response_type=code&client_id={}&redirect_uri={}&scope=openid&nonce=n1&\
         code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        pool.server.url, pool.client_id, pool.redirect_uri
    );
    let target = pool.sign_in_on_page(&address);
    let exchange = [
        "exchange",
        "--client-id",
        &pool.client_id,
        "--redirect-uri",
        &pool.redirect_uri,
    ];
    let with_verifier = |nonce: &str, input: &str| {
        let mut command = pool.token(&[&exchange[..], &["--nonce", nonce, "--json"]].concat());
        // Source: RFC 7636 appendix B.
        command.env(
            "POOLHOUSE_CODE_VERIFIER",
            "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        );
        run(command, input)
    };
    let tokens = with_verifier("n1", &target).ends_with(0).json();
    assert!(tokens["refresh_token"].is_string());
    let spent = with_verifier("n1", &target).ends_with(7);
    let code = target.split("code=").nth(1).expect("a code");
    assert!(!spent.stderr.contains(code), "{spent:?}");
    let target = pool.sign_in_on_page(&address);
    let wrong = with_verifier("n2", &target).ends_with(5);
    assert!(
        wrong.stderr.contains("nonce_mismatch") && wrong.stdout.is_empty(),
        "{wrong:?}"
    );
    pool.server.stop();
}
