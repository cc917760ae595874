//! Behaviour of app clients.

use poolhouse_model::{AppClient, ClientId};

use super::samples::{self, NOW, pool_id};
use super::{accept, ok, refuse, user_pools};
use crate::error::Conflict;
use crate::repositories::{PageRequest, Storage};
use crate::write::Write;

pub(super) async fn run(storage: &dyn Storage) {
    a_client_is_read_as_it_was_written(storage).await;
    a_client_id_leads_to_one_pool(storage).await;
    an_update_needs_the_version_before(storage).await;
    clients_are_listed_by_id(storage).await;
    deleting_a_client_ends_its_families_and_codes(storage).await;
}

fn create(client: &AppClient) -> [Write; 1] {
    [Write::CreateAppClient(Box::new(client.clone()))]
}

async fn a_client_is_read_as_it_was_written(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "client_read").await;
    let client = samples::client(&pool, "cr-secret");
    let mut public = samples::client(&pool, "cr-public");
    public.sealed_secret = None;
    for client in [&client, &public] {
        assert_eq!(ok(storage.find_app_client(&pool, &client.id).await), None);
        assert_eq!(
            ok(storage.find_app_client_version(&pool, &client.id).await),
            None
        );
        accept(storage, create(client)).await;
        let found = ok(storage.find_app_client(&pool, &client.id).await);
        assert_eq!(found.as_ref(), Some(client));
        assert_eq!(
            ok(storage.find_app_client_version(&pool, &client.id).await),
            Some(1)
        );
    }
    let elsewhere = pool_id("client_elsewhere");
    assert_eq!(
        ok(storage.find_app_client(&elsewhere, &client.id).await),
        None
    );
}

async fn a_client_id_leads_to_one_pool(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "client_directory").await;
    let other = user_pools::create(storage, "client_directory_other").await;
    let client = samples::client(&pool, "cd-one");
    assert_eq!(ok(storage.find_pool_of_client(&client.id).await), None);
    accept(storage, create(&client)).await;
    refuse(storage, Conflict::AppClientExists, create(&client)).await;
    let elsewhere = samples::client(&other, "cd-one");
    refuse(storage, Conflict::AppClientExists, create(&elsewhere)).await;
    assert_eq!(
        ok(storage.find_pool_of_client(&client.id).await),
        Some(pool)
    );
    let nowhere = samples::client(&pool_id("client_nowhere"), "cd-nowhere");
    refuse(storage, Conflict::Stale, create(&nowhere)).await;
    assert_eq!(ok(storage.find_pool_of_client(&nowhere.id).await), None);
}

async fn an_update_needs_the_version_before(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "client_update").await;
    let mut client = samples::client(&pool, "cu");
    accept(storage, create(&client)).await;
    let write = |client: &AppClient| [Write::UpdateAppClient(Box::new(client.clone()))];
    client.name.push_str(", renamed");
    client.sealed_secret = Some(vec![7]);
    client.updated_at = NOW;
    client.settings.is_oauth_enabled = true;
    client.version = 3;
    refuse(storage, Conflict::Stale, write(&client)).await;
    client.version = 2;
    accept(storage, write(&client)).await;
    refuse(storage, Conflict::Stale, write(&client)).await;
    assert_eq!(
        ok(storage.find_app_client(&pool, &client.id).await),
        Some(client)
    );
}

async fn clients_are_listed_by_id(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "client_list").await;
    let ids = ["cl-1", "cl-2", "cl-3"].map(ClientId::new);
    for id in ids.iter().rev() {
        accept(storage, create(&samples::client(&pool, id.as_str()))).await;
    }
    let list = async |after: Option<&str>, limit| {
        let after = after.map(str::to_owned);
        let page = PageRequest { after, limit };
        let clients = ok(storage.list_app_clients(&pool, &page).await);
        clients
            .into_iter()
            .map(|client| client.id)
            .collect::<Vec<_>>()
    };
    assert_eq!(list(None, 10).await, ids);
    assert_eq!(list(Some("cl-1"), 1).await, ids[1..2]);
}

async fn deleting_a_client_ends_its_families_and_codes(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "client_delete").await;
    let client = samples::client(&pool, "cx-gone");
    let user = samples::user(&pool, "ann");
    let mut family = samples::family(&user, "gone");
    let mut code = samples::authorization_code(&user, b"gone");
    family.client_id = client.id.clone();
    code.client_id = client.id.clone();
    let kept_family = samples::family(&user, "kept");
    let kept_code = samples::authorization_code(&user, b"kept");
    let writes = [
        Write::CreateAppClient(Box::new(client.clone())),
        Write::CreateUser {
            user: Box::new(user),
            names: Vec::new(),
        },
        Write::CreateTokenFamily(Box::new(family.clone())),
        Write::CreateTokenFamily(Box::new(kept_family.clone())),
        Write::CreateAuthorizationCode(Box::new(code)),
        Write::CreateAuthorizationCode(Box::new(kept_code.clone())),
    ];
    accept(storage, writes).await;
    let delete = [Write::DeleteAppClient {
        pool_id: pool.clone(),
        client_id: client.id.clone(),
    }];
    accept(storage, delete.clone()).await;
    refuse(storage, Conflict::Stale, delete).await;
    assert_eq!(ok(storage.find_app_client(&pool, &client.id).await), None);
    assert_eq!(ok(storage.find_pool_of_client(&client.id).await), None);
    assert_eq!(
        ok(storage.find_token_family(&pool, &family.origin_jti).await),
        None
    );
    assert_eq!(
        ok(storage.find_authorization_code(&pool, b"gone").await),
        None
    );
    let found = ok(storage
        .find_token_family(&pool, &kept_family.origin_jti)
        .await);
    assert_eq!(found, Some(kept_family));
    let found = ok(storage.find_authorization_code(&pool, b"kept").await);
    assert_eq!(found.map(|(code, _)| code), Some(kept_code));
    accept(storage, create(&client)).await;
}
