//! `USER_PASSWORD_AUTH`, `ADMIN_USER_PASSWORD_AUTH`, and what both check in which order.

use poolhouse_model::{ClientId, UserPoolId};
use poolhouse_service::{AuthFlow, AuthParameters, InitiateAuth, SignInOutcome};
use poolhouse_testkit::{PASSWORD, SignInExt, on_every_engine};

use crate::facts::{Pairs, fact, outcome, tokens};

#[tokio::test]
async fn a_password_gives_three_tokens_and_their_lifetime() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        for client in [
            kit.public_client(&pool).await,
            kit.confidential_client(&pool).await,
        ] {
            let pairs = [("USERNAME", "alice"), ("PASSWORD", PASSWORD)];
            let public = kit.initiate(&client, AuthFlow::UserPassword, &pairs);
            let admin = kit.admin_initiate(&client, AuthFlow::AdminUserPassword, &pairs);
            for issued in [tokens(public.await), tokens(admin.await)] {
                assert!(issued.id_token.is_some() && issued.refresh_token.is_some());
                assert_eq!(issued.access_token_ttl.as_secs(), 3600);
            }
        }
    })
    .await;
}

#[tokio::test]
async fn each_missing_parameter_is_named_and_an_empty_one_is_missing() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let (password, srp, refresh) = (
            AuthFlow::UserPassword,
            AuthFlow::UserSrp,
            AuthFlow::RefreshToken,
        );
        let table: [(AuthFlow, Pairs<'_>, &str); 8] = [
            (password, &[], "USERNAME"),
            (password, &[("PASSWORD", PASSWORD)], "USERNAME"),
            (
                password,
                &[("USERNAME", ""), ("PASSWORD", PASSWORD)],
                "USERNAME",
            ),
            (password, &[("USERNAME", "alice")], "PASSWORD"),
            (
                password,
                &[("USERNAME", "alice"), ("PASSWORD", "")],
                "PASSWORD",
            ),
            (srp, &[("SRP_A", "2a")], "USERNAME"),
            (srp, &[("USERNAME", "alice")], "SRP_A"),
            (refresh, &[("USERNAME", "alice")], "REFRESH_TOKEN"),
        ];
        for (flow, pairs, missing) in table {
            let expected = format!("ParameterMissing(\"{missing}\")");
            assert_eq!(outcome(&kit.initiate(&client, flow, pairs).await), expected);
        }
    })
    .await;
}

#[tokio::test]
async fn a_name_longer_than_any_is_refused_before_it_is_looked_up() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.discreet_client(&pool).await;
        let longest = "\u{e9}".repeat(2048);
        let too_long = "x".repeat(2049);
        let expected = "InvalidInput(\"USERNAME is too long.\")";
        let refused = kit.sign_in(&client, &too_long, PASSWORD).await;
        assert_eq!(outcome(&refused), expected);
        let refused = kit.sign_in_by_srp(&client, &too_long, PASSWORD).await;
        assert_eq!(outcome(&refused), expected);
        let page = kit.sign_in_for(&client, &too_long, &[]).await;
        assert_eq!(fact(&page), "WrongUsernameOrPassword");
        for name in [longest.as_str(), "a\0b"] {
            let unknown = kit.sign_in(&client, name, PASSWORD).await;
            assert_eq!(outcome(&unknown), "WrongUsernameOrPassword");
            let unknown = kit.sign_in_by_srp(&client, name, PASSWORD).await;
            assert_eq!(outcome(&unknown), "WrongUsernameOrPassword");
        }
    })
    .await;
}

#[tokio::test]
async fn an_unknown_client_or_pool_is_named_first() {
    on_every_engine(|kit| async move {
        let (pool, other) = (kit.pool().await, kit.pool().await);
        let client = kit.public_client(&pool).await;
        let call = |admin_pool_id: Option<UserPoolId>, client_id: &ClientId| InitiateAuth {
            admin_pool_id,
            client_id: client_id.clone(),
            flow: AuthFlow::AdminUserPassword,
            parameters: AuthParameters::default(),
        };
        let (nobody, nowhere) = (
            ClientId::new("nobody"),
            UserPoolId::new("us-east-1_nowhere"),
        );
        let table = [
            (
                call(None, &nobody),
                "AppClientNotFound(ClientId(\"nobody\"))".to_owned(),
            ),
            (
                call(Some(pool.id.clone()), &nobody),
                "AppClientNotFound(ClientId(\"nobody\"))".to_owned(),
            ),
            (
                call(Some(nowhere), &client.id),
                "UserPoolNotFound(UserPoolId(\"us-east-1_nowhere\"))".to_owned(),
            ),
            // A client of another pool is not there.
            (
                call(Some(other.id.clone()), &client.id),
                format!("AppClientNotFound({:?})", client.id),
            ),
        ];
        for (request, expected) in table {
            assert_eq!(outcome(&kit.initiate_auth(request).await), expected);
        }
    })
    .await;
}

