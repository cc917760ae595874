//! Secure Remote Password: `USER_SRP_AUTH` and the answer to `PASSWORD_VERIFIER`.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use poolhouse_crypto::sealing::Purpose;
use poolhouse_crypto::srp::{self, PasswordClaim, ServerSecret, SrpA, SrpB, SrpVerifier};
use poolhouse_model::{ClientId, RngExt, Sub, Timestamp, Ttl, User};
use poolhouse_storage::Write;
use serde::{Deserialize, Serialize};

use super::challenge::challenge_row;
use super::password::ProvenUser;
use super::user_state::check_user_state;
use super::{AuthParameters, Caller, Challenge, ChallengeName, SignInOutcome};
use crate::error::ServiceError;
use crate::service::Service;
use crate::sign_in_names::LookupBy;

/// How far the client's `TIMESTAMP` may be from the server's clock.
/// Inferred: the service's own tolerance is unknown; this is what request signatures allow.
const TIMESTAMP_TOLERANCE: Ttl = Ttl::from_minutes(15);

/// What a secret block holds: all state of the exchange, so that the answer needs no session.
#[derive(Serialize, Deserialize)]
struct SecretBlock {
    id: String,
    client_id: ClientId,
    /// `None` for a name that leads to no user, or to one without a verifier.
    sub: Option<Sub>,
    /// `USER_ID_FOR_SRP` of this exchange.
    user_id: String,
    /// What was typed, folded by nobody: it keys the lockout of an unknown name.
    typed: String,
    a: Vec<u8>,
    b: Vec<u8>,
    secret: Vec<u8>,
    expires_at: Timestamp,
}

/// The two sides of an exchange: whose it is, and the verifier that answers are held against.
struct Exchange {
    sub: Option<Sub>,
    user_id: String,
    verifier: SrpVerifier,
}

impl Service {
    /// Starts an exchange. An unknown name of a client that hides user existence, and a user
    /// without a verifier, get one that nobody can finish, with a salt that stays the same.
    /// Source: RFC 5054 section 2.5.1.3.
    pub(super) async fn start_srp(
        &self,
        caller: &Caller,
        parameters: &AuthParameters,
    ) -> Result<SignInOutcome, ServiceError> {
        let typed = parameters.username()?;
        let a = parameters.get("SRP_A")?;
        let secret_hash = parameters.find("SECRET_HASH");
        caller
            .keys
            .check_secret_hash(&caller.client, typed, secret_hash)?;
        let a = srp::parse_srp_a(a).map_err(|_| {
            ServiceError::InvalidInput("SRP_A is not a valid public value.".to_owned())
        })?;
        let user = self
            .find_user(&caller.pool, typed, LookupBy::SignIn)
            .await?;
        if !caller.hides_user_existence() {
            match &user {
                None => return Err(ServiceError::UserNotFound),
                Some(user) => check_user_state(user, self.now())?,
            }
        }
        let exchange = open_exchange(caller, user.as_ref(), typed)?;
        let ephemeral = self.srp_stock.take();
        let b = srp::public_b(&exchange.verifier, &ephemeral);
        let block = SecretBlock {
            id: self.rng.uuid(),
            client_id: caller.client.id.clone(),
            sub: exchange.sub,
            user_id: exchange.user_id.clone(),
            typed: typed.to_owned(),
            a: a.to_bytes().to_vec(),
            b: b.to_bytes().to_vec(),
            secret: ephemeral.secret.to_bytes().to_vec(),
            expires_at: self.now().after(caller.client.settings.challenge_ttl()),
        };
        let sealed = self.seal_block(caller, &block)?;
        let row = challenge_row(caller, &block.id, block.expires_at);
        self.write([Write::CreateChallengeSession(row)]).await?;
        Ok(SignInOutcome::Challenge(Challenge {
            name: ChallengeName::PasswordVerifier,
            challenge_session: None,
            parameters: BTreeMap::from([
                ("SALT", exchange.verifier.salt().to_hex()),
                ("SECRET_BLOCK", sealed),
                ("SRP_B", b.to_hex()),
                ("USERNAME", exchange.user_id.clone()),
                ("USER_ID_FOR_SRP", exchange.user_id),
            ]),
        }))
    }

    fn seal_block(&self, caller: &Caller, block: &SecretBlock) -> Result<String, ServiceError> {
        let text =
            serde_json::to_vec(block).map_err(|error| ServiceError::Internal(error.to_string()))?;
        let sealed = caller
            .keys
            .sealer
            .seal_wire(Purpose::SecretBlock, &text, &*self.rng);
        Ok(STANDARD.encode(sealed))
    }

