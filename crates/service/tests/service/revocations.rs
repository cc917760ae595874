//! Ending tokens and sessions: by revocation, sign-out, password, and with the user.

use poolhouse_model::{SecretString, User, UserPool};
use poolhouse_oauth::parameters::Parameters;
use poolhouse_oauth::revocation::RevocationRequest;
use poolhouse_oauth::token_response::TokenResponse;
use poolhouse_service::{
    AuthorizationDecision, IssuedTokens, RefreshRequest, RevokeToken, Service,
};
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestClient, TestDatabase, TestService, on_every_engine,
};

use crate::facts::fact;

async fn refresh(service: &Service, client: &TestClient, token: &SecretString) -> String {
    let request = RefreshRequest {
        client_id: client.id.clone(),
        client_secret: client.secret.clone(),
        refresh_token: token.clone(),
    };
    fact(&service.get_tokens_from_refresh_token(request).await)
}

async fn revoke(kit: &TestService, client: &TestClient, token: &str) -> String {
    let request = RevokeToken {
        client_id: client.id.clone(),
        client_secret: client.secret.clone(),
        token: token.into(),
        with_linked_sessions: false,
    };
    fact(&kit.revoke_token(request).await)
}

async fn revoke_at_endpoint(kit: &TestService, client: &TestClient, token: &str) -> String {
    let mut parameters = Parameters::default()
        .with("token", token)
        .with("client_id", client.id.as_str());
    if let Some(secret) = &client.secret {
        parameters = parameters.with("client_secret", secret.expose());
    }
    let request = RevocationRequest::parse(None, &parameters).unwrap();
    fact(&kit.revoke_by_endpoint(&request, None).await)
}

#[tokio::test]
async fn s29_a_revoked_token_ends_its_family_and_no_other() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        for client in [
            kit.public_client(&pool).await,
            kit.confidential_client(&pool).await,
        ] {
            for is_endpoint in [false, true] {
                let sibling = kit.tokens_of(&client, "alice").await;
                let tokens = kit.tokens_of(&client, "alice").await;
                let token = tokens.refresh_token.as_ref().unwrap();
                for round in 0..2 {
                    // Revoking twice is no error.
                    let revoked = if is_endpoint {
                        revoke_at_endpoint(&kit, &client, token.expose()).await
                    } else {
                        revoke(&kit, &client, token.expose()).await
                    };
                    assert_eq!(revoked, "Ok", "round {round}");
                }
                assert_eq!(refresh(&kit, &client, token).await, "RefreshTokenRevoked");
                let access = tokens.access_token.expose();
                assert_eq!(fact(&kit.get_user(access).await), "AccessTokenRevoked");
                let access = sibling.access_token.expose();
                assert_eq!(fact(&kit.get_user(access).await), "Ok");
                let token = sibling.refresh_token.as_ref().unwrap();
                assert_eq!(refresh(&kit, &client, token).await, "Ok");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn s29_the_access_token_of_a_revoked_page_sign_in_ends_at_user_info() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let (access, refresh_token) = page_tokens(&kit, &client).await;
        assert!(kit.get_user_info(&access).await.is_ok());
        let revoked = revoke_at_endpoint(&kit, &client, refresh_token.expose()).await;
        assert_eq!(revoked, "Ok");
        let refused = kit.get_user_info(&access).await;
        assert_eq!(fact(&refused), "Refused(TokenInvalid)");
    })
    .await;
}

async fn page_tokens(kit: &TestService, client: &TestClient) -> (SecretString, SecretString) {
    let code = kit.authorization_code(client, "alice", &[]).await;
    match kit.exchange_code(client, &code, &[]).await {
        Ok(TokenResponse::User {
            access_token,
            refresh_token: Some(refresh_token),
            ..
        }) => (access_token, refresh_token),
        outcome => panic!("no tokens: {}", fact(&outcome)),
    }
}

