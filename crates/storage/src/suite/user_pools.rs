//! Behaviour of user pools.

use poolhouse_model::{CodePurpose, PoolKeyUse, Region, UserPool, UserPoolId};

use super::samples::{self, NOW, at, pool_id};
use super::{accept, ok, refuse};
use crate::error::Conflict;
use crate::repositories::{PageRequest, Storage};
use crate::write::Write;

pub(super) async fn run(storage: &dyn Storage) {
    a_pool_is_read_as_it_was_written(storage).await;
    an_update_needs_the_version_before(storage).await;
    pools_are_listed_by_id_within_a_region(storage).await;
    deleting_a_pool_takes_everything_along(storage).await;
    a_refused_batch_writes_nothing(storage).await;
}

/// Adds a pool.
pub(super) async fn create(storage: &dyn Storage, name: &str) -> UserPoolId {
    let id = pool_id(name);
    accept(storage, [create_write(&samples::pool(&id))]).await;
    id
}

fn create_write(pool: &UserPool) -> Write {
    Write::CreateUserPool {
        pool: Box::new(pool.clone()),
        keys: vec![
            samples::pool_key(&pool.id, "a", PoolKeyUse::Data),
            samples::pool_key(&pool.id, "b", PoolKeyUse::IdToken),
            samples::pool_key(&pool.id, "c", PoolKeyUse::AccessToken),
        ],
    }
}

async fn a_pool_is_read_as_it_was_written(storage: &dyn Storage) {
    let id = pool_id("pool_read");
    let pool = samples::pool(&id);
    assert_eq!(ok(storage.find_user_pool(&id).await), None);
    assert_eq!(ok(storage.find_user_pool_version(&id).await), None);
    accept(storage, [create_write(&pool)]).await;
    assert_eq!(ok(storage.find_user_pool(&id).await).as_ref(), Some(&pool));
    assert_eq!(ok(storage.find_user_pool_version(&id).await), Some(1));
    let keys = ok(storage.list_pool_keys(&id).await);
    assert_eq!(
        keys,
        [
            samples::pool_key(&id, "a", PoolKeyUse::Data),
            samples::pool_key(&id, "b", PoolKeyUse::IdToken),
            samples::pool_key(&id, "c", PoolKeyUse::AccessToken),
        ]
    );
    refuse(storage, Conflict::UserPoolExists, [create_write(&pool)]).await;
}

async fn an_update_needs_the_version_before(storage: &dyn Storage) {
    let id = create(storage, "pool_update").await;
    let mut pool = samples::pool(&id);
    pool.name.push_str(", renamed");
    pool.updated_at = NOW;
    pool.settings.is_deletion_protected = true;
    pool.version = 3;
    let write = |pool: &UserPool| [Write::UpdateUserPool(Box::new(pool.clone()))];
    refuse(storage, Conflict::Stale, write(&pool)).await;
    pool.version = 2;
    accept(storage, write(&pool)).await;
    refuse(storage, Conflict::Stale, write(&pool)).await;
    assert_eq!(ok(storage.find_user_pool(&id).await), Some(pool));
}

async fn pools_are_listed_by_id_within_a_region(storage: &dyn Storage) {
    let region = Region::new("xx-test-1");
    let ids = ["xx-test-1_A", "xx-test-1_a", "xx-test-1_b", "xx-test-10_a"].map(UserPoolId::new);
    for id in ids.iter().rev() {
        accept(storage, [create_write(&samples::pool(id))]).await;
    }
    let list = async |after: Option<&str>, limit| {
        let after = after.map(str::to_owned);
        let page = PageRequest { after, limit };
        let pools = ok(storage.list_user_pools(&region, &page).await);
        pools.into_iter().map(|pool| pool.id).collect::<Vec<_>>()
    };
    assert_eq!(list(None, 10).await, ids[..3]);
    assert_eq!(list(None, 2).await, ids[..2]);
    assert_eq!(list(Some("xx-test-1_A"), 10).await, ids[1..3]);
    assert_eq!(list(Some("xx-test-1_b"), 10).await, []);
}

async fn deleting_a_pool_takes_everything_along(storage: &dyn Storage) {
    let gone = create(storage, "pool_delete").await;
    let kept = create(storage, "pool_keep").await;
    for pool in [&gone, &kept] {
        fill(storage, pool).await;
    }
    accept(storage, [Write::DeleteUserPool(gone.clone())]).await;
    refuse(
        storage,
        Conflict::Stale,
        [Write::DeleteUserPool(gone.clone())],
    )
    .await;
    assert_eq!(count_content(storage, &gone).await, 0);
    assert_eq!(count_content(storage, &kept).await, CONTENT);
    // Names that were the pool's are free again.
    accept(storage, [create_write(&samples::pool(&gone))]).await;
    fill(storage, &gone).await;
    for pool in [gone, kept] {
        accept(storage, [Write::DeleteUserPool(pool)]).await;
    }
}

