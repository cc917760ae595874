//! The discovery document of a pool.
//!
//! Source: OpenID Connect Discovery section 3; documents recorded from the service.

use serde::Serialize;

use crate::error::to_json;
use crate::pkce::METHOD_S256;
use crate::scope::{EMAIL, OPENID, PHONE, PROFILE};

/// What the discovery document says. Members come in alphabetical order, as at the service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DiscoveryDocument {
    authorization_endpoint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_challenge_methods_supported: Option<[&'static str; 1]>,
    end_session_endpoint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    grant_types_supported: Option<Vec<String>>,
    id_token_signing_alg_values_supported: [&'static str; 1],
    issuer: String,
    jwks_uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_uri_parameter_supported: Option<bool>,
    response_types_supported: [&'static str; 2],
    revocation_endpoint: String,
    scopes_supported: [&'static str; 4],
    subject_types_supported: [&'static str; 1],
    token_endpoint: String,
    token_endpoint_auth_methods_supported: [&'static str; 2],
    userinfo_endpoint: String,
}

impl DiscoveryDocument {
    /// The document as the service has it. `issuer` is the pool's; `domain` is the base URL of
    /// the OAuth endpoints, without a trailing slash.
    pub fn new(issuer: &str, domain: &str) -> Self {
        Self {
            authorization_endpoint: format!("{domain}/oauth2/authorize"),
            code_challenge_methods_supported: None,
            end_session_endpoint: format!("{domain}/logout"),
            grant_types_supported: None,
            id_token_signing_alg_values_supported: ["RS256"],
            issuer: issuer.to_owned(),
            jwks_uri: format!("{issuer}/.well-known/jwks.json"),
            request_uri_parameter_supported: None,
            response_types_supported: ["code", "token"],
            revocation_endpoint: format!("{domain}/oauth2/revoke"),
            scopes_supported: [OPENID, EMAIL, PHONE, PROFILE],
            subject_types_supported: ["public"],
            token_endpoint: format!("{domain}/oauth2/token"),
            token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
            userinfo_endpoint: format!("{domain}/oauth2/userInfo"),
        }
    }

    /// Adds members that the service leaves out and strict clients look for: PKCE, which works;
    /// `request_uri`, which is refused (absent, it would count as supported).
    #[must_use]
    pub fn with_extensions(mut self) -> Self {
        self.code_challenge_methods_supported = Some([METHOD_S256]);
        self.request_uri_parameter_supported = Some(false);
        self
    }

    /// Adds the grants that are served.
    #[must_use]
    pub fn with_grant_types(mut self, grant_types: &[&str]) -> Self {
        self.grant_types_supported = Some(
            grant_types
                .iter()
                .map(|grant| (*grant).to_owned())
                .collect(),
        );
        self
    }

    /// The JSON document.
    pub fn to_json(&self) -> Vec<u8> {
        to_json(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> DiscoveryDocument {
        let issuer = "http://localhost:9229/us-east-1_AbCdEf123";
        DiscoveryDocument::new(issuer, "http://localhost:9229")
    }

    #[test]
    fn the_document_is_that_of_the_service() {
        let expected = concat!(
            r#"{"authorization_endpoint":"http://localhost:9229/oauth2/authorize","#,
            r#""end_session_endpoint":"http://localhost:9229/logout","#,
            r#""id_token_signing_alg_values_supported":["RS256"],"#,
            r#""issuer":"http://localhost:9229/us-east-1_AbCdEf123","#,
            r#""jwks_uri":"http://localhost:9229/us-east-1_AbCdEf123/.well-known/jwks.json","#,
            r#""response_types_supported":["code","token"],"#,
            r#""revocation_endpoint":"http://localhost:9229/oauth2/revoke","#,
            r#""scopes_supported":["openid","email","phone","profile"],"#,
            r#""subject_types_supported":["public"],"#,
            r#""token_endpoint":"http://localhost:9229/oauth2/token","#,
            r#""token_endpoint_auth_methods_supported":"#,
            r#"["client_secret_basic","client_secret_post"],"#,
            r#""userinfo_endpoint":"http://localhost:9229/oauth2/userInfo"}"#,
        );
        assert_eq!(String::from_utf8(document().to_json()).unwrap(), expected);
    }

    #[test]
    fn s22_extensions_claim_only_what_works_and_keep_the_order() {
        let document = document()
            .with_extensions()
            .with_grant_types(&["authorization_code"]);
        let json = String::from_utf8(document.to_json()).unwrap();
        assert!(json.contains(r#""code_challenge_methods_supported":["S256"],"end_session"#));
        assert!(json.contains(r#""grant_types_supported":["authorization_code"],"id_token"#));
        assert!(json.contains(r#""request_uri_parameter_supported":false,"#));
        assert!(!json.contains("authorization_response_iss_parameter_supported"));
        let keys: Vec<_> = json
            .split(r#"":"#)
            .filter_map(|part| part.rsplit('"').next())
            .collect();
        assert!(keys[..keys.len() - 1].is_sorted(), "{keys:?}");
    }
}
