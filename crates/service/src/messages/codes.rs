//! Codes that prove an address or number: made, sent, checked.

use std::sync::atomic::Ordering;

use poolhouse_crypto::constant_time;
use poolhouse_crypto::sealing::Purpose;
use poolhouse_model::{
    AppClient, Channel, CodePurpose, ConfirmationCode, ContactAttribute, EmailVerification,
    MAX_CODE_TRIES, OutboxMessage, RngExt, SecretString, Sub, Ttl, User, UserPool, UserPoolId,
};
use poolhouse_storage::{Conflict, StorageError, Write};

use super::{MessageContent, MessageKind, compose};
use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;
use crate::service::Service;

/// Digits of a code.
const CODE_DIGITS: usize = 6;

/// How long a code works that verifies an address or number.
/// Source: AWS page "Quotas in Amazon Cognito", validity of codes.
const VERIFICATION_CODE_TTL: Ttl = Ttl::from_hours(24);

/// How long a code works that resets a password.
/// Source: AWS page "Quotas in Amazon Cognito", validity of codes.
const RESET_CODE_TTL: Ttl = Ttl::from_hours(1);

/// How long a message row is kept, sent or not.
const MESSAGE_TTL: Ttl = Ttl::from_days(7);

/// Where a code went, as an answer may tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeDelivery {
    /// The masked address or number.
    pub destination: String,
    /// How it went.
    pub channel: Channel,
    /// The attribute it proves.
    pub attribute: ContactAttribute,
}

/// What a code is to prove: an address or number, and for what purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ContactProof {
    /// What the code is for.
    pub(crate) purpose: CodePurpose,
    /// The attribute that the address or number is of.
    pub(crate) attribute: ContactAttribute,
    /// The address or number.
    pub(crate) destination: String,
}

/// A new code with the writes that store and send it.
pub(crate) struct NewCode {
    /// To be part of the batch that the code belongs to; [`Service::wake_outbox`] after it.
    pub(crate) writes: Vec<Write>,
    /// Where it went.
    pub(crate) delivery: CodeDelivery,
}

/// A secret that was made for a code, as it is stored and sent.
struct Secret<'a> {
    hash: Vec<u8>,
    kind: MessageKind<'a>,
    ttl: Ttl,
}

impl Service {
    /// Makes what confirms a sign-up by the attribute it is to prove: a code, or, for an address
    /// where the pool says so, a link.
    /// # Errors
    /// [`ServiceError::ChannelNotConfigured`] when there is no way to send it.
    pub(crate) async fn make_sign_up_code(
        &self,
        pool: &UserPool,
        client: &AppClient,
        keys: &PoolKeyring,
        user: &User,
        attribute: ContactAttribute,
    ) -> Result<NewCode, ServiceError> {
        let proof = proof_of(user, CodePurpose::SignUp, attribute);
        if !is_confirmed_by_link(pool, attribute) {
            return self.make_verification_code(pool, keys, &user.sub, proof);
        }
        let link = self.make_link(client, keys, user).await?;
        let secret = Secret {
            hash: link.code_hash,
            kind: MessageKind::VerificationLink { url: &link.url },
            ttl: VERIFICATION_CODE_TTL,
        };
        self.store_and_send(pool, keys, &user.sub, proof, secret)
    }

    /// Makes a code that resets the password, sent to what the user has verified.
    /// # Errors
    /// [`ServiceError::ChannelNotConfigured`] when there is no way to send it.
    pub(crate) fn make_reset_code(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        user: &User,
        attribute: ContactAttribute,
    ) -> Result<NewCode, ServiceError> {
        let proof = proof_of(user, CodePurpose::ResetPassword, attribute);
        self.make_verification_code(pool, keys, &user.sub, proof)
    }

    /// Makes a reset code that nobody is sent and nobody can guess, for a name that must look like
    /// one that a code was sent for.
    pub(crate) fn make_decoy_code(
        &self,
        pool: &UserPool,
        owner: Sub,
        delivery: &CodeDelivery,
    ) -> Write {
        let now = self.now();
        Write::PutConfirmationCode(Box::new(ConfirmationCode {
            pool_id: pool.id.clone(),
            sub: owner,
            purpose: CodePurpose::ResetPassword,
            code_hash: self.rng.bytes::<32>().to_vec(),
            attribute: delivery.attribute,
            destination: delivery.destination.clone(),
            tries: 0,
            sent_at: now,
            expires_at: now.after(RESET_CODE_TTL),
        }))
    }

