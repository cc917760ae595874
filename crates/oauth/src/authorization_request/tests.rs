use super::*;
use crate::error::OAuthErrorCode;
use crate::parameters::DuplicateParameter;
use crate::scope::ScopeError;

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const BASE: &str = "client_id=c1&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcb";
const CALLBACK: &str = "https://app.example.com/cb";

struct Client {
    flows: BTreeSet<OAuthFlow>,
    scopes: Scopes,
    callback_urls: Vec<String>,
}

impl Client {
    fn new() -> Self {
        Self {
            flows: [OAuthFlow::Code, OAuthFlow::Implicit].into(),
            scopes: Scopes::parse("openid email api/read").unwrap(),
            callback_urls: vec![CALLBACK.to_owned()],
        }
    }

    fn policy(&self) -> ClientPolicy<'_> {
        ClientPolicy {
            allowed_flows: &self.flows,
            allowed_scopes: &self.scopes,
            callback_urls: &self.callback_urls,
            default_redirect_uri: None,
            identity_provider_count: 1,
            requires_pkce: false,
            requires_implicit_nonce: false,
        }
    }
}

fn request(query: &str) -> AuthorizationRequest {
    AuthorizationRequest::new(Parameters::decode(query.as_bytes()).unwrap())
}

/// The refusal of `BASE` with `rest` added.
fn refusal(rest: &str) -> AuthorizationRefusal {
    refusal_by(rest, &Client::new().policy())
}

fn refusal_by(rest: &str, policy: &ClientPolicy<'_>) -> AuthorizationRefusal {
    request(&format!("{BASE}&{rest}"))
        .validate(policy)
        .expect_err(rest)
}

#[test]
fn a_request_with_everything_is_read() {
    let query = format!(
        "{BASE}&response_type=code&scope=openid+email&state=s%26t&nonce=n\
         &code_challenge={CHALLENGE}&code_challenge_method=S256&prompt=login+consent&max_age=60\
         &lang=fr&login_hint=bob&identity_provider=COGNITO&idp_identifier=example.com\
         &resource=https%3A%2F%2Fapi.example.com&display=popup&response_mode=form_post"
    );
    let valid = request(&query).validate(&Client::new().policy()).unwrap();
    assert_eq!(valid.client_id, ClientId::new("c1"));
    assert_eq!(valid.target.redirect_uri.as_str(), CALLBACK);
    assert_eq!(valid.target.state.as_deref(), Some("s&t"));
    assert_eq!(valid.response_type, ResponseType::Code);
    assert_eq!(valid.scopes.join(), "openid email");
    assert_eq!(valid.nonce.as_deref(), Some("n"));
    assert_eq!(valid.code_challenge.unwrap().as_str(), CHALLENGE);
    assert!(valid.prompt.requires_login());
    assert_eq!(valid.max_age, Some(Ttl::from_secs(60)));
    assert_eq!(valid.lang.as_deref(), Some("fr"));
    assert_eq!(valid.login_hint.as_deref(), Some("bob"));
    assert_eq!(valid.identity_provider.as_deref(), Some("COGNITO"));
    assert_eq!(valid.idp_identifier.as_deref(), Some("example.com"));
    assert_eq!(valid.resource.as_deref(), Some("https://api.example.com"));
}

#[test]
fn a_bare_request_gets_the_defaults() {
    let query = format!("{BASE}&response_type=token");
    let valid = request(&query).validate(&Client::new().policy()).unwrap();
    assert_eq!(valid.response_type, ResponseType::Token);
    assert_eq!(valid.scopes, Client::new().scopes);
    assert_eq!(valid.target.state, None);
    assert_eq!(valid.prompt, Prompt::default());
    assert_eq!(valid.max_age, None);
}

