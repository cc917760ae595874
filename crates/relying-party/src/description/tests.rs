//! Tokens told in words.

use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

const NOW: Timestamp = Timestamp::from_secs(1_795_546_503);

fn described(header: &str, claims: &str) -> Description {
    let part = |json| URL_SAFE_NO_PAD.encode(json);
    let text = format!("{}.{}.c2ln", part(header), part(claims));
    describe(&Token::read(&text).unwrap(), NOW)
}

#[test]
fn an_id_token_is_told_as_one_and_never_as_verified() {
    let told = described(
        r#"{"kid":"a","alg":"RS256"}"#,
        r#"{"iss":"https://i","token_use":"id","iat":1795546503,"exp":1795550103,"custom:x":"1","zz":[1]}"#,
    );
    assert!(told.summary.starts_with("An ID token"), "{}", told.summary);
    assert!(
        told.summary.contains("for 1 hour, and it is not over yet"),
        "{}",
        told.summary
    );
    assert!(told.summary.ends_with("Nothing of this was verified."));
    assert_eq!(told.faults, Vec::<String>::new());
    let of = |name: &str| told.claims.iter().find(|claim| claim.name == name).unwrap();
    assert!(of("exp").value.ends_with("in 1 hour"));
    assert_eq!(of("custom:x").meaning, "an attribute of the pool's own");
    assert_eq!((of("zz").value.as_str(), of("zz").meaning), ("[1]", ""));
}

#[test]
fn what_can_be_seen_to_be_wrong_is_told() {
    let told = described(
        r#"{"alg":"None","jku":"https://evil"}"#,
        r#"{"exp":1,"iat":1999999999,"sub":"\u001b[2J"}"#,
    );
    let all = told.faults.join("\n");
    for part in [
        "not signed",
        "jku",
        "(kid)",
        "has expired",
        "iat lies ahead",
        "(iss)",
    ] {
        assert!(all.contains(part), "{part} is missing in\n{all}");
    }
    assert!(
        told.claims
            .iter()
            .all(|claim| !claim.value.contains('\u{1b}'))
    );
    let millis = described(
        r#"{"alg":"RS256","kid":"a"}"#,
        r#"{"iss":"a","exp":1795550103000}"#,
    );
    assert!(
        millis.faults[0].contains("no number of seconds"),
        "{millis:?}"
    );
}

#[test]
fn a_refresh_token_of_cognito_is_told_as_encrypted() {
    let header = URL_SAFE_NO_PAD.encode(r#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#);
    let told = describe(&Token::read(&format!("{header}.a.b.c.d")).unwrap(), NOW);
    assert!(told.summary.contains("RSA-OAEP, A256GCM"), "{told:?}");
}
