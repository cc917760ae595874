//! Addresses as people paste them.

use super::*;

const GOOD: &str = "https://pool.auth.eu-west-1.amazoncognito.com/oauth2/authorize?response_type=code\
    &client_id=abc&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback&scope=openid+email&state=s&nonce=n\
    &code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn wrong(address: &str) -> Vec<String> {
    let advice = advise(address).expect(address);
    let certain = advice.faults.into_iter().filter(|fault| fault.is_certain);
    certain.map(|fault| fault.text).collect()
}

/// Exchanges a part of the good address and expects one fault that says so.
#[track_caller]
fn breaks(part: &str, with: &str, says: &str) {
    let broken = GOOD.replace(part, with);
    assert_ne!(broken, GOOD, "{part} is not there");
    let faults = wrong(&broken);
    assert!(
        faults.iter().any(|fault| fault.contains(says)),
        "{says} is missing in {faults:?}"
    );
}

#[test]
fn a_good_address_has_nothing_wrong_and_each_parameter_in_words() {
    assert_eq!(wrong(GOOD), Vec::<String>::new());
    let advice = advise(GOOD).unwrap();
    assert_eq!(advice.kind, AddressKind::Authorization);
    assert!(
        advice
            .summary
            .contains("authorization code grant with PKCE"),
        "{}",
        advice.summary
    );
    assert_eq!(advice.parameters.len(), 8);
    assert!(
        advice
            .parameters
            .iter()
            .all(|parameter| !parameter.meaning.starts_with("not known"))
    );
}

#[test]
fn what_is_missing_or_misspelt_is_told() {
    breaks("&client_id=abc", "", "client_id is missing");
    breaks("&client_id=abc", "&client_id=", "client_id is missing");
    breaks(
        "redirect_uri=",
        "redirect_url=",
        "\"redirect_url\" is written redirect_uri",
    );
    breaks("&client_id", "&amp;client_id", "copied out of HTML");
    breaks(
        "response_type=code",
        "response_type=id_token",
        "not to Cognito",
    );
    breaks("response_type=code", "response_type=Code", "does not exist");
    breaks("response_type=code&", "", "response_type is missing");
    breaks("&state=s", "&state=s&state=t", "state comes twice");
    breaks(
        "&nonce=n",
        "&client_secret=hunter2",
        "does not belong into an address",
    );
}

#[test]
fn mistakes_with_scopes_are_told() {
    breaks("openid+email", "openid,email", "commas");
    breaks("openid+email", "openid%2Bemail", "encoded twice");
    breaks("openid+email", "openid%2520email", "percent-encoded twice");
    breaks("openid+email", "email", "needs openid");
    breaks("openid+email", "OpenID+email", "is written openid");
}

#[test]
fn mistakes_with_pkce_are_told() {
    breaks(
        "code_challenge_method=S256",
        "code_challenge_method=plain",
        "S256",
    );
    breaks(
        "code_challenge_method=S256",
        "code_challenge_method=s256",
        "S256",
    );
    breaks(
        "&code_challenge_method=S256",
        "",
        "without code_challenge_method",
    );
    breaks("&code_challenge=", "&x=", "without a code_challenge");
    breaks("tw-cM", "tw-cM%3D", "take the =");
    breaks(
        "response_type=code",
        "response_type=token",
        "PKCE does nothing",
    );
    let hex = "a".repeat(64);
    breaks(
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
        &hex,
        "hexadecimal",
    );
    breaks("E9Melhoa2", "E9Melhoa%2B", "base64url");
}

#[test]
fn mistakes_with_the_redirect_uri_are_told() {
    let target = "https%3A%2F%2Fapp.example%2Fcallback";
    breaks(
        target,
        "https%253A%252F%252Fapp.example%252Fcallback",
        "percent-encoded twice",
    );
    breaks(target, "app.example/callback", "no whole address");
    breaks(target, "http%3A%2F%2Fapp.example%2Fcallback", "plain http");
    breaks(
        target,
        "https%3A%2F%2Fapp.example%2F%23%2Fcallback",
        "fragment",
    );
    breaks(target, "https%3A%2F%2F*.example%2Fcallback", "wildcards");
    breaks(
        target,
        "https://app.example/#/callback",
        "never reaches the server",
    );
    let local = GOOD.replace(target, "http%3A%2F%2Flocalhost%3A3000");
    assert!(wrong(&local).is_empty());
    let hints = advise(&local).unwrap().faults;
    assert!(
        hints
            .iter()
            .any(|hint| hint.text.contains("http://localhost:3000/ is another")),
        "{hints:?}"
    );
}

#[test]
fn sign_out_addresses_are_held_against_cognitos_rules() {
    let host = "https://pool.example/logout?";
    assert!(
        wrong(&format!(
            "{host}client_id=a&logout_uri=https://app.example/"
        ))
        .is_empty()
    );
    for (query, says) in [
        ("logout_uri=https://app.example/", "client_id is missing"),
        ("client_id=a", "logout_uri is missing"),
        (
            "client_id=a&redirect_uri=https://app.example/",
            "needs response_type",
        ),
        (
            "client_id=a&post_logout_redirect_uri=https://app.example/",
            "OpenID Connect's",
        ),
        (
            "client_id=a&logout_url=https://app.example/",
            "is written logout_uri",
        ),
    ] {
        let faults = wrong(&format!("{host}{query}"));
        assert!(
            faults.iter().any(|fault| fault.contains(says)),
            "{query}: {faults:?}"
        );
    }
}

#[test]
fn s67_answers_are_explained_without_repeating_what_opens_something() {
    let code = "d03ab8c3-f1a3-474d-9887-f8b7f7b23606";
    let advice = advise(&format!("http://localhost:3000/?code={code}&state=s")).unwrap();
    assert_eq!(advice.kind, AddressKind::Callback);
    assert!(!format!("{advice:?}").contains(code), "{advice:?}");
    let implicit = advise(&format!(
        "http://localhost:3000/#access_token={code}&state=s"
    ))
    .unwrap();
    assert_eq!(implicit.kind, AddressKind::Callback);
    assert!(!format!("{implicit:?}").contains(code), "{implicit:?}");
    assert!(
        implicit.faults.iter().all(|fault| !fault.is_certain),
        "{implicit:?}"
    );
    let refusal = wrong("http://localhost:3000/?error=invalid_scope&error_description=a+b&state=s");
    assert!(
        refusal[0].contains("AllowedOAuthScopes") && refusal[0].contains("a b"),
        "{refusal:?}"
    );
    let page = wrong("https://pool.example/error?error=redirect_mismatch&client_id=a");
    assert!(page[0].contains("not registered"), "{page:?}");
}

#[test]
fn what_is_no_address_of_a_sign_in_is_told_as_such() {
    assert_eq!(advise("hello"), None);
    assert_eq!(
        advise(&format!("https://a/?{}", "x".repeat(MOST_ADDRESS_BYTES))),
        None
    );
    assert_eq!(
        advise("https://example.com/").unwrap().kind,
        AddressKind::Other
    );
    let hostile = advise("https://a/?error=%1b[2J&code=%00").unwrap();
    assert!(!format!("{hostile:?}").contains('\u{1b}'));
}