#[tokio::test]
async fn the_flow_is_checked_before_parameters_and_secret() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit
            .client_with(&pool, |request| {
                request.generates_secret = true;
                request.settings.explicit_auth_flows = Some(vec![]);
            })
            .await;
        let refused = kit.initiate(&client, AuthFlow::UserPassword, &[]).await;
        assert_eq!(
            outcome(&refused),
            "AuthFlowNotEnabled(\"USER_PASSWORD_AUTH\")"
        );
        let refused = kit
            .initiate(&client, AuthFlow::AdminUserPassword, &[])
            .await;
        assert_eq!(outcome(&refused), "AuthFlowNotSupported");
        let refused = kit
            .admin_initiate(&client, AuthFlow::UserPassword, &[])
            .await;
        assert_eq!(outcome(&refused), "AuthFlowNotSupported");
        let refused = kit
            .admin_initiate(&client, AuthFlow::AdminUserPassword, &[])
            .await;
        assert_eq!(outcome(&refused), "AdminAuthFlowNotEnabled");
    })
    .await;
}

#[tokio::test]
async fn s25_a_secret_hash_must_be_there_right_and_expected() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let confidential = kit.confidential_client(&pool).await;
        let other = kit.confidential_client(&pool).await;
        let public = kit.public_client(&pool).await;
        let mut bare = confidential.clone();
        bare.secret = None;
        let id = format!("{:?}", confidential.id);
        let right = confidential.secret_hash("alice").unwrap();
        let of_other = other.secret_hash("alice").unwrap();
        let of_bob = confidential.secret_hash("bob").unwrap();
        let short = &right[..right.len() - 1];
        let table = [
            (None, format!("SecretHashMissing({id})")),
            (Some(right.as_str()), "Tokens".to_owned()),
            (Some(of_other.as_str()), format!("SecretHashMismatch({id})")),
            (Some(of_bob.as_str()), format!("SecretHashMismatch({id})")),
            (Some(short), format!("SecretHashMismatch({id})")),
            (Some(""), format!("SecretHashMismatch({id})")),
        ];
        for (hash, expected) in table {
            let mut pairs = vec![("USERNAME", "alice"), ("PASSWORD", PASSWORD)];
            pairs.extend(hash.map(|hash| ("SECRET_HASH", hash)));
            let answer = kit.initiate(&bare, AuthFlow::UserPassword, &pairs).await;
            assert_eq!(outcome(&answer), expected, "{hash:?}");
        }
        let pairs = [
            ("USERNAME", "alice"),
            ("PASSWORD", PASSWORD),
            ("SECRET_HASH", &right),
        ];
        let answer = kit.initiate(&public, AuthFlow::UserPassword, &pairs).await;
        assert_eq!(
            outcome(&answer),
            format!("SecretHashUnexpected({:?})", public.id)
        );
    })
    .await;
}

#[tokio::test]
async fn a_wrong_secret_hash_is_refused_before_the_password_is_looked_at() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.confidential_client(&pool).await;
        let before = kit.password_hash_count();
        for _ in 0..8 {
            let pairs = [
                ("USERNAME", "alice"),
                ("PASSWORD", "x"),
                ("SECRET_HASH", "eA=="),
            ];
            let refused = kit.initiate(&client, AuthFlow::UserPassword, &pairs).await;
            assert!(fact(&refused).starts_with("SecretHashMismatch"));
        }
        assert_eq!(kit.password_hash_count(), before);
        // Nor did it count against the user.
        assert!(matches!(
            kit.sign_in(&client, "alice", PASSWORD).await,
            Ok(SignInOutcome::Tokens(_))
        ));
    })
    .await;
}

#[tokio::test]
async fn custom_and_choice_flows_are_not_enabled_whatever_the_client_lists() {
    use poolhouse_model::ExplicitAuthFlow as Flow;
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit
            .client_with(&pool, |request| {
                let flows = vec![Flow::AllowCustom, Flow::AllowUserAuth];
                request.settings.explicit_auth_flows = Some(flows);
            })
            .await;
        for (flow, name) in [
            (AuthFlow::Custom, "CUSTOM_AUTH"),
            (AuthFlow::UserChoice, "USER_AUTH"),
        ] {
            let refused = kit.initiate(&client, flow, &[("USERNAME", "alice")]).await;
            assert_eq!(outcome(&refused), format!("AuthFlowNotEnabled(\"{name}\")"));
        }
    })
    .await;
}
