//! The browser's part of the code flow, without pages.

use poolhouse_model::SecretString;
use poolhouse_oauth::parameters::Parameters;
use poolhouse_oauth::token_request::TokenRequest;
use poolhouse_oauth::token_response::TokenResponse;
use poolhouse_service::{
    Authorization, AuthorizeFailure, HostedSignIn, HostedStep, ServiceError, TokenFailure,
    UserInfoFailure,
};

use crate::builders::{CALLBACK_URL, PASSWORD, TestClient};
use crate::test_service::TestService;

/// Encodes pairs as a query or form body.
pub(crate) fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

fn decode(pairs: &[(&str, &str)]) -> Parameters {
    Parameters::decode(form(pairs).as_bytes()).expect("the parameters are few")
}

impl TestService {
    /// Checks an authorization request: `client_id`, `redirect_uri` and `response_type=code` are
    /// filled in unless they are among the parameters.
    /// # Errors
    /// What the service answers.
    pub async fn authorize(
        &self,
        client: &TestClient,
        pairs: &[(&str, &str)],
    ) -> Result<Authorization, AuthorizeFailure> {
        let defaults = [
            ("client_id", client.id.as_str()),
            ("redirect_uri", CALLBACK_URL),
            ("response_type", "code"),
        ];
        let mut all = pairs.to_vec();
        for (name, value) in defaults {
            if !pairs.iter().any(|(given, _)| *given == name) {
                all.push((name, value));
            }
        }
        self.check_authorization(decode(&all), None).await
    }

    /// Signs a user in with [`PASSWORD`] for an authorization request.
    /// # Errors
    /// What the service answers to the sign-in, and [`ServiceError::UserNotConfirmed`] where the
    /// page asks for the code of the sign-up.
    /// # Panics
    /// When the request itself is refused, or a second factor is asked for.
    pub async fn sign_in_for(
        &self,
        client: &TestClient,
        username: &str,
        pairs: &[(&str, &str)],
    ) -> Result<HostedSignIn, ServiceError> {
        let authorization = match self.authorize(client, pairs).await {
            Ok(authorization) => authorization,
            Err(failure) => panic!("the request was refused: {failure:?}"),
        };
        let password = SecretString::from(PASSWORD);
        let step = self
            .hosted_sign_in(&authorization, username, &password, None)
            .await?;
        if matches!(step, HostedStep::Confirmation(_)) {
            return Err(ServiceError::UserNotConfirmed);
        }
        Ok(step.signed_in().expect("no second factor is asked for"))
    }

    /// Signs a user in with [`PASSWORD`] and gives the authorization code.
    /// # Panics
    /// When there is none.
    pub async fn authorization_code(
        &self,
        client: &TestClient,
        username: &str,
        pairs: &[(&str, &str)],
    ) -> String {
        let signed_in = self.sign_in_for(client, username, pairs).await;
        let location = signed_in.expect("the user signs in").location;
        let (_, query) = location.split_once('?').expect("the answer has a query");
        let code = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "code");
        code.expect("the answer holds a code").1.into_owned()
    }

    /// Calls the token endpoint; the client says who it is in the body.
    /// # Errors
    /// What the service answers.
    /// # Panics
    /// When the request is malformed.
    pub async fn token_request(
        &self,
        client: &TestClient,
        pairs: &[(&str, &str)],
    ) -> Result<TokenResponse, TokenFailure> {
        let mut all = pairs.to_vec();
        all.push(("client_id", client.id.as_str()));
        if let Some(secret) = &client.secret {
            all.push(("client_secret", secret.expose()));
        }
        let request = TokenRequest::parse(None, &decode(&all)).expect("the request is well formed");
        self.exchange(&request, None).await
    }

    /// Exchanges an authorization code; further parameters may be given.
    /// # Errors
    /// What the service answers.
    pub async fn exchange_code(
        &self,
        client: &TestClient,
        code: &str,
        pairs: &[(&str, &str)],
    ) -> Result<TokenResponse, TokenFailure> {
        let mut all = vec![("grant_type", "authorization_code"), ("code", code)];
        all.extend_from_slice(pairs);
        if !pairs.iter().any(|(name, _)| *name == "redirect_uri") {
            all.push(("redirect_uri", CALLBACK_URL));
        }
        self.token_request(client, &all).await
    }

    /// Calls the userInfo endpoint with a bearer token, and reads the JSON.
    /// # Errors
    /// What the service answers.
    pub async fn get_user_info(
        &self,
        access_token: &SecretString,
    ) -> Result<serde_json::Value, UserInfoFailure> {
        let header = format!("Bearer {}", access_token.expose());
        let body = self.user_info(Some(&header), None).await?;
        Ok(serde_json::from_slice(&body).expect("the answer is JSON"))
    }
}
