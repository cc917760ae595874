//! The policy holds on every path by which somebody chooses a password.

use poolhouse_model::{PasswordViolation, Ttl, UserPool};
use poolhouse_service::AdminSetUserPassword;
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestClient, TestService, admin_request, on_every_engine, sign_up_request,
};

use crate::facts::{challenge, fact, outcome};

/// Every path, and whether an administrator chooses.
const PATHS: [(&str, bool); 7] = [
    ("sign-up", false),
    ("new password", false),
    ("change", false),
    ("reset", false),
    ("admin create", true),
    ("admin permanent", true),
    ("admin temporary", true),
];

/// Chooses a password by a path; the fact that came of it.
async fn choose(
    kit: &TestService,
    (pool, client): (&UserPool, &TestClient),
    path: &str,
    password: &str,
) -> String {
    // Limits count by the hour.
    kit.clock.advance(Ttl::from_hours(2));
    match path {
        "sign-up" => {
            let mut request = sign_up_request(client, "newcomer");
            request.password = Some(password.into());
            fact(&kit.sign_up(request).await)
        }
        "new password" => {
            kit.temporary_password(pool, "alice").await;
            let asked = challenge(kit.sign_in(client, "alice", PASSWORD).await);
            let pairs = [("USERNAME", "alice"), ("NEW_PASSWORD", password)];
            let session = asked.challenge_session.as_ref();
            outcome(&kit.respond(client, asked.name, session, &pairs).await)
        }
        "change" => {
            kit.set_password(pool, "alice", PASSWORD).await;
            let tokens = kit.tokens_of(client, "alice").await;
            fact(&kit.change_own_password(&tokens, PASSWORD, password).await)
        }
        "reset" => {
            kit.set_password(pool, "alice", PASSWORD).await;
            kit.forget(client, "alice").await.unwrap();
            let code = kit.code_to("alice@example.com").await;
            fact(&kit.reset(client, "alice", &code, password).await)
        }
        "admin create" => {
            let mut request = admin_request(pool, "created");
            request.temporary_password = Some(password.into());
            fact(&kit.admin_create_user(request).await)
        }
        path => {
            let set = kit.admin_set_user_password(AdminSetUserPassword {
                pool_id: pool.id.clone(),
                username: "alice".into(),
                password: password.into(),
                is_permanent: path == "admin permanent",
            });
            fact(&set.await)
        }
    }
}

fn refusal(violation: PasswordViolation, is_admin: bool) -> String {
    if is_admin {
        format!("AdminPasswordPolicyViolated({violation:?})")
    } else {
        format!("PasswordPolicyViolated({violation:?})")
    }
}

#[tokio::test]
async fn s39_every_path_holds_every_rule() {
    use PasswordViolation as Rule;
    let too_long = format!("Aa1!{}", "x".repeat(253));
    let rules = [
        ("Sh0rt!", Rule::TooShort),
        ("nouppercase1!", Rule::NoUppercase),
        ("NOLOWERCASE1!", Rule::NoLowercase),
        ("NoNumber!!", Rule::NoNumber),
        ("NoSymbol11", Rule::NoSymbol),
        (too_long.as_str(), Rule::TooLong),
    ];
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        kit.reachable_user(&pool, "alice").await;
        for (path, is_admin) in PATHS {
            for (password, rule) in rules {
                let chosen = choose(&kit, (&pool, &client), path, password).await;
                assert_eq!(chosen, refusal(rule, is_admin), "{path}: {password}");
            }
            let chosen = choose(&kit, (&pool, &client), path, "G00d!password").await;
            assert!(["Ok", "Tokens"].contains(&chosen.as_str()), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn s39_a_pool_with_another_policy_is_held_to_that() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                settings.password_policy.minimum_length = 9;
                settings.password_policy.requires_symbols = false;
            })
            .await;
        let client = kit.public_client(&pool).await;
        kit.reachable_user(&pool, "alice").await;
        for (path, is_admin) in PATHS {
            let chosen = choose(&kit, (&pool, &client), path, "Passw0rd").await;
            assert_eq!(chosen, refusal(PasswordViolation::TooShort, is_admin));
            let chosen = choose(&kit, (&pool, &client), path, "Passw0rds").await;
            assert!(["Ok", "Tokens"].contains(&chosen.as_str()), "{path}");
        }
    })
    .await;
}

