//! Behaviour of the look of hosted pages.

use poolhouse_model::{ClientId, Logo, LogoFormat, Stylesheet, UiCustomization, UserPoolId};

use super::samples::{self, NOW, at, pool_id};
use super::{accept, ok, refuse, together, user_pools};
use crate::error::Conflict;
use crate::repositories::Storage;
use crate::write::Write;

pub(super) async fn run(storage: &dyn Storage) {
    a_look_is_read_as_it_was_written(storage).await;
    a_change_needs_the_version_before(storage).await;
    only_one_of_many_first_changes_succeeds(storage).await;
    a_client_has_its_own_branding_or_that_of_all(storage).await;
    a_look_goes_with_its_client(storage).await;
}

fn all() -> ClientId {
    ClientId::new(UiCustomization::ALL_CLIENTS)
}

fn put(look: &UiCustomization) -> [Write; 1] {
    [Write::PutUiCustomization(Box::new(look.clone()))]
}

async fn make_client(storage: &dyn Storage, pool: &UserPoolId, id: &str) -> ClientId {
    let client = samples::client(pool, id);
    let id = client.id.clone();
    accept(storage, [Write::CreateAppClient(Box::new(client))]).await;
    id
}

async fn find(
    storage: &dyn Storage,
    pool: &UserPoolId,
    client: &ClientId,
) -> Option<UiCustomization> {
    ok(storage.find_ui_customization(pool, client).await)
}

async fn a_look_is_read_as_it_was_written(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "look_read").await;
    let client = make_client(storage, &pool, "look-read").await;
    for client in [&client, &all()] {
        let mut look = samples::look(&pool, client.as_str());
        assert_eq!(find(storage, &pool, client).await, None);
        accept(storage, put(&look)).await;
        assert_eq!(find(storage, &pool, client).await.as_ref(), Some(&look));
        look.stylesheet = None;
        look.logo = Some(Logo {
            format: LogoFormat::Jpeg,
            bytes: vec![255, 216, 0],
            fingerprint: "f3".to_owned(),
        });
        look.updated_at = at(3);
        look.version = 2;
        accept(storage, put(&look)).await;
        assert_eq!(find(storage, &pool, client).await.as_ref(), Some(&look));
        look.stylesheet = Some(Stylesheet {
            source: String::new(),
            fingerprint: "f4".to_owned(),
        });
        look.logo = None;
        look.version = 3;
        accept(storage, put(&look)).await;
        assert_eq!(find(storage, &pool, client).await, Some(look));
    }
}

async fn a_change_needs_the_version_before(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "look_version").await;
    let mut look = samples::look(&pool, UiCustomization::ALL_CLIENTS);
    for (version, is_next) in [(2, false), (1, true), (1, false), (3, false), (2, true)] {
        look.version = version;
        if is_next {
            accept(storage, put(&look)).await;
        } else {
            refuse(storage, Conflict::Stale, put(&look)).await;
        }
    }
    let nowhere = samples::look(&pool_id("look_nowhere"), UiCustomization::ALL_CLIENTS);
    let nobody = samples::look(&pool, "look-nobody");
    for look in [nowhere, nobody] {
        refuse(storage, Conflict::Stale, put(&look)).await;
    }
}

async fn only_one_of_many_first_changes_succeeds(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "look_race").await;
    let [write] = put(&samples::look(&pool, UiCustomization::ALL_CLIENTS));
    together::only_one_succeeds(storage, Conflict::Stale, &write).await;
}

async fn a_client_has_its_own_branding_or_that_of_all(storage: &dyn Storage) {
    // Ids on either side of the name for all, whatever order rows come in.
    for id in ["0-look-branding", "look-branding"] {
        has_its_own_branding_or_that_of_all(storage, id).await;
    }
}

async fn has_its_own_branding_or_that_of_all(storage: &dyn Storage, id: &str) {
    let pool = user_pools::create(storage, id).await;
    let other = user_pools::create(storage, &format!("{id}_other")).await;
    let client = make_client(storage, &pool, id).await;
    let mut own = samples::look(&pool, id);
    own.logo = None;
    let mut for_all = samples::look(&pool, UiCustomization::ALL_CLIENTS);
    for_all.stylesheet = None;
    let find = async |pool, client: &str| {
        let client = ClientId::new(client);
        ok(storage.find_branding(pool, &client).await)
    };
    assert_eq!(find(&pool, id).await, None);
    accept(storage, put(&for_all)).await;
    assert_eq!(find(&pool, id).await, Some(for_all.branding()));
    accept(storage, put(&own)).await;
    assert_eq!(find(&pool, id).await, Some(own.branding()));
    for client in [UiCustomization::ALL_CLIENTS, "another"] {
        assert_eq!(find(&pool, client).await, Some(for_all.branding()));
    }
    assert_eq!(find(&other, id).await, None);
    let delete = || Write::DeleteUiCustomization {
        pool_id: pool.clone(),
        client_id: client.clone(),
    };
    accept(storage, [delete(), delete()]).await;
    assert_eq!(find(&pool, id).await, Some(for_all.branding()));
}

async fn a_look_goes_with_its_client(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "look_delete").await;
    let client = make_client(storage, &pool, "look-delete").await;
    let mut for_all = samples::look(&pool, UiCustomization::ALL_CLIENTS);
    for_all.created_at = NOW;
    accept(storage, put(&for_all)).await;
    accept(storage, put(&samples::look(&pool, client.as_str()))).await;
    let delete = Write::DeleteAppClient {
        pool_id: pool.clone(),
        client_id: client.clone(),
    };
    accept(storage, [delete]).await;
    assert_eq!(find(storage, &pool, &client).await, None);
    assert_eq!(find(storage, &pool, &all()).await, Some(for_all));
}