    /// Makes a code that proves an address or number; it replaces an earlier one of the same user
    /// and purpose.
    /// # Errors
    /// [`ServiceError::ChannelNotConfigured`] when there is no way to send it.
    pub(crate) fn make_verification_code(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        sub: &Sub,
        proof: ContactProof,
    ) -> Result<NewCode, ServiceError> {
        let code = SecretString::new(self.rng.digits(CODE_DIGITS));
        let hash = hash_code(keys, sub, proof.purpose, code.expose());
        let secret = match proof.purpose {
            CodePurpose::ResetPassword => Secret {
                hash,
                kind: MessageKind::PasswordReset { code: &code },
                ttl: RESET_CODE_TTL,
            },
            _ => Secret {
                hash,
                kind: MessageKind::Verification { code: &code },
                ttl: VERIFICATION_CODE_TTL,
            },
        };
        self.store_and_send(pool, keys, sub, proof, secret)
    }

    fn store_and_send(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        sub: &Sub,
        proof: ContactProof,
        secret: Secret<'_>,
    ) -> Result<NewCode, ServiceError> {
        let now = self.now();
        let ContactProof {
            purpose,
            attribute,
            destination,
        } = proof;
        let channel = channel_of(attribute);
        let content = compose(pool, channel, secret.kind);
        let message = self.make_message(pool, keys, channel, &destination, &content)?;
        let delivery = CodeDelivery {
            destination: mask(attribute, &destination),
            channel,
            attribute,
        };
        let row = ConfirmationCode {
            pool_id: pool.id.clone(),
            sub: sub.clone(),
            purpose,
            code_hash: secret.hash,
            attribute,
            destination,
            tries: 0,
            sent_at: now,
            expires_at: now.after(secret.ttl),
        };
        let writes = vec![
            Write::PutConfirmationCode(Box::new(row)),
            Write::EnqueueMessage(Box::new(message)),
        ];
        Ok(NewCode { writes, delivery })
    }

    /// Stores and sends a code that somebody asked for; gives what the answer tells.
    ///
    /// Who may not learn whether there is such a user may not learn either that the address, or
    /// the pool, has had its share of messages.
    /// # Errors
    /// [`ServiceError::AttemptLimitExceeded`], unless user existence is hidden.
    pub(crate) async fn send_code(
        &self,
        code: NewCode,
        hides_user_existence: bool,
    ) -> Result<CodeDelivery, ServiceError> {
        match self.write(code.writes).await {
            Ok(()) => self.wake_outbox(),
            Err(StorageError::Conflict(Conflict::MessageLimitReached)) if hides_user_existence => {}
            Err(error) => return Err(error.into()),
        }
        Ok(code.delivery)
    }

    /// Makes an outbox row with sealed content.
    /// # Errors
    /// [`ServiceError::ChannelNotConfigured`] when it could neither leave nor be read in the inbox.
    pub(crate) fn make_message(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        channel: Channel,
        to: &str,
        content: &MessageContent,
    ) -> Result<OutboxMessage, ServiceError> {
        if !self.has_way_out(channel) {
            return Err(ServiceError::ChannelNotConfigured(channel));
        }
        let now = self.now();
        let (order, random) = (self.next_message_order(), self.rng.bytes::<8>());
        let id = format!("{order:015}-{}", hex::encode(random));
        let text = serde_json::to_vec(content)
            .map_err(|error| ServiceError::Internal(error.to_string()))?;
        let sealed_content = keys.sealer.seal(Purpose::MailBody, &id, &text, &*self.rng);
        Ok(OutboxMessage {
            pool_id: pool.id.clone(),
            id,
            channel,
            to: to.to_owned(),
            sealed_content,
            created_at: now,
            next_attempt_at: Some(now),
            attempts: 0,
            sent_at: None,
            last_error: None,
            expires_at: now.after(MESSAGE_TTL),
        })
    }

    /// Whether a message can leave by a channel, or at least be read in the inbox.
    fn has_way_out(&self, channel: Channel) -> bool {
        self.leaves(channel) || self.settings.has_inbox
    }

    /// A number that is greater with each message of this process, and follows the clock among
    /// several.
    fn next_message_order(&self) -> i64 {
        let now = self.now().as_millis();
        let next = |last: i64| Some(now.max(last.saturating_add(1)));
        let last = self
            .last_message_order
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
        last.map_or(now, |last| now.max(last.saturating_add(1)))
    }

    /// Checks a code: the answer is counted before it is told whether the code is right.
    ///
    /// Gives the code's row back; the caller spends it in the batch that the code allows.
    /// # Errors
    /// [`ServiceError::CodeExpired`] when there is none that works and `dead_code` admits it, else
    /// [`ServiceError::CodeMismatch`].
    pub(crate) async fn check_code(
        &self,
        keys: &PoolKeyring,
        user: &User,
        purpose: CodePurpose,
        code: &str,
        dead_code: DeadCode,
    ) -> Result<ConfirmationCode, ServiceError> {
        let owner = (&user.pool_id, &user.sub);
        self.check_code_of(keys, owner, purpose, code, dead_code)
            .await
    }

