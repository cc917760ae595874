//! How many messages leave: to one user, to one address, of one pool.

use futures_util::future::join_all;
use poolhouse_model::{ContactAttribute, Ttl, UserPool};
use poolhouse_service::{MessageLimits, ResendConfirmationCode};
use poolhouse_testkit::{
    TestClient, TestService, admin_request, attributes, on_every_engine, sign_up_request,
};

use crate::facts::fact;

const LIMITED: &str = "AttemptLimitExceeded";

async fn sign_up(kit: &TestService, client: &TestClient, name: &str, email: &str) -> String {
    let mut request = sign_up_request(client, name);
    request.attributes = attributes(&[("email", email)]);
    fact(&kit.sign_up(request).await)
}

async fn resend(kit: &TestService, client: &TestClient, name: &str) -> String {
    let resent = kit.resend_confirmation_code(ResendConfirmationCode {
        client_id: client.id.clone(),
        secret_hash: None,
        username: name.to_owned(),
    });
    fact(&resent.await)
}

async fn invite(kit: &TestService, pool: &UserPool, name: &str, email: &str) -> String {
    let mut request = admin_request(pool, name);
    request.message_action = None;
    request.attributes = attributes(&[("email", email)]);
    fact(&kit.admin_create_user(request).await)
}

#[tokio::test]
async fn s74_one_address_gets_twenty_messages_an_hour_whoever_asks_for_them() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let victim = "victim@example.com";
        let names = (0..30).map(|number| format!("user-{number}"));
        let names: Vec<String> = names.collect();
        let sign_ups = names
            .iter()
            .map(|name| sign_up(&kit, &client, name, victim));
        let outcomes = join_all(sign_ups).await;
        let signed_up = outcomes.iter().filter(|outcome| *outcome == "Ok").count();
        assert_eq!(signed_up, 20, "{outcomes:?}");
        assert!(outcomes.iter().all(|o| o == "Ok" || o == LIMITED));
        assert_eq!(kit.messages_to(victim).await.len(), 20);
        // Another spelling is the same mailbox, and what was refused left nothing behind.
        let first_refused = outcomes.iter().position(|o| o == LIMITED).unwrap();
        let name = &names[first_refused];
        let again = sign_up(&kit, &client, name, "Victim@Example.com").await;
        assert_eq!(again, LIMITED);
        let nobody = kit.admin_get_user(&pool.id, name).await;
        assert_eq!(fact(&nobody), "UserNotFound");
        // Every sender of a message shares the count.
        kit.user_with(
            &pool,
            "reachable",
            &[("email", victim), ("email_verified", "true")],
        )
        .await;
        assert_eq!(fact(&kit.forget(&client, "reachable").await), LIMITED);
        assert_eq!(fact(&kit.demand_reset(&pool, "reachable").await), LIMITED);
        assert_eq!(invite(&kit, &pool, "invited", victim).await, LIMITED);
        let signed_up = outcomes.iter().position(|o| o == "Ok").unwrap();
        assert_eq!(resend(&kit, &client, &names[signed_up]).await, LIMITED);
        // Others are not touched, and the next hour begins anew.
        assert_eq!(sign_up(&kit, &client, "bob", "bob@example.com").await, "Ok");
        kit.clock.advance(Ttl::from_hours(1));
        assert_eq!(sign_up(&kit, &client, name, victim).await, "Ok");
        assert_eq!(kit.messages_to(victim).await.len(), 21);
    })
    .await;
}

