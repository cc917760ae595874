//! Codes and messages: made with the change they belong to, sent after it is on disk.

mod codes;
mod inbox;
mod outbox;

pub use codes::CodeDelivery;
pub(crate) use codes::{ContactProof, DeadCode, attribute_to_verify, channel_of, spend_code};
pub use inbox::InboxMessage;

use poolhouse_model::{Channel, ContactAttribute, SecretString, UserPool};
use serde::{Deserialize, Serialize};

/// What a message says; sealed in the outbox.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct MessageContent {
    pub(crate) subject: Option<String>,
    pub(crate) body: String,
    pub(crate) code: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) temporary_password: Option<String>,
}

/// Why a message is sent; decides its text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum MessageKind<'a> {
    /// A code that proves an address or number.
    Verification { code: &'a SecretString },
    /// A code that resets a password.
    #[expect(dead_code, reason = "the reset of passwords is not served yet")]
    PasswordReset { code: &'a SecretString },
    /// A temporary password for a user that an administrator made.
    Invitation {
        username: &'a str,
        temporary_password: &'a SecretString,
    },
}

/// Writes a message for a channel: the owner's template, or the service's own text.
/// Source: AWS page "Configuring SMS and email verification messages".
pub(crate) fn compose(pool: &UserPool, channel: Channel, kind: MessageKind<'_>) -> MessageContent {
    let own = &pool.settings.messages;
    let (email_subject, email_body, sms) = match kind {
        MessageKind::Verification { .. } => (
            own.verification_email_subject
                .as_deref()
                .unwrap_or("Your verification code"),
            own.verification_email_body
                .as_deref()
                .unwrap_or("Your confirmation code is {####}"),
            own.verification_sms
                .as_deref()
                .unwrap_or("Your confirmation code is {####}"),
        ),
        MessageKind::PasswordReset { .. } => (
            own.verification_email_subject
                .as_deref()
                .unwrap_or("Your verification code"),
            own.verification_email_body
                .as_deref()
                .unwrap_or("Your password reset code is {####}"),
            own.verification_sms
                .as_deref()
                .unwrap_or("Your password reset code is {####}"),
        ),
        MessageKind::Invitation { .. } => (
            own.invitation_email_subject
                .as_deref()
                .unwrap_or("Your temporary password"),
            own.invitation_email_body.as_deref().unwrap_or(INVITATION),
            own.invitation_sms.as_deref().unwrap_or(INVITATION),
        ),
    };
    let template = match channel {
        Channel::Email => email_body,
        Channel::Sms => sms,
    };
    let (body, code, temporary_password) = match kind {
        MessageKind::Verification { code } | MessageKind::PasswordReset { code } => {
            (template.replace("{####}", code.expose()), Some(code), None)
        }
        MessageKind::Invitation {
            username,
            temporary_password,
        } => {
            let body = fill_invitation(template, username, temporary_password.expose());
            (body, None, Some(temporary_password))
        }
    };
    let text = |secret: &SecretString| secret.expose().to_owned();
    MessageContent {
        subject: (channel == Channel::Email).then(|| email_subject.to_owned()),
        body,
        code: code.map(text),
        link: None,
        temporary_password: temporary_password.map(text),
    }
}

const INVITATION: &str = "Your username is {username} and temporary password is {####}.";

/// Fills both placeholders in one pass, so that a user name that looks like one stays as it is.
fn fill_invitation(template: &str, username: &str, password: &str) -> String {
    let parts: Vec<String> = template
        .split("{username}")
        .map(|part| part.replace("{####}", password))
        .collect();
    parts.join(username)
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

    #[test]
    fn a_user_name_that_looks_like_a_placeholder_stays_as_it_is() {
        assert_eq!(
            fill_invitation(INVITATION, "{####}", "Pw1!"),
            "Your username is {####} and temporary password is Pw1!."
        );
    }
}
