//! Calls without a signature, and names of pools, clients and users that are not there.

use poolhouse_api_model::Operation;

use super::inputs::{Names, World, minimal_input, names};
use super::served;
use crate::api::{Api, SIGNATURE, refusal};

#[tokio::test]
async fn what_an_operation_names_is_a_member_of_its_input() {
    for operation in Operation::ALL {
        let named = names(*operation);
        let has = |name: &str| {
            let members = operation.input_members().iter();
            let mut found = members.filter(|member| member.name == name);
            found.any(|member| member.required || name == "AccessToken")
        };
        let expected: &[&str] = match named {
            Names::Nothing => &[],
            Names::Pool => &["UserPoolId"],
            Names::PoolByArn => &["ResourceArn"],
            Names::ClientOfPool => &["UserPoolId", "ClientId"],
            Names::UserOfPool => &["UserPoolId", "Username"],
            Names::Client => &["ClientId"],
            Names::AccessToken => &["AccessToken"],
        };
        assert!(expected.iter().all(|name| has(name)), "{operation:?}");
        assert_eq!(named.is_pool(), has("UserPoolId"), "{operation:?}");
        assert_eq!(
            named == Names::AccessToken,
            has("AccessToken"),
            "{operation:?}"
        );
    }
}

#[tokio::test]
async fn s65_every_signed_operation_insists_on_a_signature() {
    Api::on_every_engine(|api| async move {
        let mut count = 0;
        for operation in served(&api).await {
            if operation.is_unsigned() {
                continue;
            }
            let input = minimal_input(operation, &World::of_nothing());
            let name = operation.name();
            for headers in [
                &[][..],
                &[("authorization", "")],
                &[("authorization", "Bearer a.b.c")],
                &[("authorization", "Basic YTpi")],
                &[("x-amz-date", "20261124T120000Z")],
            ] {
                let answer = api.post_json_with(name, &input, headers).await;
                assert_eq!(answer.status, 400, "{name} {headers:?}");
                let (code, text) = refusal(&answer);
                assert_eq!(code, "MissingAuthenticationTokenException", "{name}");
                assert_eq!(text, "Missing Authentication Token", "{name}");
            }
            let headers = [
                ("authorization", SIGNATURE),
                ("x-amz-date", "20261124T120000Z"),
                ("origin", "https://evil.example"),
            ];
            let answer = api.post_json_with(name, &input, &headers).await;
            assert_eq!(refusal(&answer).0, "AccessDeniedException", "{name}");
            count += 1;
        }
        assert!(count > 30, "only {count} operations were tried");
    })
    .await;
}

#[tokio::test]
async fn a_pool_that_is_not_there_is_named_by_every_served_operation() {
    Api::on_every_engine(|api| async move {
        let there = api.pool().await.id;
        let (_, own_part) = there.as_str().split_once('_').unwrap();
        for operation in served(&api).await {
            let pools = [
                "us-east-1_nothing00".to_owned(),
                // The right one, but for the region, and for the case of a letter.
                format!("eu-central-1_{own_part}"),
                format!("US-EAST-1_{own_part}"),
                "local_1".to_owned(),
            ];
            if !names(operation).is_pool() {
                continue;
            }
            for pool in pools {
                let world = World {
                    pool: pool.clone(),
                    ..World::of_nothing()
                };
                let expected = format!("User pool {pool} does not exist.");
                let code = "ResourceNotFoundException";
                expect(&api, operation, &world, (code, &expected)).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_user_who_is_not_there_is_missed_by_every_served_operation() {
    Api::on_every_engine(|api| async move {
        let world = World {
            pool: api.pool().await.id.as_str().to_owned(),
            ..World::of_nothing()
        };
        for operation in served(&api).await {
            if names(operation) == Names::UserOfPool {
                let expected = ("UserNotFoundException", "User does not exist.");
                expect(&api, operation, &world, expected).await;
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_client_that_is_not_there_is_named_by_every_served_operation() {
    Api::on_every_engine(|api| async move {
        let world = World {
            pool: api.pool().await.id.as_str().to_owned(),
            ..World::of_nothing()
        };
        for operation in served(&api).await {
            if matches!(names(operation), Names::Client | Names::ClientOfPool) {
                let text = "User pool client nothing does not exist.";
                expect(&api, operation, &world, ("ResourceNotFoundException", text)).await;
            }
        }
    })
    .await;
}

/// Calls an operation that must be refused; that its model declares the code, the door itself sees to
/// in tests.
async fn expect(api: &Api, operation: Operation, world: &World, expected: (&str, &str)) {
    let input = minimal_input(operation, world);
    let (code, text) = api.refused(operation.name(), input).await;
    assert_eq!((code.as_str(), text.as_str()), expected, "{operation:?}");
}
