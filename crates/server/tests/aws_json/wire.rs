//! Headers, CORS, targets and the form of answers.

use axum::body::Body;
use http::{Method, Request};
use poolhouse_api_model::Operation;
use serde_json::json;

use crate::api::{Api, refusal};

fn request(method: Method, headers: &[(&str, &str)], body: &str) -> Request<Body> {
    let mut request = Request::builder().method(method).uri("/");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::from(body.to_owned())).unwrap()
}

#[tokio::test]
async fn an_answer_has_the_headers_of_the_service() {
    let api = Api::start().await;
    let answer = api.call("ListUserPools", json!({"MaxResults": 1})).await;
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header("content-type"),
        Some("application/x-amz-json-1.1")
    );
    assert_eq!(answer.header("x-amzn-requestid").unwrap().len(), 36);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.json(), json!({"UserPools": []}));
}

#[tokio::test]
async fn s56_every_answer_may_be_read_by_any_origin_and_never_with_credentials() {
    let api = Api::start().await;
    let answers = [
        api.call("ListUserPools", json!({"MaxResults": 1})).await,
        api.call("DescribeUserPool", json!({"UserPoolId": "us-east-1_nope"}))
            .await,
        api.post_json("NoSuchOperation", &json!({})).await,
        api.post_json("ListUserPools", &json!({})).await,
        api.send(request(Method::POST, &[], &"x".repeat(2 << 20)))
            .await,
    ];
    for answer in answers {
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert_eq!(
            answer.header("access-control-expose-headers"),
            Some("x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date")
        );
        assert_eq!(answer.header("access-control-allow-credentials"), None);
    }
}

#[tokio::test]
async fn s56_a_preflight_allows_the_headers_it_asks_for() {
    let api = Api::start().await;
    let asked = "content-type,x-amz-target,x-amz-user-agent,amz-sdk-request";
    let headers = [
        ("origin", "https://app.example"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", asked),
    ];
    let answer = api.send(request(Method::OPTIONS, &headers, "")).await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.is_empty());
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("access-control-allow-headers"), Some(asked));
    assert_eq!(answer.header("access-control-max-age"), Some("172800"));
    let methods = answer.header("access-control-allow-methods").unwrap();
    assert!(methods.contains("POST"));
}

#[tokio::test]
async fn an_unknown_target_is_named_as_the_service_names_it() {
    let api = Api::start().await;
    for target in [
        "AWSCognitoIdentityProviderService.NoSuchOperation",
        "AWSCognitoIdentityProviderService.",
        "SignUp",
        "AWSCognitoIdentityService.GetId",
        "",
    ] {
        let answer = api
            .send(request(Method::POST, &[("x-amz-target", target)], "{}"))
            .await;
        assert_eq!(answer.status, 400, "{target}");
        assert_eq!(refusal(&answer).0, "UnknownOperationException", "{target}");
    }
    let answer = api.send(request(Method::POST, &[], "{}")).await;
    assert_eq!(refusal(&answer).0, "UnknownOperationException");
}

#[tokio::test]
async fn an_operation_that_is_not_served_says_so() {
    let api = Api::start().await;
    let mut missing = 0;
    for operation in Operation::ALL {
        let answer = api.call(operation.name(), json!({})).await;
        if answer.status != 501 {
            continue;
        }
        missing += 1;
        let (code, text) = refusal(&answer);
        assert_eq!(code, "NotImplementedException");
        assert_eq!(
            text,
            format!("{} is not served yet by Poolhouse.", operation.name())
        );
    }
    let page = poolhouse_server::compatibility::page();
    let counted = format!(
        "serves {} of the 141 operations",
        Operation::ALL.len() - missing
    );
    assert!(missing > 0 && page.contains(&counted), "{counted}");
}

#[tokio::test]
async fn an_operation_without_output_answers_with_no_bytes_and_others_with_an_object() {
    let api = Api::start().await;
    let pool = api.ok("CreateUserPool", json!({"PoolName": "p"})).await;
    let id = &pool["UserPool"]["Id"];
    let domain = json!({"UserPoolId": id, "Domain": "some-prefix"});
    api.ok("CreateUserPoolDomain", domain.clone()).await;
    let answer = api.call("DeleteUserPoolDomain", domain).await;
    assert_eq!(answer.text(), "{}");
    let answer = api.call("DeleteUserPool", json!({"UserPoolId": id})).await;
    assert_eq!((answer.status.as_u16(), answer.text()), (200, ""));
}

#[tokio::test]
async fn a_browser_is_led_to_the_start_page_and_a_program_is_told_where_the_api_is() {
    let api = Api::start().await;
    let html = [("accept", "text/html,application/xhtml+xml")];
    let answer = api.get_with("/", &html).await;
    assert_eq!(
        (answer.status.as_u16(), answer.location()),
        (302, "/_poolhouse/")
    );
    let answer = api.get("/").await;
    assert_eq!(answer.status, 200);
    assert!(answer.text().contains("X-Amz-Target"));
    let answer = api.get("/no/such/page").await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
}

#[tokio::test]
async fn s75_an_unknown_host_is_misdirected() {
    let api = Api::start().await;
    for host in ["evil.example", "localhost.evil.example", "10.0.0.1:9229"] {
        let answer = api.get_with("/_poolhouse/health", &[("host", host)]).await;
        assert_eq!(answer.status, 421, "{host}");
    }
    for host in ["localhost", "127.0.0.1:9229", "[::1]:9229", "app.localhost"] {
        let answer = api.get_with("/_poolhouse/health", &[("host", host)]).await;
        assert_eq!(answer.status, 200, "{host}");
    }
}
