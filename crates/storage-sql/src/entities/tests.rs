use rusqlite::Connection;

use super::{
    app_clients, authorization_codes, browser_sessions, challenge_sessions, confirmation_codes,
    domains, groups, housekeeping, lockouts, outbox, password_history, pool_keys, resource_servers,
    searchable_attributes, sign_in_names, token_families, ui_customizations, user_lists, user_mfa,
    user_pools, users, writes,
};
use crate::SqlStorage;
use crate::backfill;
use crate::migrations;
use crate::sqlite::{DamageWatch, in_memory};

/// Every statement, by its file and name.
pub(crate) fn all_statements() -> Vec<(String, &'static str)> {
    [
        ("app_clients", app_clients::ALL),
        ("authorization_codes", authorization_codes::ALL),
        ("backfill", backfill::ALL),
        ("browser_sessions", browser_sessions::ALL),
        ("challenge_sessions", challenge_sessions::ALL),
        ("confirmation_codes", confirmation_codes::ALL),
        ("domains", domains::ALL),
        ("groups", groups::ALL),
        ("housekeeping", housekeeping::ALL),
        ("lockouts", lockouts::ALL),
        ("outbox", outbox::ALL),
        ("password_history", password_history::ALL),
        ("pool_keys", pool_keys::ALL),
        ("resource_servers", resource_servers::ALL),
        ("searchable_attributes", searchable_attributes::ALL),
        ("sign_in_names", sign_in_names::ALL),
        ("token_families", token_families::ALL),
        ("ui_customizations", ui_customizations::ALL),
        ("user_lists", user_lists::ALL),
        ("user_mfa", user_mfa::ALL),
        ("user_pools", user_pools::ALL),
        ("users", users::ALL),
        ("writes", writes::ALL),
    ]
    .into_iter()
    .flat_map(|(file, statements)| {
        let named = move |(name, sql): &(&str, &'static str)| (format!("{file}::{name}"), *sql);
        statements.iter().map(named)
    })
    .collect()
}

fn migrated() -> Connection {
    let mut connection = in_memory().unwrap();
    migrations::run_on_sqlite(&mut connection, &DamageWatch::new("memory")).unwrap();
    connection
}

#[test]
fn every_statement_is_prepared_on_sqlite_and_finds_its_rows_by_a_key() {
    // These read or remove all rows of a table, or of a pool, on purpose.
    let whole_table = ["outbox::DELETE_ALL"];
    let whole_pool = [
        // Rare, where an index would be written at each sign-in.
        "app_clients::DELETE_CODES",
        "app_clients::DELETE_FAMILIES",
        "domains::LIST",
        "groups::COUNT",
        "pool_keys::LIST",
        "resource_servers::COUNT",
        "user_pools::COUNT_USERS",
    ];
    let connection = migrated();
    for (name, sql) in all_statements() {
        let mut plan = connection
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        // Columns are NULL without parameters, which does not change the plan.
        let mut rows = plan.raw_query();
        while let Some(row) = rows.next().unwrap() {
            let step: String = row.get(3).unwrap();
            let is_scan = step.starts_with("SCAN") || step.contains("TEMP B-TREE");
            assert!(
                !is_scan || whole_table.contains(&name.as_str()),
                "{name}: {step}"
            );
            let is_whole_pool = step.contains("(pool_id=?)") && !step.contains("user_pools");
            let is_on_purpose = name.starts_with("writes::") || whole_pool.contains(&name.as_str());
            assert!(!is_whole_pool || is_on_purpose, "{name}: {step}");
        }
    }
}

#[test]
fn every_list_of_users_reads_a_range_of_one_index_in_its_order() {
    let connection = migrated();
    let users = "SEARCH u USING INDEX sqlite_autoindex_users_1 (pool_id=? AND sub=?)";
    let names = "SEARCH s USING PRIMARY KEY (pool_id=? AND kind=? AND";
    let attributes = "SEARCH s USING COVERING INDEX searchable_attributes_value \
                      (pool_id=? AND attribute=? AND";
    let expected = [
        (
            "EVERYONE",
            vec!["SEARCH u USING INDEX sqlite_autoindex_users_1 (pool_id=? AND sub>?)".to_owned()],
        ),
        (
            "BY_STATUS",
            vec!["SEARCH u USING INDEX users_status (pool_id=? AND status=? AND sub>?)".to_owned()],
        ),
        (
            "BY_ENABLED",
            vec![
                "SEARCH u USING INDEX users_enabled (pool_id=? AND is_enabled=? AND sub>?)"
                    .to_owned(),
            ],
        ),
        (
            "NAME_EQUALS",
            vec![format!("{names} folded=?)"), users.to_owned()],
        ),
        (
            "NAME_STARTS",
            vec![
                format!("{names} (folded,sub)>(?,?) AND folded<?)"),
                users.to_owned(),
            ],
        ),
        (
            "NAME_ANY",
            vec![format!("{names} (folded,sub)>(?,?))"), users.to_owned()],
        ),
        (
            "ATTRIBUTE_EQUALS",
            vec![
                format!("{attributes} folded=? AND sub>?)"),
                users.to_owned(),
            ],
        ),
        (
            "ATTRIBUTE_STARTS",
            vec![
                format!("{attributes} (folded,sub)>(?,?) AND folded<?)"),
                users.to_owned(),
            ],
        ),
        (
            "ATTRIBUTE_ANY",
            vec![
                format!("{attributes} (folded,sub)>(?,?))"),
                users.to_owned(),
            ],
        ),
    ];
    let found = user_lists::ALL.iter().map(|(name, sql)| {
        let mut plan = connection
            .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
            .unwrap();
        let mut rows = plan.raw_query();
        let mut steps = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            steps.push(row.get::<_, String>(3).unwrap());
        }
        (*name, steps)
    });
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[tokio::test]
async fn the_conformance_suite_holds_on_sqlite_in_memory() {
    let storage = SqlStorage::open_ephemeral().unwrap();
    poolhouse_storage::suite::run_all(&storage).await;
}
