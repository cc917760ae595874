//! Answers of the authorization endpoint: the value of the `Location` header.

use poolhouse_model::{SecretString, Ttl};

use crate::error::OAuthErrorCode;
use crate::redirect_uri::RedirectUri;

/// A checked redirect URI and the `state` that goes back with every answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResponseTarget {
    /// Where the answer goes.
    pub redirect_uri: RedirectUri,
    /// Comes back byte for byte; `None` when none was sent.
    pub state: Option<String>,
}

/// Tokens of the implicit flow.
#[derive(Clone, Debug)]
pub struct ImplicitTokens {
    /// The ID token, if `openid` was granted.
    pub id_token: Option<SecretString>,
    /// The access token.
    pub access_token: SecretString,
    /// How long the access token works.
    pub access_token_ttl: Ttl,
}

impl ResponseTarget {
    /// The redirect that hands over an authorization code.
    pub fn code_location(&self, code: &SecretString) -> String {
        self.query(vec![("code", code.expose())])
    }

    /// The redirect that hands over tokens, in the fragment.
    /// Inferred: order of the members and `Bearer` with a capital; the AWS pages "Authorize
    /// endpoint" and "User pool managed login" differ.
    pub fn tokens_location(&self, tokens: &ImplicitTokens) -> String {
        let expires_in = tokens.access_token_ttl.as_secs().to_string();
        let id_token = tokens
            .id_token
            .as_ref()
            .map(|token| ("id_token", token.expose()));
        let mut parameters: Vec<(&str, &str)> = id_token.into_iter().collect();
        parameters.extend([
            ("access_token", tokens.access_token.expose()),
            ("expires_in", &expires_in),
            ("token_type", "Bearer"),
        ]);
        parameters.extend(self.state.as_deref().map(|state| ("state", state)));
        self.redirect_uri.with_fragment(&parameters)
    }

    /// The redirect that tells of an error: in the query for either flow.
    /// Source: AWS page "Authorize endpoint".
    pub fn error_location(&self, code: OAuthErrorCode, description: Option<&str>) -> String {
        let mut parameters = vec![("error", code.as_str())];
        parameters.extend(description.map(|text| ("error_description", text)));
        self.query(parameters)
    }

    fn query<'a>(&'a self, mut parameters: Vec<(&'a str, &'a str)>) -> String {
        parameters.extend(self.state.as_deref().map(|state| ("state", state)));
        self.redirect_uri.with_query(&parameters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;

    fn target(state: Option<&str>) -> ResponseTarget {
        let redirect_uri = RedirectUri::parse("https://app.example.com/cb").unwrap();
        ResponseTarget {
            redirect_uri,
            state: state.map(str::to_owned),
        }
    }

    fn tokens(id_token: Option<&str>) -> ImplicitTokens {
        ImplicitTokens {
            id_token: id_token.map(SecretString::from),
            access_token: SecretString::new("a.c.s"),
            access_token_ttl: Ttl::from_hours(1),
        }
    }

    #[test]
    fn s22_a_code_goes_back_with_the_state_and_nothing_else() {
        let code = SecretString::new("7378f445-c87f-400c-855e-0297d072ff03");
        let location = target(Some("x=1&y")).code_location(&code);
        let expected = "https://app.example.com/cb\
            ?code=7378f445-c87f-400c-855e-0297d072ff03&state=x%3D1%26y";
        assert_eq!(location, expected);
        let location = target(None).code_location(&code);
        assert_eq!(location, expected.split("&state").next().unwrap());
    }

    #[test]
    fn s24_tokens_go_into_the_fragment_and_never_into_the_query() {
        let location = target(Some("s")).tokens_location(&tokens(Some("i.d.t")));
        let expected = "https://app.example.com/cb#id_token=i.d.t&access_token=a.c.s\
            &expires_in=3600&token_type=Bearer&state=s";
        assert_eq!(location, expected);
        assert!(!location.split('#').next().unwrap().contains("token"));
        let location = target(None).tokens_location(&tokens(None));
        let expected = "https://app.example.com/cb\
            #access_token=a.c.s&expires_in=3600&token_type=Bearer";
        assert_eq!(location, expected);
    }

    #[test]
    fn an_error_goes_into_the_query_with_the_state() {
        let location = target(Some("s"))
            .error_location(OAuthErrorCode::InvalidRequest, Some("Read timed out"));
        let expected = "https://app.example.com/cb\
            ?error=invalid_request&error_description=Read+timed+out&state=s";
        assert_eq!(location, expected);
    }

    #[test]
    fn s16_the_state_comes_back_byte_for_byte() {
        let state = "{\"a\":1}&b=%00\0ü+ %20#\r\n<script>".repeat(130);
        assert!(state.len() >= 4096);
        let target = target(Some(&state));
        let code = SecretString::new("c");
        for (location, separator) in [
            (target.code_location(&code), '?'),
            (
                target.error_location(OAuthErrorCode::LoginRequired, None),
                '?',
            ),
            (target.tokens_location(&tokens(None)), '#'),
        ] {
            assert!(location.is_ascii() && !location.contains(['\r', '\n', ' ', '<']));
            let (_, encoded) = location.split_once(separator).unwrap();
            let parameters = Parameters::decode(encoded.as_bytes()).unwrap();
            assert_eq!(parameters.single("state"), Ok(Some(state.as_str())));
        }
    }
}
