//! `USER_SRP_AUTH` and `PASSWORD_VERIFIER`.

use poolhouse_service::{ServiceError, SignInOutcome};
use poolhouse_testkit::{PASSWORD, SignInExt, on_every_engine};

#[tokio::test]
async fn the_right_password_signs_in_and_a_wrong_one_does_not() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        for client in [
            kit.public_client(&pool).await,
            kit.confidential_client(&pool).await,
        ] {
            let outcome = kit.sign_in_by_srp(&client, "alice", PASSWORD).await;
            assert!(
                matches!(outcome, Ok(SignInOutcome::Tokens(_))),
                "{outcome:?}"
            );
            let outcome = kit.sign_in_by_srp(&client, "alice", "Wr0ng!word").await;
            let error = outcome.unwrap_err();
            assert!(
                matches!(error, ServiceError::WrongUsernameOrPassword),
                "{error:?}"
            );
        }
    })
    .await;
}