#[tokio::test]
async fn s74_a_pool_sends_as_many_mails_an_hour_as_it_may() {
    let limits = MessageLimits {
        mails_per_pool: 7,
        ..MessageLimits::default()
    };
    let kit = TestService::start_with(|settings| settings.message_limits = limits).await;
    let (pool, other) = (kit.pool().await, kit.pool().await);
    let client = kit.public_client(&pool).await;
    let names: Vec<String> = (0..20).map(|number| format!("user-{number}")).collect();
    let sign_ups = names.iter().map(|name| {
        let (kit, client) = (&kit, &client);
        async move { sign_up(kit, client, name, &format!("{name}@example.com")).await }
    });
    let outcomes = join_all(sign_ups).await;
    let signed_up = outcomes.iter().filter(|outcome| *outcome == "Ok").count();
    assert_eq!(signed_up, 7, "{outcomes:?}");
    let client = kit.public_client(&other).await;
    assert_eq!(sign_up(&kit, &client, "ann", "ann@example.com").await, "Ok");
    // A pool that is never quiet begins anew with the hour.
    let client = kit.public_client(&pool).await;
    for minute in 0..70 {
        kit.clock.advance(Ttl::from_minutes(1));
        let name = format!("late-{minute}");
        sign_up(&kit, &client, &name, &format!("{name}@example.com")).await;
    }
    assert_eq!(kit.list_inbox(None, None).await.unwrap().len(), 7 + 1 + 7);
}

#[tokio::test]
async fn s74_another_instance_shares_the_count_and_a_restart_keeps_it() {
    let kit = TestService::start_on_disk().await;
    let pool = kit.pool().await;
    let client = kit.public_client(&pool).await;
    let victim = "victim@example.com";
    let other = kit.another_instance();
    for number in 0..10 {
        let name = format!("here-{number}");
        assert_eq!(sign_up(&kit, &client, &name, victim).await, "Ok");
        let mut request = sign_up_request(&client, &format!("there-{number}"));
        request.attributes = attributes(&[("email", victim)]);
        assert_eq!(fact(&other.sign_up(request).await), "Ok");
    }
    drop(other);
    let kit = kit.crash_and_restart().await;
    assert_eq!(sign_up(&kit, &client, "late", victim).await, LIMITED);
}

#[tokio::test]
async fn s74_a_limit_of_zero_is_none() {
    let limits = MessageLimits {
        per_address: 0,
        mails_per_pool: 0,
        sms_per_pool: 0,
    };
    let kit = TestService::start_with(|settings| settings.message_limits = limits).await;
    let pool = kit.pool().await;
    let client = kit.public_client(&pool).await;
    for number in 0..30 {
        let name = format!("user-{number}");
        assert_eq!(sign_up(&kit, &client, &name, "a@example.com").await, "Ok");
    }
}

#[tokio::test]
async fn s74_text_messages_have_a_limit_of_their_own() {
    let limits = MessageLimits {
        sms_per_pool: 3,
        ..MessageLimits::default()
    };
    let kit = TestService::start_with(|settings| settings.message_limits = limits).await;
    let pool = kit
        .pool_with(|settings| {
            settings.auto_verified_attributes = vec![ContactAttribute::PhoneNumber];
        })
        .await;
    let client = kit.public_client(&pool).await;
    for number in 0..6 {
        let mut request = sign_up_request(&client, &format!("user-{number}"));
        let phone = format!("+1206555000{number}");
        request.attributes = attributes(&[("phone_number", &phone)]);
        let expected = if number < 3 { "Ok" } else { LIMITED };
        assert_eq!(fact(&kit.sign_up(request).await), expected, "{number}");
    }
    assert_eq!(invite(&kit, &pool, "ann", "ann@example.com").await, "Ok");
}

#[tokio::test]
async fn s34_a_limit_of_messages_does_not_tell_whose_address_it_is() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.discreet_client(&pool).await;
        kit.reachable_user(&pool, "alice").await;
        let address = "alice@example.com";
        sign_up(&kit, &client, "pending", address).await;
        for number in 0..20 {
            let name = format!("user-{number}");
            sign_up(&kit, &client, &name, address).await;
        }
        for name in ["alice", "nobody"] {
            assert_eq!(fact(&kit.forget(&client, name).await), "Ok", "{name}");
        }
        for name in ["pending", "nobody"] {
            assert_eq!(resend(&kit, &client, name).await, "Ok", "{name}");
        }
        assert_eq!(kit.messages_to(address).await.len(), 20);
    })
    .await;
}