#[tokio::test]
async fn s40_common_passwords_are_refused_on_every_path_where_the_operator_wants_it() {
    let kit = TestService::start_with(|settings| settings.refuses_common_passwords = true).await;
    let pool = kit.pool().await;
    let client = kit.public_client(&pool).await;
    let mut request = admin_request(&pool, "alice");
    request.temporary_password = Some("Quiet-Tulip-7".into());
    request.attributes = poolhouse_testkit::attributes(&[
        ("email", "alice@example.com"),
        ("email_verified", "true"),
    ]);
    kit.admin_create_user(request).await.unwrap();
    for (path, is_admin) in [
        ("sign-up", false),
        ("admin create", true),
        ("admin temporary", true),
        ("admin permanent", true),
    ] {
        for password in ["Passw0rd!", "Dragon2026!", "P@$$word1"] {
            let chosen = choose(&kit, (&pool, &client), path, password).await;
            let expected = refusal(PasswordViolation::Common, is_admin);
            assert_eq!(chosen, expected, "{path}: {password}");
        }
        let chosen = choose(&kit, (&pool, &client), path, "Quiet-Tulip-8").await;
        assert_eq!(chosen, "Ok", "{path}");
    }
    let signed_in = kit.sign_in(&client, "alice", "Quiet-Tulip-8").await;
    let tokens = crate::facts::tokens(signed_in);
    let changed = kit
        .change_own_password(&tokens, "Quiet-Tulip-8", "Dragon2026!")
        .await;
    let expected = refusal(PasswordViolation::Common, false);
    assert_eq!(fact(&changed), expected);
    kit.forget(&client, "alice").await.unwrap();
    let code = kit.code_to("alice@example.com").await;
    let reset = kit.reset(&client, "alice", &code, "Dragon2026!").await;
    assert_eq!(fact(&reset), expected);
    let temporary = kit.admin_set_user_password(AdminSetUserPassword {
        pool_id: pool.id.clone(),
        username: "alice".into(),
        password: "Quiet-Tulip-9".into(),
        is_permanent: false,
    });
    temporary.await.unwrap();
    let asked = challenge(kit.sign_in(&client, "alice", "Quiet-Tulip-9").await);
    let pairs = [("USERNAME", "alice"), ("NEW_PASSWORD", "Dragon2026!")];
    let session = asked.challenge_session.as_ref();
    let answered = kit.respond(&client, asked.name, session, &pairs).await;
    assert_eq!(outcome(&answered), expected);
}

#[tokio::test]
async fn s39_an_expired_temporary_password_opens_no_path() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.reachable_user(&pool, "alice").await;
        kit.temporary_password(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let asked = challenge(kit.sign_in(&client, "alice", PASSWORD).await);
        let (srp, exchange) = kit.start_srp(&client, "alice").await.unwrap();
        kit.clock.advance(Ttl::from_days(7));
        let expired = "TemporaryPasswordExpired";
        let pairs = [("USERNAME", "alice"), ("PASSWORD", PASSWORD)];
        let flow = poolhouse_service::AuthFlow::AdminUserPassword;
        for refused in [
            kit.sign_in(&client, "alice", PASSWORD).await,
            kit.sign_in_by_srp(&client, "alice", PASSWORD).await,
            kit.admin_initiate(&client, flow, &pairs).await,
        ] {
            assert_eq!(outcome(&refused), expired);
        }
        let page = kit.sign_in_for(&client, "alice", &[]).await;
        assert_eq!(fact(&page), expired);
        // What began before has ended by then.
        let late = kit.finish_srp(&client, &srp, &exchange, PASSWORD).await;
        assert!(late.is_err());
        let answer = [("USERNAME", "alice"), ("NEW_PASSWORD", "G00d!password")];
        let session = asked.challenge_session.as_ref();
        let late = kit.respond(&client, asked.name, session, &answer).await;
        assert!(late.is_err());
        // Nor does a code open what the administrator has to open again.
        let forgotten = kit.forget(&client, "alice").await;
        assert_eq!(fact(&forgotten), "PasswordNotResettable");
    })
    .await;
}

#[tokio::test]
async fn s38_a_megabyte_of_password_costs_no_hash_on_any_path() {
    let huge = "x".repeat(1024 * 1024);
    on_every_engine(|kit| {
        let huge = huge.clone();
        async move {
            let pool = kit.pool().await;
            let client = kit.public_client(&pool).await;
            kit.reachable_user(&pool, "alice").await;
            let tokens = kit.tokens_of(&client, "alice").await;
            kit.forget(&client, "alice").await.unwrap();
            let code = kit.code_to("alice@example.com").await;
            let before = kit.password_hash_count();
            let too_long = refusal(PasswordViolation::TooLong, false);
            let changed = kit.change_own_password(&tokens, PASSWORD, &huge).await;
            assert_eq!(fact(&changed), too_long);
            let changed = kit.change_own_password(&tokens, &huge, PASSWORD).await;
            assert_eq!(fact(&changed), "WrongUsernameOrPassword");
            let reset = kit.reset(&client, "alice", &code, &huge).await;
            assert_eq!(fact(&reset), too_long);
            assert_eq!(kit.password_hash_count(), before);
        }
    })
    .await;
}
