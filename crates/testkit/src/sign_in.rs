//! Signing in by the API.

use std::collections::BTreeMap;

use poolhouse_crypto::srp::timestamp;
use poolhouse_model::SecretString;
use poolhouse_service::{
    AuthFlow, AuthParameters, Challenge, ChallengeAnswer, ChallengeName, InitiateAuth,
    IssuedTokens, Service, ServiceError, SignInOutcome,
};

use crate::builders::{PASSWORD, TestClient};
use crate::rng::SeededRng;
use crate::srp_client::{SrpChallenge, SrpClient};

/// Parameters by key; a confidential client's secret hash is added unless it is among them.
pub fn auth_parameters(client: &TestClient, pairs: &[(&str, &str)]) -> AuthParameters {
    let secret = |text: &str| SecretString::from(text);
    let mut map: BTreeMap<String, SecretString> = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), secret(value)))
        .collect();
    let username = map.get("USERNAME").map(SecretString::expose);
    if let Some(hash) = username.and_then(|username| client.secret_hash(username)) {
        map.entry("SECRET_HASH".to_owned())
            .or_insert_with(|| SecretString::new(hash));
    }
    AuthParameters(map)
}

/// Sign-ins in one line, for every service: the kit's own or another instance of it.
pub trait SignInExt {
    /// `InitiateAuth`
    fn initiate(
        &self,
        client: &TestClient,
        flow: AuthFlow,
        pairs: &[(&str, &str)],
    ) -> impl Future<Output = Result<SignInOutcome, ServiceError>>;

    /// `AdminInitiateAuth`
    fn admin_initiate(
        &self,
        client: &TestClient,
        flow: AuthFlow,
        pairs: &[(&str, &str)],
    ) -> impl Future<Output = Result<SignInOutcome, ServiceError>>;

    /// `RespondToAuthChallenge`
    fn respond(
        &self,
        client: &TestClient,
        name: ChallengeName,
        session: Option<&SecretString>,
        pairs: &[(&str, &str)],
    ) -> impl Future<Output = Result<SignInOutcome, ServiceError>>;

    /// `USER_PASSWORD_AUTH`
    fn sign_in(
        &self,
        client: &TestClient,
        username: &str,
        password: &str,
    ) -> impl Future<Output = Result<SignInOutcome, ServiceError>>;

    /// `USER_SRP_AUTH` with an independent client's proof.
    fn sign_in_by_srp(
        &self,
        client: &TestClient,
        username: &str,
        password: &str,
    ) -> impl Future<Output = Result<SignInOutcome, ServiceError>>;

    /// Starts `USER_SRP_AUTH`: the client's half and the challenge.
    fn start_srp(
        &self,
        client: &TestClient,
        username: &str,
    ) -> impl Future<Output = Result<(SrpClient, Challenge), ServiceError>>;

    /// Answers `PASSWORD_VERIFIER` with the right proof for a password.
    fn finish_srp(
        &self,
        client: &TestClient,
        srp: &SrpClient,
        challenge: &Challenge,
        password: &str,
    ) -> impl Future<Output = Result<SignInOutcome, ServiceError>>;

    /// Signs in with [`PASSWORD`] and gives the tokens.
    fn tokens_of(&self, client: &TestClient, username: &str) -> impl Future<Output = IssuedTokens>;
}

fn request(
    client: &TestClient,
    is_admin: bool,
    flow: AuthFlow,
    pairs: &[(&str, &str)],
) -> InitiateAuth {
    InitiateAuth {
        admin_pool_id: is_admin.then(|| client.pool_id.clone()),
        client_id: client.id.clone(),
        flow,
        parameters: auth_parameters(client, pairs),
    }
}

impl SignInExt for Service {
    async fn initiate(
        &self,
        client: &TestClient,
        flow: AuthFlow,
        pairs: &[(&str, &str)],
    ) -> Result<SignInOutcome, ServiceError> {
        self.initiate_auth(request(client, false, flow, pairs))
            .await
    }

    async fn admin_initiate(
        &self,
        client: &TestClient,
        flow: AuthFlow,
        pairs: &[(&str, &str)],
    ) -> Result<SignInOutcome, ServiceError> {
        self.initiate_auth(request(client, true, flow, pairs)).await
    }

    async fn respond(
        &self,
        client: &TestClient,
        name: ChallengeName,
        session: Option<&SecretString>,
        pairs: &[(&str, &str)],
    ) -> Result<SignInOutcome, ServiceError> {
        self.respond_to_auth_challenge(ChallengeAnswer {
            admin_pool_id: None,
            client_id: client.id.clone(),
            challenge: name,
            challenge_session: session.cloned(),
            responses: auth_parameters(client, pairs),
        })
        .await
    }

    async fn sign_in(
        &self,
        client: &TestClient,
        username: &str,
        password: &str,
    ) -> Result<SignInOutcome, ServiceError> {
        let pairs = [("USERNAME", username), ("PASSWORD", password)];
        self.initiate(client, AuthFlow::UserPassword, &pairs).await
    }

    async fn sign_in_by_srp(
        &self,
        client: &TestClient,
        username: &str,
        password: &str,
    ) -> Result<SignInOutcome, ServiceError> {
        let (srp, challenge) = self.start_srp(client, username).await?;
        self.finish_srp(client, &srp, &challenge, password).await
    }

    async fn start_srp(
        &self,
        client: &TestClient,
        username: &str,
    ) -> Result<(SrpClient, Challenge), ServiceError> {
        let srp = SrpClient::new(&SeededRng::new(3));
        let pairs = [("USERNAME", username), ("SRP_A", &srp.srp_a())];
        match self.initiate(client, AuthFlow::UserSrp, &pairs).await? {
            SignInOutcome::Challenge(challenge) => Ok((srp, challenge)),
            SignInOutcome::Tokens(_) => panic!("SRP gave tokens without a proof"),
        }
    }

    async fn finish_srp(
        &self,
        client: &TestClient,
        srp: &SrpClient,
        challenge: &Challenge,
        password: &str,
    ) -> Result<SignInOutcome, ServiceError> {
        let challenge = SrpChallenge::of(challenge);
        let timestamp = timestamp::format(self.now());
        let signature = srp.signature(&client.pool_id, &challenge, password, &timestamp);
        let pairs = [
            ("USERNAME", challenge.user_id.as_str()),
            ("PASSWORD_CLAIM_SECRET_BLOCK", &challenge.secret_block),
            ("PASSWORD_CLAIM_SIGNATURE", &signature),
            ("TIMESTAMP", &timestamp),
        ];
        let name = ChallengeName::PasswordVerifier;
        self.respond(client, name, None, &pairs).await
    }

    async fn tokens_of(&self, client: &TestClient, username: &str) -> IssuedTokens {
        match self.sign_in(client, username, PASSWORD).await {
            Ok(SignInOutcome::Tokens(tokens)) => tokens,
            outcome => panic!("{username} was not signed in: {outcome:?}"),
        }
    }
}