#[test]
fn s11_a_missing_or_unreadable_client_is_for_the_page() {
    for (query, error) in [
        ("response_type=code", AuthorizationError::ClientIdMissing),
        ("client_id=", AuthorizationError::ClientIdMissing),
        ("client_id=a%00", AuthorizationError::ClientUnknown),
        (
            "client_id=c1&client_id=c1",
            AuthorizationError::DuplicateParameter(DuplicateParameter("client_id")),
        ),
    ] {
        assert_eq!(request(query).client_id(), Err(error), "{query}");
        let refused = request(query)
            .validate(&Client::new().policy())
            .unwrap_err();
        assert_eq!(
            refused,
            AuthorizationRefusal {
                error,
                target: None
            }
        );
        assert_eq!(error.delivery(), ErrorDelivery::Page);
        assert_eq!(error.code(), OAuthErrorCode::InvalidRequest);
    }
}

#[test]
fn s11_an_unregistered_redirect_uri_is_for_the_page_whatever_else_is_wrong() {
    for uri in [
        "https://evil.example/cb",
        "https://app.example.com/cb/",
        "javascript:alert(1)",
    ] {
        let query = Parameters::default()
            .with("client_id", "c1")
            .with("redirect_uri", uri)
            .with("scope", "unknown")
            .with("state", "s");
        let refused = AuthorizationRequest::new(query).validate(&Client::new().policy());
        let error = AuthorizationError::RedirectUriNotRegistered;
        assert_eq!(
            refused.unwrap_err(),
            AuthorizationRefusal {
                error,
                target: None
            },
            "{uri}"
        );
        assert_eq!(error.code(), OAuthErrorCode::RedirectMismatch);
        assert_eq!(error.delivery(), ErrorDelivery::Page);
    }
}

#[test]
fn an_absent_redirect_uri_needs_one_that_stands_for_it() {
    let client = Client {
        callback_urls: vec![CALLBACK.to_owned(), "https://app.example.com/b".to_owned()],
        ..Client::new()
    };
    let request = request("client_id=c1&response_type=code");
    let missing = Err(AuthorizationError::RedirectUriMissing);
    assert_eq!(request.redirect_uri(&client.policy()), missing);
    let default_redirect_uri = Some("https://app.example.com/b");
    let policy = ClientPolicy {
        default_redirect_uri,
        ..client.policy()
    };
    assert_eq!(
        request.redirect_uri(&policy).unwrap().as_str(),
        "https://app.example.com/b"
    );
    let policy = ClientPolicy {
        identity_provider_count: 2,
        ..policy
    };
    assert_eq!(request.redirect_uri(&policy), missing);
    let sole = Client::new();
    assert_eq!(
        request.redirect_uri(&sole.policy()).unwrap().as_str(),
        CALLBACK
    );
    let policy = ClientPolicy {
        default_redirect_uri: Some("https://unregistered.example"),
        ..sole.policy()
    };
    let refused = request.redirect_uri(&policy);
    assert_eq!(refused, Err(AuthorizationError::RedirectUriNotRegistered));
}

#[test]
fn errors_after_the_redirect_uri_are_redirected_with_their_code() {
    use AuthorizationError as E;
    for (rest, error, code) in [
        ("", E::ResponseTypeMissing, "invalid_request"),
        (
            "response_type=id_token+token",
            E::ResponseTypeUnsupported,
            "invalid_request",
        ),
        (
            "response_type=CODE",
            E::ResponseTypeUnsupported,
            "invalid_request",
        ),
        (
            "response_type=code&prompt=none+login",
            E::PromptContradiction,
            "invalid_request",
        ),
        (
            "response_type=code&max_age=-1",
            E::MaxAgeMalformed,
            "invalid_request",
        ),
        (
            "response_type=code&max_age=1.5",
            E::MaxAgeMalformed,
            "invalid_request",
        ),
        (
            "response_type=code&resource=api",
            E::ResourceMalformed,
            "invalid_request",
        ),
        (
            "response_type=code&resource=https://a/%23b",
            E::ResourceMalformed,
            "invalid_request",
        ),
        (
            "response_type=code&scope=x",
            E::ScopeInvalid(ScopeError::NotAllowed),
            "invalid_scope",
        ),
        (
            "response_type=code&scope=email",
            E::ScopeInvalid(ScopeError::OpenidMissing),
            "invalid_scope",
        ),
        (
            "response_type=code&scope=%22",
            E::ScopeInvalid(ScopeError::Malformed),
            "invalid_scope",
        ),
    ] {
        let refused = refusal(&format!("state=s&{rest}"));
        assert_eq!(refused.error, error, "{rest}");
        assert_eq!(error.code().as_str(), code, "{rest}");
        let target = refused.target.expect(rest);
        assert_eq!(target.redirect_uri.as_str(), CALLBACK);
        assert_eq!(target.state.as_deref(), Some("s"));
    }
}