    /// Takes the answer to `PASSWORD_VERIFIER`. The exchange is spent before the proof is looked
    /// at, and the attempt is counted.
    /// # Errors
    /// [`ServiceError::WrongUsernameOrPassword`] for anything wrong with the proof.
    pub(super) async fn verify_srp(
        &self,
        caller: &Caller,
        responses: &AuthParameters,
    ) -> Result<SignInOutcome, ServiceError> {
        let username = responses.username()?;
        let block_text = responses.get("PASSWORD_CLAIM_SECRET_BLOCK")?;
        let signature = responses.get("PASSWORD_CLAIM_SIGNATURE")?;
        let timestamp = responses.get("TIMESTAMP")?;
        let secret_hash = responses.find("SECRET_HASH");
        caller
            .keys
            .check_secret_hash(&caller.client, username, secret_hash)?;

        let raw_block = decode_block(block_text).ok_or(ServiceError::WrongUsernameOrPassword)?;
        let block = self.open_block(caller, &raw_block)?;
        self.check_timestamp(timestamp)?;
        if username != block.user_id && username != block.typed {
            return Err(ServiceError::WrongUsernameOrPassword);
        }
        let user = match &block.sub {
            Some(sub) => self.find_user_by_sub(&caller.pool.id, sub).await?,
            None => {
                self.find_user(&caller.pool, &block.typed, LookupBy::SignIn)
                    .await?
            }
        };
        let attempt = self
            .count_attempt(&caller.pool, &caller.keys, user.as_ref(), &block.typed)
            .await?;
        match self.count_challenge_try(caller, &block.id, 1).await {
            Ok(()) => {}
            Err(ServiceError::Storage(error)) => return Err(error.into()),
            Err(_) => return Err(ServiceError::WrongUsernameOrPassword),
        }
        let exchange = open_exchange(caller, user.as_ref(), &block.typed)?;
        let claim = PasswordClaim {
            pool_name: caller.pool.id.srp_pool_name(),
            user_id: &block.user_id,
            secret_block: &raw_block,
            timestamp,
        };
        let is_right = holds(&block, &exchange.verifier, &claim, signature);
        let Some(user) = user.filter(|_| is_right && block.sub.is_some()) else {
            return Err(ServiceError::WrongUsernameOrPassword);
        };
        if let Err(refused) = check_user_state(&user, self.now()) {
            self.write([attempt.give_back()]).await?;
            return Err(refused);
        }
        let writes = vec![self.spend_challenge(caller, &block.id), attempt.give_back()];
        self.continue_sign_in(caller, ProvenUser { user, writes })
            .await
    }

    fn open_block(&self, caller: &Caller, raw: &[u8]) -> Result<SecretBlock, ServiceError> {
        let opened = caller.keys.sealer.open_wire(Purpose::SecretBlock, raw);
        let opened = opened.map_err(|_| ServiceError::WrongUsernameOrPassword)?;
        let block: SecretBlock =
            serde_json::from_slice(&opened).map_err(|_| ServiceError::WrongUsernameOrPassword)?;
        if block.client_id != caller.client.id || self.now() >= block.expires_at {
            return Err(ServiceError::WrongUsernameOrPassword);
        }
        Ok(block)
    }

    /// Refuses a `TIMESTAMP` that is not in the one form clients write, or too far from now.
    fn check_timestamp(&self, text: &str) -> Result<(), ServiceError> {
        let now = self.now();
        let at = srp::timestamp::parse(text).ok_or(ServiceError::WrongUsernameOrPassword)?;
        if now.since(at).max(at.since(now)) > TIMESTAMP_TOLERANCE {
            return Err(ServiceError::WrongUsernameOrPassword);
        }
        Ok(())
    }
}

/// Finds the verifier of a user, or makes one up that stays the same for a name.
fn open_exchange(
    caller: &Caller,
    user: Option<&User>,
    typed: &str,
) -> Result<Exchange, ServiceError> {
    let record = user.and_then(|user| user.password.as_ref()?.srp.as_ref().map(|srp| (user, srp)));
    if let Some((user, record)) = record {
        let sealer = &caller.keys.sealer;
        let opened = sealer.open(
            Purpose::SrpVerifier,
            user.sub.as_str(),
            &record.sealed_verifier,
        )?;
        let verifier = SrpVerifier::from_bytes(&opened)
            .map_err(|error| ServiceError::Internal(error.to_string()))?;
        let user_id = user.username.as_str().to_owned();
        return Ok(Exchange {
            sub: Some(user.sub.clone()),
            user_id,
            verifier,
        });
    }
    let key = caller.keys.sealer.mac(Purpose::UnknownUser, b"srp");
    let name = caller.pool.settings.fold_name(typed);
    let user_id = match user {
        Some(user) => user.username.as_str().to_owned(),
        None if caller.pool.settings.has_username_attributes() || !plain_name(caller, typed) => {
            srp::fake_uuid(&key, &name)
        }
        None => name.clone(),
    };
    Ok(Exchange {
        sub: None,
        user_id,
        verifier: srp::fake_verifier(&key, &name),
    })
}

/// Whether the typed text could be a user name of the pool: a known user's name comes back as it
/// is stored, so an unknown one must look the same.
fn plain_name(caller: &Caller, typed: &str) -> bool {
    let has_aliases = !caller.pool.settings.alias_attributes.is_empty();
    !(has_aliases && (typed.contains('@') || typed.starts_with('+')))
}

fn decode_block(text: &str) -> Option<Vec<u8>> {
    STANDARD
        .decode(text)
        .or_else(|_| URL_SAFE.decode(text))
        .ok()
}

fn holds(
    block: &SecretBlock,
    verifier: &SrpVerifier,
    claim: &PasswordClaim<'_>,
    signature: &str,
) -> bool {
    let key = || -> Result<_, srp::SrpError> {
        let a = SrpA::from_bytes(&block.a)?;
        let b = SrpB::from_bytes(&block.b)?;
        let secret = ServerSecret::from_bytes(&block.secret)?;
        srp::session_key(&a, &b, &secret, verifier)
    };
    key().is_ok_and(|key| claim.verify(&key, signature))
}
