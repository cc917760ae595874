//! Who may call signed operations.

use poolhouse_api_model::Operation;
use poolhouse_server::ServerSettings;
use serde_json::json;

use crate::api::{Api, SIGNATURE, refusal};

#[tokio::test]
async fn s65_every_signed_operation_needs_credentials() {
    let api = Api::start().await;
    let mut signed = 0;
    for operation in Operation::ALL.iter().filter(|o| !o.is_unsigned()) {
        signed += 1;
        let answer = api.post_json(operation.name(), &json!({})).await;
        assert_eq!(answer.status, 400);
        assert_eq!(
            refusal(&answer),
            (
                "MissingAuthenticationTokenException".to_owned(),
                "Missing Authentication Token".to_owned()
            ),
            "{}",
            operation.name()
        );
    }
    assert_eq!(signed, 106);
}

#[tokio::test]
async fn s65_a_malformed_signature_is_refused() {
    let api = Api::start().await;
    for (header, code) in [
        ("Bearer abc", "MissingAuthenticationTokenException"),
        ("Basic YTpi", "MissingAuthenticationTokenException"),
        ("AWS4-HMAC-SHA256", "IncompleteSignatureException"),
        (
            "AWS4-HMAC-SHA256 Credential=a",
            "IncompleteSignatureException",
        ),
        (
            "AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0",
            "IncompleteSignatureException",
        ),
    ] {
        let headers = [("authorization", header), ("x-amz-date", "x")];
        let input = json!({"MaxResults": 1});
        let answer = api.post_json_with("ListUserPools", &input, &headers).await;
        assert_eq!(refusal(&answer).0, code, "{header}");
    }
}

#[tokio::test]
async fn an_unsigned_operation_ignores_other_authorization() {
    let api = Api::start().await;
    for header in ["Bearer abc", SIGNATURE] {
        let headers = [("authorization", header)];
        let input = json!({"AccessToken": "a.b.c"});
        let answer = api.post_json_with("GetUser", &input, &headers).await;
        assert_eq!(refusal(&answer).0, "NotAuthorizedException");
    }
}

#[tokio::test]
async fn s75_a_page_of_a_foreign_origin_administers_nothing() {
    let mut settings = ServerSettings::dev();
    settings.allowed_origins = vec!["https://admin.example".to_owned()];
    let api = Api::with(settings).await;
    let call = async |origin: &str| {
        let headers = [
            ("authorization", SIGNATURE),
            ("x-amz-date", "20261124T120000Z"),
            ("origin", origin),
        ];
        let input = json!({"MaxResults": 1});
        api.post_json_with("ListUserPools", &input, &headers).await
    };
    for foreign in [
        "https://evil.example",
        "null",
        "http://localhost.evil.example",
    ] {
        let answer = call(foreign).await;
        assert_eq!(refusal(&answer).0, "AccessDeniedException", "{foreign}");
    }
    for own in [
        "http://localhost:3000",
        "http://127.0.0.1:5173",
        "https://admin.example",
    ] {
        assert_eq!(call(own).await.status, 200, "{own}");
    }
}

#[tokio::test]
async fn s75_an_unsigned_operation_may_be_called_by_any_page() {
    let api = Api::start().await;
    let headers = [("origin", "https://app.example")];
    let input = json!({"ClientId": "x", "AuthFlow": "USER_PASSWORD_AUTH"});
    let answer = api.post_json_with("InitiateAuth", &input, &headers).await;
    assert_eq!(refusal(&answer).0, "ResourceNotFoundException");
}

#[tokio::test]
async fn a_pool_belongs_to_the_region_that_the_call_was_signed_for() {
    let api = Api::start().await;
    let signed_for = |region: &str| SIGNATURE.replace("us-east-1", region);
    let frankfurt = signed_for("eu-central-1");
    let headers = [("authorization", frankfurt.as_str()), ("x-amz-date", "x")];
    let input = json!({"PoolName": "p"});
    let answer = api.post_json_with("CreateUserPool", &input, &headers).await;
    let id = answer.json()["UserPool"]["Id"].as_str().unwrap().to_owned();
    assert!(id.starts_with("eu-central-1_"), "{id}");
    let list = json!({"MaxResults": 10});
    let here = api.post_json_with("ListUserPools", &list, &headers).await;
    assert_eq!(here.json()["UserPools"][0]["Id"], id);
    let elsewhere = api.ok("ListUserPools", list).await;
    assert_eq!(elsewhere["UserPools"], json!([]));
}
