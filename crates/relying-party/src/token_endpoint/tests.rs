//! Secrets as they are sent, and answers that are none.

use super::*;

fn provider(methods: &str) -> Provider {
    let json =
        format!(r#"{{"issuer":"https://i","token_endpoint_auth_methods_supported":[{methods}]}}"#);
    serde_json::from_str(&json).unwrap()
}

#[test]
fn s25_a_secret_is_encoded_before_it_is_joined() {
    let header = basic("a:b", &"p q+%".into());
    assert_eq!(
        header.expose(),
        format!("Basic {}", STANDARD.encode("a%3Ab:p+q%2B%25"))
    );
    assert!(!format!("{header:?}").contains("Basic"));
}

#[test]
fn the_secret_is_sent_as_the_issuer_takes_it() {
    let mut client = Client {
        id: "a".to_owned(),
        secret: None,
        method: None,
    };
    assert_eq!(client.method_at(&provider("")), SecretMethod::Basic);
    assert_eq!(
        client.method_at(&provider(r#""client_secret_post""#)),
        SecretMethod::Post
    );
    let both = provider(r#""client_secret_post","client_secret_basic""#);
    assert_eq!(client.method_at(&both), SecretMethod::Basic);
    client.method = Some(SecretMethod::Post);
    assert_eq!(client.method_at(&both), SecretMethod::Post);
}

#[test]
fn s57_what_is_no_answer_with_tokens_is_refused() {
    for json in [
        "",
        "{}",
        "[]",
        r#"{"access_token":1,"token_type":"Bearer"}"#,
        r#"{"access_token":"a"}"#,
    ] {
        assert!(tokens(json.as_bytes()).is_none(), "{json}");
    }
    let dpop = tokens(br#"{"access_token":"a","token_type":"DPoP"}"#);
    assert!(matches!(dpop, Some(Err(EndpointError::TokenType(_)))));
    let good = tokens(br#"{"access_token":"a","token_type":"bearer","expires_in":5}"#);
    assert!(matches!(
        good,
        Some(Ok(Tokens {
            expires_in: Some(5),
            ..
        }))
    ));
}
