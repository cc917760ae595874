//! Behaviour of resource servers.

use poolhouse_model::ResourceServer;

use super::samples::{self, pool_id};
use super::{accept, ok, refuse, together, user_pools};
use crate::error::Conflict;
use crate::repositories::{PageRequest, Storage};
use crate::write::Write;

pub(super) async fn run(storage: &dyn Storage) {
    a_resource_server_is_read_as_it_was_written(storage).await;
    an_update_needs_the_version_before(storage).await;
    only_one_of_many_of_an_identifier_is_made(storage).await;
    resource_servers_are_listed_and_counted_by_pool(storage).await;
}

fn create(server: &ResourceServer) -> [Write; 1] {
    [Write::CreateResourceServer(Box::new(server.clone()))]
}

async fn a_resource_server_is_read_as_it_was_written(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "api_read").await;
    let full = samples::resource_server(&pool, "https://api.example/v1");
    let mut bare = samples::resource_server(&pool, "bare");
    bare.scopes.clear();
    for server in [&full, &bare] {
        let find = || storage.find_resource_server(&pool, &server.identifier);
        assert_eq!(ok(find().await), None);
        accept(storage, create(server)).await;
        assert_eq!(ok(find().await).as_ref(), Some(server));
    }
    refuse(storage, Conflict::ResourceServerExists, create(&full)).await;
    let elsewhere = pool_id("api_nowhere");
    let found = storage.find_resource_server(&elsewhere, "bare").await;
    assert_eq!(ok(found), None);
    let nowhere = samples::resource_server(&elsewhere, "bare");
    refuse(storage, Conflict::Stale, create(&nowhere)).await;
    let delete = [Write::DeleteResourceServer {
        pool_id: pool.clone(),
        identifier: bare.identifier.clone(),
    }];
    accept(storage, delete.clone()).await;
    refuse(storage, Conflict::Stale, delete).await;
    assert_eq!(ok(storage.find_resource_server(&pool, "bare").await), None);
    accept(storage, create(&bare)).await;
}

async fn an_update_needs_the_version_before(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "api_update").await;
    let mut server = samples::resource_server(&pool, "api");
    accept(storage, create(&server)).await;
    let write = |server: &ResourceServer| [Write::UpdateResourceServer(Box::new(server.clone()))];
    server.name.push_str(", renamed");
    server.scopes.pop();
    server.version = 3;
    refuse(storage, Conflict::Stale, write(&server)).await;
    server.version = 2;
    accept(storage, write(&server)).await;
    refuse(storage, Conflict::Stale, write(&server)).await;
    let found = storage.find_resource_server(&pool, "api").await;
    assert_eq!(ok(found), Some(server));
}

async fn only_one_of_many_of_an_identifier_is_made(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "api_race").await;
    let [create] = create(&samples::resource_server(&pool, "api"));
    together::only_one_succeeds(storage, Conflict::ResourceServerExists, &create).await;
}

async fn resource_servers_are_listed_and_counted_by_pool(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "api_list").await;
    let other = user_pools::create(storage, "api_list_other").await;
    accept(storage, create(&samples::resource_server(&other, "b"))).await;
    let identifiers = ["B", "a", "b"];
    for identifier in identifiers.iter().rev() {
        accept(
            storage,
            create(&samples::resource_server(&pool, identifier)),
        )
        .await;
    }
    let list = async |after: Option<&str>, limit| {
        let after = after.map(str::to_owned);
        let page = PageRequest { after, limit };
        let servers = ok(storage.list_resource_servers(&pool, &page).await);
        servers
            .into_iter()
            .map(|server| server.identifier)
            .collect::<Vec<_>>()
    };
    assert_eq!(list(None, 10).await, identifiers);
    assert_eq!(list(Some("B"), 1).await, identifiers[1..2]);
    assert_eq!(ok(storage.count_resource_servers(&pool).await), 3);
    assert_eq!(ok(storage.count_resource_servers(&other).await), 1);
}
