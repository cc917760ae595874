//! Stylesheets and logos of pages are set, read and served.

use futures_util::future::join_all;
use poolhouse_model::{ClientId, LogoFormat, Ttl, UserPool, UserPoolId};
use poolhouse_service::{CreateDomain, SetUiCustomization};
use poolhouse_testkit::{TestService, on_every_engine};

use crate::facts::fact;

const CSS: &str = ".label-customizable { color: navy; }";
const NO_DOMAIN: &str = "InvalidInput(\"There has to be an existing domain associated with this \
                         user pool\")";

fn png() -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    file.extend([0, 0, 0, 9, 0, 0, 0, 9, 8, 6, 0, 0, 0, 0, 0, 0, 0]);
    file
}

async fn give_domain(kit: &TestService, pool: &UserPool) {
    let name = pool.id.srp_pool_name().to_lowercase();
    let request = CreateDomain {
        pool_id: pool.id.clone(),
        domain: name,
        custom: None,
        managed_login_version: None,
    };
    kit.create_domain(request).await.unwrap();
}

async fn pool_with_domain(kit: &TestService) -> UserPool {
    let pool = kit.pool().await;
    give_domain(kit, &pool).await;
    pool
}

/// A look of a stylesheet alone, for a client or for all.
fn look(pool: &UserPool, client: Option<&ClientId>, css: &str) -> SetUiCustomization {
    SetUiCustomization {
        pool_id: pool.id.clone(),
        client_id: client.cloned(),
        css: Some(css.to_owned()),
        image: None,
    }
}

#[tokio::test]
async fn a_clients_look_takes_the_place_of_the_one_for_all() {
    on_every_engine(|kit| async move {
        let pool = pool_with_domain(&kit).await;
        let client = kit.public_client(&pool).await.id;
        let other = kit.public_client(&pool).await.id;
        let get = async |client: &ClientId| {
            let found = kit.get_ui_customization(&pool.id, Some(client.clone()));
            found.await.unwrap()
        };
        assert_eq!(get(&client).await, None);
        assert_eq!(kit.branding(&pool.id, &client).await.unwrap(), None);

        let for_all = kit.set_ui_customization(look(&pool, None, CSS)).await;
        let for_all = for_all.unwrap().unwrap();
        assert_eq!(for_all.client_id.as_str(), "ALL");
        assert_eq!(get(&client).await.as_ref(), Some(&for_all));

        let mut own = look(&pool, Some(&client), ".label-customizable{color:red}");
        own.image = Some(png());
        let own = kit.set_ui_customization(own).await.unwrap().unwrap();
        assert_eq!(own.client_id, client);
        assert_eq!(own.logo.as_ref().unwrap().format, LogoFormat::Png);
        assert_eq!(get(&client).await.as_ref(), Some(&own));
        let in_force = kit.branding(&pool.id, &client).await.unwrap();
        assert_eq!(in_force, Some(own.branding()));
        for client in [&other, &ClientId::new("ALL")] {
            assert_eq!(get(client).await.as_ref(), Some(&for_all));
            let in_force = kit.branding(&pool.id, client).await.unwrap();
            assert_eq!(in_force, Some(for_all.branding()));
        }
        let without_client = kit.get_ui_customization(&pool.id, None).await;
        assert_eq!(without_client.unwrap(), Some(for_all.clone()));

        // Without either the client falls back to what is for all.
        let nothing = SetUiCustomization {
            css: Some(String::new()),
            image: Some(Vec::new()),
            ..look(&pool, Some(&client), "")
        };
        for _ in 0..2 {
            let gone = kit.set_ui_customization(nothing.clone()).await.unwrap();
            assert_eq!(gone, None);
            assert_eq!(get(&client).await.as_ref(), Some(&for_all));
        }
    })
    .await;
}

#[tokio::test]
async fn stylesheet_and_logo_are_set_together_and_the_first_day_is_kept() {
    on_every_engine(|kit| async move {
        let pool = pool_with_domain(&kit).await;
        let mut both = look(&pool, None, CSS);
        both.image = Some(png());
        let first = kit.set_ui_customization(both).await.unwrap().unwrap();
        kit.clock.advance(Ttl::from_secs(60));
        let other_css = "/* mine */ .label-customizable { color: red }";
        let second = kit.set_ui_customization(look(&pool, None, other_css)).await;
        let second = second.unwrap().unwrap();
        assert_eq!(second.logo, None, "what is left out is gone");
        let (before, after) = (first.stylesheet.unwrap(), second.stylesheet.unwrap());
        assert_eq!(
            after.source, other_css,
            "it is given back as it was written"
        );
        assert_ne!(before.fingerprint, after.fingerprint);
        assert_eq!(second.created_at, first.created_at);
        assert_eq!(second.updated_at, kit.now());
        let logo = SetUiCustomization {
            css: None,
            image: Some(png()),
            ..look(&pool, None, "")
        };
        let third = kit.set_ui_customization(logo).await.unwrap().unwrap();
        assert_eq!(third.stylesheet, None);
        assert_eq!(third.logo, first.logo);
    })
    .await;
}