#[test]
fn s13_a_repeated_parameter_is_refused() {
    for name in SINGLE_PARAMETERS.iter().skip(2) {
        let refused = refusal(&format!("response_type=code&{name}=a&{name}=a"));
        if *name == "response_type" {
            continue;
        }
        let error = AuthorizationError::DuplicateParameter(DuplicateParameter(name));
        assert_eq!(refused.error, error);
        assert_eq!(error.code(), OAuthErrorCode::InvalidRequest);
        assert!(refused.target.is_some(), "{name}");
    }
    let refused = refusal("redirect_uri=https%3A%2F%2Fevil.example&response_type=code");
    assert_eq!(refused.target, None);
    let refused = refusal("response_type=code&state=a&state=b");
    assert_eq!(refused.target.unwrap().state, None);
    let doubled = refusal("response_type=code&response_type=token");
    let error = AuthorizationError::DuplicateParameter(DuplicateParameter("response_type"));
    assert_eq!(doubled.error, error);
}

#[test]
fn s16_the_state_survives_parsing_byte_for_byte() {
    let state = "ü&=%00\0\u{1f600}+ ".repeat(300);
    let parameters = Parameters::default()
        .with("client_id", "c1")
        .with("redirect_uri", CALLBACK)
        .with("response_type", "code")
        .with("state", &state);
    let query = parameters.encode();
    let valid = request(&query).validate(&Client::new().policy()).unwrap();
    assert_eq!(valid.target.state.as_deref(), Some(state.as_str()));
}

#[test]
fn s17_a_nonce_is_required_by_the_strict_preset_in_the_implicit_flow_only() {
    let client = Client::new();
    let strict = ClientPolicy {
        requires_implicit_nonce: true,
        ..client.policy()
    };
    let refused = refusal_by("response_type=token", &strict);
    assert_eq!(refused.error, AuthorizationError::NonceMissing);
    for (rest, policy) in [
        ("response_type=token&nonce=n", strict),
        ("response_type=code", strict),
        ("response_type=token", client.policy()),
    ] {
        assert!(
            request(&format!("{BASE}&{rest}")).validate(&policy).is_ok(),
            "{rest}"
        );
    }
}

#[test]
fn s18_malformed_challenges_are_refused() {
    use AuthorizationError as E;
    for (rest, error) in [
        (
            format!("code_challenge={CHALLENGE}"),
            E::CodeChallengeWithoutMethod,
        ),
        (
            "code_challenge_method=S256".to_owned(),
            E::CodeChallengeMethodWithoutChallenge,
        ),
        (
            format!("code_challenge={CHALLENGE}&code_challenge_method=plain"),
            E::CodeChallengeMethodUnsupported,
        ),
        (
            format!("code_challenge={CHALLENGE}&code_challenge_method=s256"),
            E::CodeChallengeMethodUnsupported,
        ),
        (
            "code_challenge=abc&code_challenge_method=S256".to_owned(),
            E::CodeChallengeMalformed,
        ),
    ] {
        let refused = refusal(&format!("response_type=code&{rest}"));
        assert_eq!(refused.error, error, "{rest}");
        assert_eq!(error.code(), OAuthErrorCode::InvalidRequest);
        assert!(refused.target.is_some());
    }
}

