//! One more address is added to a client's lists.

use poolhouse_model::ClientId;
use poolhouse_testkit::on_every_engine;

use crate::changing_clients::change;
use crate::facts::fact;

const OWN: &str = "http://localhost:9229/own";

#[tokio::test]
async fn an_address_is_added_once_and_everything_else_stays() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.confidential_client(&pool).await;
        let before = kit.client(&client.id).await.unwrap().1;
        for _ in 0..2 {
            kit.add_redirect_address(&pool.id, &client.id, OWN)
                .await
                .unwrap();
        }
        let after = kit.another_instance().client(&client.id).await.unwrap().1;
        let mut expected = before.settings.clone();
        expected.callback_urls.push(OWN.to_owned());
        expected.logout_urls.push(OWN.to_owned());
        assert_eq!(after.settings, expected);
        assert_eq!(after.sealed_secret, before.sealed_secret);
    })
    .await;
}

#[tokio::test]
async fn s12_an_address_that_cannot_be_one_is_refused() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let before = kit.client(&client.id).await.unwrap().1;
        for hostile in [
            "",
            "javascript:alert(1)",
            "http://evil.example/",
            "https://a/#b",
            "/own",
        ] {
            let added = kit
                .add_redirect_address(&pool.id, &client.id, hostile)
                .await;
            assert!(fact(&added).starts_with("InvalidInput"), "{hostile}");
        }
        let nobody = ClientId::new("nobody");
        let added = kit.add_redirect_address(&pool.id, &nobody, OWN).await;
        assert!(fact(&added).starts_with("AppClientNotFound"));
        assert_eq!(kit.client(&client.id).await.unwrap().1, before);
    })
    .await;
}

#[tokio::test]
async fn a_full_list_takes_no_address_more() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let client = kit.public_client(&pool).await;
        let urls = (0..100).map(|number| format!("https://app.example.com/{number}"));
        let urls: Vec<String> = urls.collect();
        change(&kit, &client, |settings| {
            settings.callback_urls.clone_from(&urls);
        })
        .await;
        let added = kit.add_redirect_address(&pool.id, &client.id, OWN).await;
        assert!(fact(&added).starts_with("InvalidInput"));
        let known = kit
            .add_redirect_address(&pool.id, &client.id, &urls[7])
            .await;
        assert_eq!(known.unwrap().settings.callback_urls, urls);
    })
    .await;
}