    /// As [`Service::check_code`], for an owner who may be nobody: who has a decoy, or nothing.
    pub(crate) async fn check_code_of(
        &self,
        keys: &PoolKeyring,
        (pool_id, owner): (&UserPoolId, &Sub),
        purpose: CodePurpose,
        code: &str,
        dead_code: DeadCode,
    ) -> Result<ConfirmationCode, ServiceError> {
        let row = self
            .storage
            .find_confirmation_code(pool_id, owner, purpose)
            .await?;
        let Some(row) = row else {
            return Err(dead_code.told(false));
        };
        let given = hash_code(keys, owner, purpose, code);
        let is_right = constant_time::equal(&given, &row.code_hash);
        if !self.count_code_try(&row).await? {
            return Err(dead_code.told(is_right));
        }
        if is_right {
            Ok(row)
        } else {
            Err(ServiceError::CodeMismatch)
        }
    }

    /// Counts an answer to a code; `false` when the code takes none any more.
    async fn count_code_try(&self, row: &ConfirmationCode) -> Result<bool, ServiceError> {
        let count = Write::CountConfirmationTry {
            pool_id: row.pool_id.clone(),
            sub: row.sub.clone(),
            purpose: row.purpose,
            code_hash: row.code_hash.clone(),
            max_tries: MAX_CODE_TRIES,
            at: self.now(),
        };
        match self.write([count]).await {
            Ok(()) => Ok(true),
            Err(StorageError::Conflict(Conflict::ConfirmationCodeSpent)) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// Who is told that there is no code that works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DeadCode {
    /// Everybody who tries one.
    ToldToAll,
    /// Only who has it: others would learn that there is such a user.
    ToldToItsOwner,
}

impl DeadCode {
    fn told(self, is_right: bool) -> ServiceError {
        if is_right || self == Self::ToldToAll {
            ServiceError::CodeExpired
        } else {
            ServiceError::CodeMismatch
        }
    }
}

fn proof_of(user: &User, purpose: CodePurpose, attribute: ContactAttribute) -> ContactProof {
    let destination = user.attribute(attribute.name()).unwrap_or_default();
    ContactProof {
        purpose,
        attribute,
        destination: destination.to_owned(),
    }
}

/// The write that spends a code.
pub(crate) fn spend_code(row: &ConfirmationCode) -> Write {
    Write::DeleteConfirmationCode {
        pool_id: row.pool_id.clone(),
        sub: row.sub.clone(),
        purpose: row.purpose,
        code_hash: row.code_hash.clone(),
    }
}

fn hash_code(keys: &PoolKeyring, sub: &Sub, purpose: CodePurpose, code: &str) -> Vec<u8> {
    let text = format!("{}\n{sub}\n{code}", purpose.as_str());
    keys.sealer.mac(Purpose::CodeKey, text.as_bytes()).to_vec()
}

/// Masks an address or number for an answer: `f***@e***`, `+*******1234`.
/// Source: answers of `ForgotPassword` and `SignUp`; challenge parameters of `SMS_MFA`.
pub(crate) fn mask(attribute: ContactAttribute, destination: &str) -> String {
    match attribute {
        ContactAttribute::Email => {
            let (local, domain) = destination.split_once('@').unwrap_or((destination, ""));
            let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
            format!("{}***@{}***", first(local), first(domain))
        }
        ContactAttribute::PhoneNumber => {
            let skipped = destination.chars().count().saturating_sub(4);
            let last: String = destination.chars().skip(skipped).collect();
            format!("+*******{last}")
        }
    }
}

/// The channel that reaches an attribute.
pub(crate) fn channel_of(attribute: ContactAttribute) -> Channel {
    match attribute {
        ContactAttribute::Email => Channel::Email,
        ContactAttribute::PhoneNumber => Channel::Sms,
    }
}

/// Whether what is sent to confirm a sign-up is a link, and no code.
pub(crate) fn is_confirmed_by_link(pool: &UserPool, attribute: ContactAttribute) -> bool {
    attribute == ContactAttribute::Email
        && pool.settings.messages.email_verification == EmailVerification::Link
}

/// Picks the attribute that a sign-up code goes to: the phone number wins where both are verified
/// automatically.
/// Source: AWS page "Verifying contact information at sign-up".
pub(crate) fn attribute_to_verify(pool: &UserPool, user: &User) -> Option<ContactAttribute> {
    [ContactAttribute::PhoneNumber, ContactAttribute::Email]
        .into_iter()
        .find(|attribute| {
            pool.settings.auto_verified_attributes.contains(attribute)
                && user.attribute(attribute.name()).is_some()
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn destinations_are_masked_as_the_service_does() {
        assert_eq!(
            mask(ContactAttribute::Email, "fred@example.com"),
            "f***@e***"
        );
        assert_eq!(
            mask(ContactAttribute::PhoneNumber, "+12065551234"),
            "+*******1234"
        );
        assert_eq!(mask(ContactAttribute::Email, ""), "***@***");
    }
}