#[tokio::test]
async fn s29_what_is_no_refresh_token_of_the_client_ends_nothing() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let (client, other) = (
            kit.public_client(&pool).await,
            kit.public_client(&pool).await,
        );
        let tokens = kit.tokens_of(&client, "alice").await;
        let refresh_token = tokens.refresh_token.as_ref().unwrap();
        let (access, id) = (
            tokens.access_token.expose(),
            tokens.id_token.as_ref().unwrap().expose(),
        );
        for (client, token, by_operation, at_endpoint) in [
            (&client, "garbage", "Ok", "Ok"),
            (&client, "a.b.c.d.e", "Ok", "Ok"),
            (&client, "a.b.c", "Ok", "Ok"),
            (
                &client,
                access,
                "TokenNotRevocable",
                "Refused(NotARefreshToken)",
            ),
            (
                &client,
                id,
                "TokenNotRevocable",
                "Refused(NotARefreshToken)",
            ),
            (
                &other,
                refresh_token.expose(),
                "TokenOfAnotherClient",
                "Refused(TokenOfAnotherClient)",
            ),
        ] {
            assert_eq!(revoke(&kit, client, token).await, by_operation);
            assert_eq!(revoke_at_endpoint(&kit, client, token).await, at_endpoint);
        }
        assert_eq!(refresh(&kit, &client, refresh_token).await, "Ok");
        assert_eq!(fact(&kit.get_user(access).await), "Ok");
    })
    .await;
}

#[tokio::test]
async fn s29_a_client_must_authenticate_and_have_revocation_enabled() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.confidential_client(&pool).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let token = tokens.refresh_token.as_ref().unwrap();
        for secret in [None, Some("wrong")] {
            let mut unproven = client.clone();
            unproven.secret = secret.map(SecretString::from);
            let refused = revoke(&kit, &unproven, token.expose()).await;
            assert_eq!(refused, "ClientNotAuthenticated");
            let refused = revoke_at_endpoint(&kit, &unproven, token.expose()).await;
            assert!(
                refused.starts_with("Refused(ClientAuthentication"),
                "{refused}"
            );
        }
        assert_eq!(refresh(&kit, &client, token).await, "Ok");

        let fixed = kit
            .client_with(&pool, |request| {
                request.settings.is_token_revocation_enabled = false;
            })
            .await;
        let tokens = kit.tokens_of(&fixed, "alice").await;
        let token = tokens.refresh_token.as_ref().unwrap();
        let refused = revoke(&kit, &fixed, token.expose()).await;
        assert_eq!(refused, "TokenRevocationDisabled");
        let refused = revoke_at_endpoint(&kit, &fixed, token.expose()).await;
        assert_eq!(refused, "Refused(RevocationDisabled)");
        assert_eq!(refresh(&kit, &fixed, token).await, "Ok");
    })
    .await;
}

/// Everything that a signed-in user holds.
struct Holdings {
    api: IssuedTokens,
    page_access: SecretString,
    cookie: SecretString,
    code: String,
}

impl Holdings {
    async fn of_alice(kit: &TestService, client: &TestClient) -> Self {
        let api = kit.tokens_of(client, "alice").await;
        let (page_access, _) = page_tokens(kit, client).await;
        let signed_in = kit.sign_in_for(client, "alice", &[]).await.unwrap();
        let code = kit.authorization_code(client, "alice", &[]).await;
        Self {
            api,
            page_access,
            cookie: signed_in.cookie,
            code,
        }
    }

    /// Asks for each of them once: `+` for what still works.
    async fn probe(&self, kit: &TestService, client: &TestClient) -> String {
        let refresh_token = self.api.refresh_token.as_ref().unwrap();
        let other_instance = kit.another_instance();
        let works = [
            refresh(kit, client, refresh_token).await == "Ok",
            refresh(&other_instance, client, refresh_token).await == "Ok",
            kit.get_user(self.api.access_token.expose()).await.is_ok(),
            kit.get_user_info(&self.page_access).await.is_ok(),
            is_signed_in(kit, client, &self.cookie).await,
            kit.exchange_code(client, &self.code, &[]).await.is_ok(),
        ];
        works
            .map(|works| if works { '+' } else { '-' })
            .iter()
            .collect()
    }
}

async fn is_signed_in(kit: &TestService, client: &TestClient, cookie: &SecretString) -> bool {
    let authorization = kit.authorize(client, &[("prompt", "none")]).await.unwrap();
    let decision = kit
        .decide_authorization(&authorization, Some(cookie.expose()))
        .await;
    match decision.unwrap() {
        AuthorizationDecision::Redirect(location) => location.contains("?code="),
        AuthorizationDecision::SignIn => false,
    }
}

