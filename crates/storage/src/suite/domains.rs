//! Behaviour of domains.

use poolhouse_model::PoolDomain;

use super::samples::{self, pool_id};
use super::{accept, ok, refuse, user_pools};
use crate::error::Conflict;
use crate::repositories::Storage;
use crate::write::Write;

pub(super) async fn run(storage: &dyn Storage) {
    a_domain_leads_to_one_pool(storage).await;
    a_pool_has_one_prefix_and_one_custom_domain(storage).await;
    an_update_needs_the_version_before(storage).await;
}

async fn a_domain_leads_to_one_pool(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "domain_one").await;
    let other = user_pools::create(storage, "domain_other").await;
    let domain = samples::domain(&pool, "one-prefix");
    assert_eq!(ok(storage.find_domain("one-prefix").await), None);
    accept(storage, [Write::CreateDomain(domain.clone())]).await;
    assert_eq!(ok(storage.find_domain("one-prefix").await), Some(domain));
    let taken = samples::domain(&other, "one-prefix");
    refuse(
        storage,
        Conflict::DomainTaken,
        [Write::CreateDomain(taken.clone())],
    )
    .await;
    let delete = |pool_id| {
        let domain = "one-prefix".to_owned();
        [Write::DeleteDomain { pool_id, domain }]
    };
    refuse(storage, Conflict::Stale, delete(other)).await;
    accept(storage, delete(pool.clone())).await;
    refuse(storage, Conflict::Stale, delete(pool)).await;
    assert_eq!(ok(storage.find_domain("one-prefix").await), None);
    accept(storage, [Write::CreateDomain(taken)]).await;
}

async fn a_pool_has_one_prefix_and_one_custom_domain(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "domain_kinds").await;
    let mut custom = samples::domain(&pool, "auth.kinds.example");
    custom.certificate_arn = None;
    custom.security_policy = None;
    let prefix = samples::domain(&pool, "kinds");
    for domain in [&custom, &prefix] {
        accept(storage, [Write::CreateDomain(domain.clone())]).await;
    }
    for name in ["kinds-2", "login.kinds.example"] {
        let second = samples::domain(&pool, name);
        refuse(
            storage,
            Conflict::DomainTaken,
            [Write::CreateDomain(second)],
        )
        .await;
        assert_eq!(ok(storage.find_domain(name).await), None);
    }
    assert_eq!(ok(storage.list_domains(&pool).await), [custom, prefix]);
    let nowhere = samples::domain(&pool_id("domain_nowhere"), "nowhere");
    refuse(storage, Conflict::Stale, [Write::CreateDomain(nowhere)]).await;
}

async fn an_update_needs_the_version_before(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "domain_update").await;
    let other = user_pools::create(storage, "domain_update_other").await;
    let mut domain = samples::domain(&pool, "auth.update.example");
    accept(storage, [Write::CreateDomain(domain.clone())]).await;
    domain.certificate_arn = Some("arn:aws:acm:us-east-1:1:certificate/2".to_owned());
    domain.security_policy = None;
    domain.managed_login_version = 1;
    domain.version = 3;
    let write = |domain: &PoolDomain| [Write::UpdateDomain(domain.clone())];
    refuse(storage, Conflict::Stale, write(&domain)).await;
    domain.version = 2;
    let mut elsewhere = domain.clone();
    elsewhere.pool_id = other;
    refuse(storage, Conflict::Stale, write(&elsewhere)).await;
    accept(storage, write(&domain)).await;
    refuse(storage, Conflict::Stale, write(&domain)).await;
    let found = ok(storage.find_domain(&domain.domain).await);
    assert_eq!(found, Some(domain));
}
