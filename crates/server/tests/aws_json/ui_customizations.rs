//! The look of hosted pages on the wire.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::api::Api;

/// A PNG file of nine by nine pixels, as far as its header goes.
const PNG: [u8; 33] = *b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x09\0\0\0\x09\x08\x06\0\0\0\0\0\0\0";

const CSS: &str = ".banner-customizable { background-color: lightgray; }";

async fn start() -> (Api, Value, Value) {
    let api = Api::start().await;
    let pool = api.ok("CreateUserPool", json!({"PoolName": "p"})).await;
    let pool = pool["UserPool"]["Id"].clone();
    let input = json!({"UserPoolId": pool, "ClientName": "c"});
    let client = api.ok("CreateUserPoolClient", input).await;
    (api, pool, client["UserPoolClient"]["ClientId"].clone())
}

async fn give_domain(api: &Api, pool: &Value) {
    let input = json!({"UserPoolId": pool, "Domain": "house"});
    api.ok("CreateUserPoolDomain", input).await;
}

#[tokio::test]
async fn a_look_is_described_as_it_was_given() {
    let (api, pool, client) = start().await;
    give_domain(&api, &pool).await;
    let get = async |client: Option<&Value>| {
        let mut input = json!({"UserPoolId": pool});
        if let Some(client) = client {
            input["ClientId"] = client.clone();
        }
        api.ok("GetUICustomization", input).await
    };
    let nothing = json!({"UICustomization": {}});
    assert_eq!(get(None).await, nothing);
    let set = json!({
        "UserPoolId": pool, "ClientId": client, "CSS": CSS, "ImageFile": STANDARD.encode(PNG)
    });
    let set = api.ok("SetUICustomization", set).await;
    let look = &set["UICustomization"];
    assert_eq!(look["UserPoolId"], pool);
    assert_eq!(look["ClientId"], client);
    assert_eq!(look["CSS"], CSS);
    assert!(look["CreationDate"].is_number());
    assert_eq!(look["LastModifiedDate"], look["CreationDate"]);
    let version = look["CSSVersion"].as_str().unwrap();
    assert!(version.len() == 14 && version.bytes().all(|byte| byte.is_ascii_digit()));
    let url = look["ImageUrl"].as_str().unwrap();
    let public_url = &api.settings().public_url;
    let folder = format!(
        "{public_url}/_poolhouse/branding/{}/",
        pool.as_str().unwrap()
    );
    assert!(
        url.starts_with(&folder) && url.ends_with("/logo.png"),
        "{url}"
    );
    let logo = api
        .get(url.strip_prefix(public_url.as_str()).unwrap())
        .await;
    assert_eq!((logo.status.as_u16(), logo.body.as_ref()), (200, &PNG[..]));
    assert_eq!(get(Some(&client)).await, set);
    assert_eq!(get(None).await, nothing);

    // For all, under either name.
    for name in [None, Some(json!("ALL"))] {
        let mut input = json!({"UserPoolId": pool, "CSS": CSS});
        if let Some(name) = &name {
            input["ClientId"] = name.clone();
        }
        let set = api.ok("SetUICustomization", input).await;
        assert_eq!(set["UICustomization"]["ClientId"], "ALL");
        assert!(set["UICustomization"].get("ImageUrl").is_none());
        assert_eq!(get(None).await, set);
    }
    // Without either it is gone, as Terraform's provider takes it away.
    for client in [client, json!("ALL")] {
        let input = json!({"UserPoolId": pool, "ClientId": client});
        assert_eq!(api.ok("SetUICustomization", input).await, nothing);
    }
    assert_eq!(get(None).await, nothing);
}

#[tokio::test]
async fn a_pool_without_a_domain_a_stranger_and_what_is_not_allowed_are_refused() {
    let (api, pool, client) = start().await;
    let invalid = |text: &str| ("InvalidParameterException".to_owned(), text.to_owned());
    let no_domain = invalid("There has to be an existing domain associated with this user pool");
    for client in [client, json!("ALL")] {
        let mut input = json!({"UserPoolId": pool, "ClientId": client});
        let refused = api.refused("GetUICustomization", input.clone()).await;
        assert_eq!(refused, no_domain);
        input["CSS"] = json!(CSS);
        assert_eq!(api.refused("SetUICustomization", input).await, no_domain);
    }
    give_domain(&api, &pool).await;
    let stranger = json!({"UserPoolId": pool, "ClientId": "stranger"});
    for operation in ["GetUICustomization", "SetUICustomization"] {
        let (code, text) = api.refused(operation, stranger.clone()).await;
        assert_eq!(code, "ResourceNotFoundException");
        assert_eq!(text, "User pool client stranger does not exist.");
    }
    for (member, value, text) in [
        (
            "CSS",
            json!("body { color: red }"),
            "CSS is not allowed: line 1: a selector must be one of the classes alone.",
        ),
        (
            "ImageFile",
            json!(STANDARD.encode("<svg/>")),
            "The image must be a PNG or JPEG file.",
        ),
    ] {
        let mut input = json!({"UserPoolId": pool});
        input[member] = value;
        let refused = api.refused("SetUICustomization", input).await;
        assert_eq!(refused, invalid(text));
    }
}