#[test]
fn s18_a_client_can_be_made_to_use_pkce() {
    let client = Client::new();
    let policy = ClientPolicy {
        requires_pkce: true,
        ..client.policy()
    };
    let refused = refusal_by("response_type=code", &policy);
    assert_eq!(refused.error, AuthorizationError::CodeChallengeMissing);
    let rest = format!("response_type=code&code_challenge={CHALLENGE}&code_challenge_method=S256");
    assert!(request(&format!("{BASE}&{rest}")).validate(&policy).is_ok());
    assert!(
        request(&format!("{BASE}&response_type=token"))
            .validate(&policy)
            .is_ok()
    );
}

#[test]
fn s23_request_objects_are_refused_as_unsupported() {
    for (rest, code) in [
        ("request=eyJhbGciOiJub25lIn0..", "request_not_supported"),
        ("request=", "request_not_supported"),
        (
            "request_uri=http%3A%2F%2F169.254.169.254%2F",
            "request_uri_not_supported",
        ),
    ] {
        let refused = refusal(&format!("response_type=code&{rest}"));
        assert_eq!(refused.error.code().as_str(), code);
        assert!(refused.target.is_some());
    }
}

#[test]
fn s31_no_more_scopes_than_the_client_has_are_granted() {
    let refused = refusal("response_type=code&scope=openid+aws.cognito.signin.user.admin");
    assert_eq!(
        refused.error,
        AuthorizationError::ScopeInvalid(ScopeError::NotAllowed)
    );
}

#[test]
fn s33_flows_that_the_client_has_not_enabled_are_refused_one_by_one() {
    use OAuthFlow::{ClientCredentials, Code, Implicit};
    let sets: [&[OAuthFlow]; 5] = [
        &[],
        &[Code],
        &[Implicit],
        &[ClientCredentials],
        &[Code, Implicit],
    ];
    for flows in sets {
        let client = Client {
            flows: flows.iter().copied().collect(),
            ..Client::new()
        };
        for (response_type, flow) in [("code", Code), ("token", Implicit)] {
            let query = format!("{BASE}&response_type={response_type}");
            let verdict = request(&query).validate(&client.policy()).map(drop);
            if flows.contains(&flow) {
                assert_eq!(verdict, Ok(()));
            } else {
                let refused = verdict.unwrap_err();
                assert_eq!(refused.error, AuthorizationError::GrantNotAllowed);
                assert_eq!(refused.error.code(), OAuthErrorCode::UnauthorizedClient);
            }
        }
    }
}

#[test]
fn a_max_age_too_long_for_a_number_is_as_good_as_none() {
    let query = format!("{BASE}&response_type=code&max_age={}", "9".repeat(40));
    let valid = request(&query).validate(&Client::new().policy()).unwrap();
    assert_eq!(valid.max_age, Some(Ttl::from_secs(i64::MAX)));
}

#[test]
fn s64_a_nonce_with_control_characters_is_refused() {
    let client = Client::new();
    for nonce in ["%00", "a%0D%0Ab", "%7F"] {
        let refused = refusal_by(
            &format!("response_type=code&nonce={nonce}"),
            &client.policy(),
        );
        assert_eq!(refused.error, AuthorizationError::NonceMalformed);
        assert!(refused.target.is_some());
    }
}

#[test]
fn a_client_without_identity_providers_gets_the_error_page() {
    let client = Client::new();
    let policy = ClientPolicy {
        identity_provider_count: 0,
        ..client.policy()
    };
    let refused = refusal_by("response_type=code&state=s", &policy);
    let expected = AuthorizationRefusal::from(AuthorizationError::NoIdentityProvider);
    assert_eq!(refused, expected);
    assert_eq!(refused.error.code(), OAuthErrorCode::UnauthorizedClient);
}