async fn fill(storage: &dyn Storage, pool: &UserPoolId) {
    let user = samples::user(pool, "ann");
    let writes = [
        Write::CreateAppClient(Box::new(samples::client(pool, &format!("client-{pool}")))),
        Write::CreateDomain(samples::domain(pool, &format!("d-{pool}"))),
        Write::CreateUser {
            user: Box::new(user.clone()),
            names: vec![samples::username("ann")],
        },
        Write::CreateGroup(Box::new(samples::group(pool, "group"))),
        Write::AddGroupMember {
            pool_id: pool.clone(),
            name: samples::group(pool, "group").name,
            sub: user.sub.clone(),
        },
        Write::CreateResourceServer(Box::new(samples::resource_server(pool, "api"))),
        Write::PutUiCustomization(Box::new(samples::look(pool, "ALL"))),
        Write::CreateTokenFamily(Box::new(samples::family(&user, "family"))),
        Write::CreateAuthorizationCode(Box::new(samples::authorization_code(&user, b"code"))),
        Write::CreateChallengeSession(samples::challenge(pool, "challenge")),
        Write::CreateBrowserSession(samples::browser(&user, b"cookie")),
        Write::PutConfirmationCode(Box::new(samples::confirmation_code(
            &user,
            CodePurpose::SignUp,
        ))),
        Write::RememberPassword {
            former: samples::former_password(&user, 2),
            forget_through: None,
        },
        Write::EnqueueMessage(Box::new(samples::message(pool, "0", pool.as_str()))),
    ];
    accept(storage, writes).await;
    ok(storage.count_attempt(pool, "name", NOW, at(100)).await);
}

/// What [`count_content`] counts in a pool with three keys after [`fill`].
const CONTENT: usize = 24;

async fn count_content(storage: &dyn Storage, pool: &UserPoolId) -> usize {
    let user = samples::user(pool, "ann");
    let page = PageRequest {
        after: None,
        limit: 10,
    };
    let client = samples::client(pool, &format!("client-{pool}"));
    let domain = format!("d-{pool}");
    let purpose = CodePurpose::SignUp;
    let lockout = ok(storage.find_lockout(pool, "name", NOW).await);
    let parts = [
        usize::from(ok(storage.find_user_pool(pool).await).is_some()),
        ok(storage.list_pool_keys(pool).await).len(),
        ok(storage.list_app_clients(pool, &page).await).len(),
        usize::from(ok(storage.find_pool_of_client(&client.id).await).is_some()),
        ok(storage.list_domains(pool).await).len(),
        usize::from(ok(storage.find_domain(&domain).await).is_some()),
        usize::from(ok(storage.find_user(pool, &user.sub).await).is_some()),
        usize::try_from(ok(storage.count_users(pool).await)).unwrap_or(usize::MAX),
        usize::from(
            ok(storage
                .find_user_by_name(pool, &[samples::username("ann")])
                .await)
            .is_some(),
        ),
        ok(storage.list_groups(pool, &page).await).len(),
        ok(storage.list_groups_of_user(pool, &user.sub).await).len(),
        ok(storage
            .list_group_members(pool, &samples::group(pool, "group").name, &page)
            .await)
        .len(),
        ok(storage.list_resource_servers(pool, &page).await).len(),
        usize::from(
            ok(storage
                .find_branding(pool, &samples::client(pool, "any").id)
                .await)
            .is_some(),
        ),
        usize::from(
            ok(storage
                .find_token_family(pool, &samples::family(&user, "family").origin_jti)
                .await)
            .is_some(),
        ),
        usize::from(ok(storage.find_authorization_code(pool, b"code").await).is_some()),
        usize::from(ok(storage.find_challenge_session(pool, "challenge").await).is_some()),
        usize::from(ok(storage.find_browser_session(pool, b"cookie").await).is_some()),
        usize::from(
            ok(storage
                .find_confirmation_code(pool, &user.sub, purpose)
                .await)
            .is_some(),
        ),
        ok(storage.list_messages(Some(pool.as_str()), None, 10).await).len(),
        ok(storage.list_former_passwords(pool, &user.sub, 10).await).len(),
    ];
    parts.iter().sum::<usize>() + usize::from(lockout.failures != 0)
}

async fn a_refused_batch_writes_nothing(storage: &dyn Storage) {
    let id = pool_id("pool_batch");
    let other = create(storage, "pool_batch_other").await;
    let mut stale = samples::pool(&other);
    stale.version = 9;
    refuse(
        storage,
        Conflict::Stale,
        [
            create_write(&samples::pool(&id)),
            Write::CreateAppClient(Box::new(samples::client(&id, "client-of-a-batch"))),
            Write::UpdateUserPool(Box::new(stale)),
        ],
    )
    .await;
    assert_eq!(count_content(storage, &id).await, 0);
    // The first broken guard is named, although a later one is broken too.
    refuse(
        storage,
        Conflict::UserPoolExists,
        [
            create_write(&samples::pool(&other)),
            Write::DeleteUserPool(id),
        ],
    )
    .await;
}
