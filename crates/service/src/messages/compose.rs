//! Which text a message has.

use poolhouse_model::{Channel, MessageTemplates, SecretString, UserPool};
use serde::{Deserialize, Serialize};

use super::template::{self, Filled};

/// What a message says; sealed in the outbox.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct MessageContent {
    pub(crate) subject: Option<String>,
    /// The filled template.
    pub(crate) body: String,
    /// The same as plain text, where the body is HTML.
    pub(crate) text: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) link: Option<String>,
    pub(crate) temporary_password: Option<String>,
    /// The sender that the owner of the pool chose.
    pub(crate) from: Option<String>,
    pub(crate) reply_to: Option<String>,
}

/// Why a message is sent; decides its text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum MessageKind<'a> {
    /// A code that proves an address or number.
    Verification { code: &'a SecretString },
    /// A link that proves an address; always a mail.
    VerificationLink { url: &'a SecretString },
    /// A code that resets a password. The owner's text is that of verification messages.
    PasswordReset { code: &'a SecretString },
    /// A temporary password for a user that an administrator made.
    Invitation {
        username: &'a str,
        temporary_password: &'a SecretString,
    },
}

/// The templates of one kind of message.
struct Texts<'a> {
    subject: &'a str,
    email: &'a str,
    sms: &'a str,
}

const INVITATION: &str = "Your username is {username} and temporary password is {####}.";

/// Writes a message for a channel: by the owner's template, or with the service's own text.
/// Source: AWS pages "Configuring SMS and email verification messages" and "Customizing user
/// invitation messages".
pub(crate) fn compose(pool: &UserPool, channel: Channel, kind: MessageKind<'_>) -> MessageContent {
    let texts = texts(&pool.settings.messages, kind);
    let (secret, username) = match kind {
        MessageKind::Verification { code } | MessageKind::PasswordReset { code } => (code, None),
        MessageKind::VerificationLink { url } => (url, None),
        MessageKind::Invitation {
            username,
            temporary_password,
        } => (temporary_password, Some(username)),
    };
    let secret = secret.expose();
    let filled = match (kind, channel) {
        (MessageKind::VerificationLink { .. }, _) => template::fill_link(texts.email, secret),
        (_, Channel::Email) => template::fill_mail(texts.email, secret, username),
        (_, Channel::Sms) => Filled {
            body: template::fill_text(texts.sms, secret, username),
            text: None,
        },
    };
    let secret = Some(secret.to_owned());
    let content = MessageContent {
        body: filled.body,
        text: filled.text,
        ..MessageContent::default()
    };
    let content = match kind {
        MessageKind::Verification { .. } | MessageKind::PasswordReset { .. } => MessageContent {
            code: secret,
            ..content
        },
        MessageKind::VerificationLink { .. } => MessageContent {
            link: secret,
            ..content
        },
        MessageKind::Invitation { .. } => MessageContent {
            temporary_password: secret,
            ..content
        },
    };
    match channel {
        Channel::Sms => content,
        Channel::Email => MessageContent {
            subject: Some(texts.subject.to_owned()),
            from: pool.settings.email.sender().map(str::to_owned),
            reply_to: pool.settings.email.reply_to.clone(),
            ..content
        },
    }
}

/// Picks the templates of a kind. The service's own texts say what the API's do, in our words where
/// they are more than a line.
fn texts<'a>(own: &'a MessageTemplates, kind: MessageKind<'_>) -> Texts<'a> {
    let or = |text: &'a Option<String>, default: &'static str| text.as_deref().unwrap_or(default);
    let code = |default| Texts {
        subject: or(&own.verification_email_subject, "Your verification code"),
        email: or(&own.verification_email_body, default),
        sms: or(&own.verification_sms, default),
    };
    match kind {
        MessageKind::Verification { .. } => code("Your confirmation code is {####}"),
        MessageKind::PasswordReset { .. } => code("Your password reset code is {####}"),
        MessageKind::VerificationLink { .. } => Texts {
            subject: or(&own.link_email_subject, "Your verification link"),
            email: or(
                &own.link_email_body,
                "To verify your email address, please follow this link. {##Verify Email##}",
            ),
            sms: "",
        },
        MessageKind::Invitation { .. } => Texts {
            subject: or(&own.invitation_email_subject, "Your temporary password"),
            email: or(&own.invitation_email_body, INVITATION),
            sms: or(&own.invitation_sms, INVITATION),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Picks the texts of each kind with what the owner wrote in all members.
    fn own_texts(kind: MessageKind<'_>) -> [String; 3] {
        let text = |name: &str| Some(name.to_owned());
        let own = MessageTemplates {
            verification_email_subject: text("code subject"),
            verification_email_body: text("code mail"),
            verification_sms: text("code sms"),
            link_email_subject: text("link subject"),
            link_email_body: text("link mail"),
            invitation_email_subject: text("invitation subject"),
            invitation_email_body: text("invitation mail"),
            invitation_sms: text("invitation sms"),
            ..MessageTemplates::default()
        };
        let texts = texts(&own, kind);
        [texts.subject, texts.email, texts.sms].map(str::to_owned)
    }

    #[test]
    fn each_purpose_has_its_templates() {
        let secret = SecretString::from("s");
        let code = ["code subject", "code mail", "code sms"];
        let kind = MessageKind::Verification { code: &secret };
        assert_eq!(own_texts(kind), code);
        let kind = MessageKind::PasswordReset { code: &secret };
        assert_eq!(own_texts(kind), code);
        let kind = MessageKind::VerificationLink { url: &secret };
        assert_eq!(own_texts(kind), ["link subject", "link mail", ""]);
        let kind = MessageKind::Invitation {
            username: "u",
            temporary_password: &secret,
        };
        let invitation = ["invitation subject", "invitation mail", "invitation sms"];
        assert_eq!(own_texts(kind), invitation);
    }
}