#[tokio::test]
async fn s30_sign_out_password_disabling_and_deletion_end_everything_at_once() {
    on_every_engine(|kit| async move {
        for event in [
            "nothing",
            "another user",
            "global sign-out",
            "new password",
            "temporary password",
            "own new password",
            "password reset",
            "reset demanded",
            "disabled",
            "disabled by an administrator",
            "disabled and enabled again",
            "signed out by an administrator",
            "deleted",
            "deleted by themselves",
            "client deleted",
            "pool deleted",
        ] {
            let pool = kit.pool().await;
            kit.reachable_user(&pool, "alice").await;
            kit.user(&pool, "bob").await;
            let client = kit.public_client(&pool).await;
            let holdings = Holdings::of_alice(&kit, &client).await;
            cause(&kit, &pool, &client, event, &holdings).await;
            if event.ends_with("client deleted") || event == "pool deleted" {
                let token = holdings.api.access_token.expose();
                assert!(kit.get_user(token).await.is_err(), "{event}");
                let token = holdings.api.refresh_token.as_ref().unwrap();
                assert_ne!(refresh(&kit, &client, token).await, "Ok", "{event}");
                continue;
            }
            let expected = match event {
                "nothing" | "another user" => "++++++",
                // The sign-in that changed the password goes on.
                "own new password" => "+++---",
                _ => "------",
            };
            assert_eq!(holdings.probe(&kit, &client).await, expected, "{event}");
        }
    })
    .await;
}

async fn cause(
    kit: &TestService,
    pool: &UserPool,
    client: &TestClient,
    event: &str,
    holdings: &Holdings,
) {
    match event {
        "nothing" => {}
        "another user" => kit.set_password(pool, "bob", "N3w!password").await,
        "global sign-out" => {
            let token = holdings.api.access_token.expose();
            kit.global_sign_out(token).await.unwrap();
        }
        "new password" => kit.set_password(pool, "alice", "N3w!password").await,
        "temporary password" => kit.temporary_password(pool, "alice").await,
        "own new password" => kit
            .change_own_password(&holdings.api, PASSWORD, "N3w!password")
            .await
            .unwrap(),
        "password reset" => {
            kit.forget(client, "alice").await.unwrap();
            let code = kit.code_to("alice@example.com").await;
            let reset = kit.reset(client, "alice", &code, "N3w!password").await;
            reset.unwrap();
        }
        "reset demanded" => kit.demand_reset(pool, "alice").await.unwrap(),
        "disabled" => kit.disable(pool, "alice").await,
        "disabled by an administrator" => {
            kit.admin_disable_user(&pool.id, "alice").await.unwrap();
        }
        "disabled and enabled again" => {
            kit.admin_disable_user(&pool.id, "alice").await.unwrap();
            kit.admin_enable_user(&pool.id, "alice").await.unwrap();
        }
        "signed out by an administrator" => {
            let signed_out = kit.admin_user_global_sign_out(&pool.id, "alice").await;
            signed_out.unwrap();
        }
        "deleted by themselves" => {
            let token = holdings.api.access_token.expose();
            kit.delete_user(token).await.unwrap();
        }
        "deleted" => kit.admin_delete_user(&pool.id, "alice").await.unwrap(),
        "client deleted" => {
            let deleted = kit.delete_user_pool_client(&pool.id, &client.id).await;
            deleted.unwrap();
        }
        "pool deleted" => kit.delete_user_pool(&pool.id).await.unwrap(),
        event => panic!("{event}"),
    }
}

#[tokio::test]
async fn s30_the_user_goes_on_after_signing_out_everywhere() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        // Within the same second, which `iat` cannot tell apart.
        let before = kit.tokens_of(&client, "alice").await;
        kit.global_sign_out(before.access_token.expose())
            .await
            .unwrap();
        let after = kit.tokens_of(&client, "alice").await;
        assert_eq!(fact(&kit.get_user(after.access_token.expose()).await), "Ok");
        let again = kit.global_sign_out(before.access_token.expose()).await;
        assert_eq!(fact(&again), "AccessTokenRevoked");
        assert_eq!(fact(&kit.get_user(after.access_token.expose()).await), "Ok");
    })
    .await;
}