#[tokio::test]
async fn a_pool_without_a_domain_and_a_client_of_another_are_refused() {
    on_every_engine(|kit| async move {
        let (pool, other) = (kit.pool().await, pool_with_domain(&kit).await);
        let foreign = kit.public_client(&other).await.id;
        let nowhere = UserPoolId::new("us-east-1_nowhere");
        let outcomes = async |pool_id: &UserPoolId, client: Option<&ClientId>| {
            let set = SetUiCustomization {
                pool_id: pool_id.clone(),
                ..look(&pool, client, CSS)
            };
            let set = fact(&kit.set_ui_customization(set).await);
            let get = kit.get_ui_customization(pool_id, client.cloned()).await;
            assert_eq!(set, fact(&get));
            set
        };
        let no_pool = format!("UserPoolNotFound({nowhere:?})");
        assert_eq!(outcomes(&nowhere, None).await, no_pool);
        assert_eq!(outcomes(&pool.id, None).await, NO_DOMAIN);
        // s66: another pool's client is not there, with a domain or without.
        let no_client = format!("AppClientNotFound({foreign:?})");
        assert_eq!(outcomes(&pool.id, Some(&foreign)).await, no_client);
        give_domain(&kit, &pool).await;
        assert_eq!(outcomes(&pool.id, Some(&foreign)).await, no_client);
        assert_eq!(outcomes(&pool.id, None).await, "Ok");
        // Without a domain there is nothing to read, and with one it is there again.
        let domain = pool.id.srp_pool_name().to_lowercase();
        kit.delete_domain(&pool.id, &domain).await.unwrap();
        assert_eq!(outcomes(&pool.id, None).await, NO_DOMAIN);
        give_domain(&kit, &pool).await;
        let found = kit.get_ui_customization(&pool.id, None).await.unwrap();
        assert_eq!(found.unwrap().stylesheet.unwrap().source, CSS);
    })
    .await;
}

#[tokio::test]
async fn s51_a_refused_stylesheet_or_logo_changes_nothing() {
    on_every_engine(|kit| async move {
        let pool = pool_with_domain(&kit).await;
        let kept = kit.set_ui_customization(look(&pool, None, CSS)).await;
        let kept = kept.unwrap();
        let svg = b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec();
        for (css, image, text) in [
            (
                "@import 'https://evil.example/';",
                png(),
                "CSS is not allowed: line 1: rules that begin with @ are not allowed.",
            ),
            (CSS, svg, "The image must be a PNG or JPEG file."),
            (
                CSS,
                vec![0; 100 * 1024 + 1],
                "The image is larger than 102400 bytes.",
            ),
        ] {
            let mut refused = look(&pool, None, css);
            refused.image = Some(image);
            let refused = kit.set_ui_customization(refused).await;
            assert_eq!(fact(&refused), format!("InvalidInput({text:?})"));
        }
        let found = kit.get_ui_customization(&pool.id, None).await.unwrap();
        assert_eq!(found, kept);
    })
    .await;
}

#[tokio::test]
async fn files_are_served_of_the_look_in_force_alone() {
    on_every_engine(|kit| async move {
        let pool = pool_with_domain(&kit).await;
        let other = pool_with_domain(&kit).await;
        let client = kit.public_client(&pool).await.id;
        let mut both = look(&pool, Some(&client), CSS);
        both.image = Some(png());
        let set = kit.set_ui_customization(both).await.unwrap().unwrap();
        let (sheet, logo) = (set.stylesheet.unwrap().fingerprint, set.logo.unwrap());
        let css = async |pool: &UserPool, client: &ClientId, fingerprint: &str| {
            let found = kit.branding_stylesheet(&pool.id, client, fingerprint).await;
            found.unwrap()
        };
        let served = css(&pool, &client, &sheet).await.unwrap();
        assert_eq!(served, ":root .label-customizable{color:navy;}\n");
        let image = kit.branding_logo(&pool.id, &client, &logo.fingerprint);
        assert_eq!(image.await.unwrap().unwrap().bytes, png());
        // s66: no other pool's or client's path leads to them, nor does another fingerprint.
        assert_eq!(css(&other, &client, &sheet).await, None);
        assert_eq!(css(&pool, &ClientId::new("ALL"), &sheet).await, None);
        assert_eq!(css(&pool, &client, &logo.fingerprint).await, None);
        assert_eq!(css(&pool, &client, "").await, None);
        let image = kit.branding_logo(&pool.id, &client, &sheet).await;
        assert_eq!(image.unwrap(), None);
        // Another instance sees a change at once.
        let instance = kit.another_instance();
        let changed = look(&pool, Some(&client), ".label-customizable{color:red}");
        let changed = kit.set_ui_customization(changed).await.unwrap().unwrap();
        let seen = instance.branding(&pool.id, &client).await.unwrap();
        assert_eq!(seen, Some(changed.branding()));
        assert_eq!(css(&pool, &client, &sheet).await, None);
        // With the client its look goes.
        kit.delete_user_pool_client(&pool.id, &client)
            .await
            .unwrap();
        let seen = instance.branding(&pool.id, &client).await.unwrap();
        assert_eq!(seen, None);
    })
    .await;
}

#[tokio::test]
async fn looks_set_at_once_leave_a_whole_one() {
    on_every_engine(|kit| async move {
        let pool = pool_with_domain(&kit).await;
        let looks = (0..8).map(|number| {
            let mut look = look(&pool, None, &format!("/* {number} */"));
            look.image = (number % 2 == 0).then(png);
            kit.set_ui_customization(look)
        });
        let outcomes = join_all(looks).await;
        let mut written = Vec::new();
        for outcome in outcomes {
            match outcome {
                Ok(look) => written.push(look.unwrap()),
                Err(error) => assert_eq!(format!("{error:?}"), "Busy"),
            }
        }
        let found = kit.get_ui_customization(&pool.id, None).await.unwrap();
        let found = found.unwrap();
        assert!(written.contains(&found));
        let latest = written.iter().map(|look| look.version).max();
        assert_eq!(Some(found.version), latest);
    })
    .await;
}
