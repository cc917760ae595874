//! Addresses that begin a sign-in, and answers that belong to it or do not.

use super::*;

struct Counting(std::sync::atomic::AtomicU8);

impl Rng for Counting {
    fn fill(&self, dest: &mut [u8]) {
        dest.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    }
}

fn begin(json: &str, more: &[(String, String)]) -> Result<SignIn, BeginError> {
    let provider: Provider = serde_json::from_str(json).unwrap();
    let wish = SignInWish {
        client_id: "app",
        redirect_uri: "http://localhost:3000/",
        scope: "openid email",
        more,
    };
    SignIn::begin(&provider, &wish, &Counting(0.into()))
}

fn sign_in() -> SignIn {
    let json = r#"{"issuer":"https://i","authorization_endpoint":"https://i/a?x=1"}"#;
    begin(json, &[("prompt".to_owned(), "login".to_owned())]).unwrap()
}

#[test]
fn s18_the_challenge_is_that_of_rfc_7636() {
    // Source: RFC 7636 appendix B.
    let made = challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
    assert_eq!(made, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

#[test]
fn the_address_holds_all_and_never_the_verifier() {
    let sign_in = sign_in();
    let address = sign_in.address.as_str();
    assert!(
        address.starts_with("https://i/a?x=1&response_type=code&client_id=app"),
        "{address}"
    );
    assert!(
        address.ends_with("&code_challenge_method=S256&prompt=login"),
        "{address}"
    );
    assert!(!address.contains(sign_in.verifier.expose()));
    assert_ne!(sign_in.state, sign_in.nonce);
    let reserved = begin(
        r#"{"issuer":"https://i","authorization_endpoint":"https://i/a"}"#,
        &[("state".to_owned(), "mine".to_owned())],
    );
    assert!(matches!(reserved, Err(BeginError::Reserved(_))));
}

#[test]
fn s16_an_answer_to_another_question_is_not_taken() {
    let sign_in = sign_in();
    let state = &sign_in.state;
    let code = |query: &str| {
        sign_in
            .code(&Answer::of_query(query))
            .map(|code| code.expose().to_owned())
    };
    assert_eq!(code(&format!("code=c&state={state}")), Ok("c".to_owned()));
    assert_eq!(
        code(&format!("code=c&state={state}&iss=https%3A%2F%2Fi")),
        Ok("c".to_owned())
    );
    for (query, why) in [
        ("code=c".to_owned(), AnswerError::StateMismatch),
        ("code=c&state=".to_owned(), AnswerError::StateMismatch),
        (
            "error=access_denied&state=x".to_owned(),
            AnswerError::StateMismatch,
        ),
        (
            format!("code=c&state={state}&state={state}"),
            AnswerError::Twice("state"),
        ),
        (
            format!("code=c&code=d&state={state}"),
            AnswerError::Twice("code"),
        ),
        (format!("code=&state={state}"), AnswerError::NoAnswer),
        (format!("state={state}"), AnswerError::NoAnswer),
        (
            format!("code=c&state={state}&iss=https://evil"),
            AnswerError::IssuerMismatch("https://evil".to_owned()),
        ),
    ] {
        assert_eq!(code(&query), Err(why), "{query}");
    }
    let refused = code(&format!(
        "error=access_denied&error_description=no+%1b&state={state}"
    ));
    let Err(AnswerError::Refused(refusal)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(refusal.to_string(), "access_denied (no \\u{1b})");
}

#[test]
fn s62_an_issuer_that_names_itself_must_do_so_in_each_answer() {
    let json = r#"{"issuer":"https://i","authorization_endpoint":"https://i/a",
        "authorization_response_iss_parameter_supported":true}"#;
    let sign_in = begin(json, &[]).unwrap();
    let answer = Answer::of_query(&format!("code=c&state={}", sign_in.state));
    assert_eq!(
        sign_in.code(&answer).err(),
        Some(AnswerError::IssuerMissing)
    );
}