/// Ends a family, uses a code and counts a failure; then crashes.
async fn survive_a_crash(kit: TestService) {
    let pool = kit.pool().await;
    kit.user(&pool, "alice").await;
    let client = kit.public_client(&pool).await;
    let revoked = kit.tokens_of(&client, "alice").await;
    let live = kit.tokens_of(&client, "alice").await;
    let token = revoked.refresh_token.as_ref().unwrap();
    assert_eq!(revoke(&kit, &client, token.expose()).await, "Ok");
    let code = kit.authorization_code(&client, "alice", &[]).await;
    assert_eq!(fact(&kit.exchange_code(&client, &code, &[]).await), "Ok");
    let unused = kit.authorization_code(&client, "alice", &[]).await;

    let kit = kit.crash_and_restart().await;
    assert_eq!(refresh(&kit, &client, token).await, "RefreshTokenRevoked");
    let access = revoked.access_token.expose();
    assert_eq!(fact(&kit.get_user(access).await), "AccessTokenRevoked");
    let spent = kit.exchange_code(&client, &code, &[]).await;
    assert_eq!(fact(&spent), "Refused(CodeSpent)");
    // What was alive still is, under the same keys.
    let token = live.refresh_token.as_ref().unwrap();
    assert_eq!(refresh(&kit, &client, token).await, "Ok");
    assert_eq!(fact(&kit.get_user(live.access_token.expose()).await), "Ok");
    assert_eq!(fact(&kit.exchange_code(&client, &unused, &[]).await), "Ok");
    kit.tokens_of(&client, "alice").await;
}

#[tokio::test]
async fn r3_a_revoked_or_used_token_stays_so_after_a_crash() {
    survive_a_crash(TestService::start_on_disk().await).await;
    if let Some(database) = TestDatabase::make().await {
        survive_a_crash(TestService::start_on_postgres(&database).await).await;
        database.drop_it().await;
    }
}

/// A password that is hashed anew leaves time between its proof and the tokens. The sign-out comes
/// by another instance and in a thread of its own, in the moment when the new salt is drawn.
#[tokio::test]
async fn s30_a_sign_out_while_the_password_is_hashed_anew_ends_that_sign_in_too() {
    let kit = TestService::start().await;
    let pool = kit.pool().await;
    let client = kit.public_client(&pool).await;
    kit.user(&pool, "alice").await;
    let without_verifier = |user: &mut User| user.password.as_mut().unwrap().srp = None;
    kit.change(&pool, "alice", without_verifier).await;

    let other = kit.another_instance();
    let pool_id = pool.id.clone();
    kit.rng.interrupt_next_draw(move || {
        let sign_out = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_time()
                .build();
            let signed_out = other.admin_user_global_sign_out(&pool_id, "alice");
            runtime.unwrap().block_on(signed_out)
        });
        sign_out.join().unwrap().unwrap();
    });
    let outcome = kit.sign_in(&client, "alice", PASSWORD).await;
    assert!(!kit.rng.is_to_interrupt(), "the sign-out was in the middle");
    assert_eq!(fact(&outcome), "WrongUsernameOrPassword");
    // The record was made anew all the same, and the next sign-in is good.
    let stored = kit.admin_get_user(&pool.id, "alice").await.unwrap();
    assert!(stored.password.unwrap().srp.is_some());
    let again = kit.tokens_of(&client, "alice").await;
    assert_eq!(fact(&kit.get_user(again.access_token.expose()).await), "Ok");
}

#[tokio::test]
async fn linked_sessions_are_refused_by_name_before_anything_is_ended() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let tokens = kit.tokens_of(&client, "alice").await;
        let token = tokens.refresh_token.as_ref().unwrap();
        let request = RevokeToken {
            client_id: client.id.clone(),
            client_secret: client.secret.clone(),
            token: token.clone(),
            with_linked_sessions: true,
        };
        let refused = fact(&kit.revoke_token(request).await);
        assert!(refused.contains("RevokeAssociatedSessions"), "{refused}");
        assert!(refresh(&kit, &client, token).await.starts_with("Ok"));
    })
    .await;
}
