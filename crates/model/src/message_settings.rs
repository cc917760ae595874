//! What the owner of a pool decides about its messages.

use serde::{Deserialize, Serialize};

/// Texts that the owner wrote for messages; `None` is the service's own text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageTemplates {
    /// What a verification mail of a sign-up carries.
    pub email_verification: EmailVerification,
    /// Subject of a verification mail.
    pub verification_email_subject: Option<String>,
    /// Body of a verification mail, with `{####}`.
    pub verification_email_body: Option<String>,
    /// Subject of a verification mail that carries a link.
    pub link_email_subject: Option<String>,
    /// Body of a verification mail that carries a link, with `{##text of the link##}`.
    pub link_email_body: Option<String>,
    /// Text of a verification SMS, with `{####}`.
    pub verification_sms: Option<String>,
    /// Subject of an invitation mail.
    pub invitation_email_subject: Option<String>,
    /// Body of an invitation mail, with `{username}` and `{####}`.
    pub invitation_email_body: Option<String>,
    /// Text of an invitation SMS, with `{username}` and `{####}`.
    pub invitation_sms: Option<String>,
}

/// What a verification mail of a sign-up carries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailVerification {
    /// A code to type.
    #[default]
    Code,
    /// A link to follow.
    Link,
}

/// Who mails come from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EmailSettings {
    /// Whose mail account is used; `None` is the service's.
    pub sending_account: Option<EmailSendingAccount>,
    /// The sender: an address, with or without a name.
    pub from: Option<String>,
    /// Where answers go.
    pub reply_to: Option<String>,
    /// The verified identity at AWS that mails were sent as there; it can name an address.
    pub source_arn: Option<String>,
    /// A configuration of the mail service at AWS, which means nothing here.
    pub configuration_set: Option<String>,
}

/// Whose mail account is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmailSendingAccount {
    /// The service's.
    CognitoDefault,
    /// The owner's.
    Developer,
}

impl EmailSettings {
    /// The sender that the owner chose: `From`, or else the address that the identity names.
    /// Source: API reference, `EmailConfigurationType`.
    pub fn sender(&self) -> Option<&str> {
        let of_identity = || {
            let (_, identity) = self.source_arn.as_deref()?.rsplit_once(":identity/")?;
            identity.contains('@').then_some(identity)
        };
        self.from.as_deref().or_else(of_identity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sender_is_the_one_named_or_the_one_of_the_identity() {
        let arn = |identity: &str| Some(format!("arn:aws:ses:us-east-1:1:identity/{identity}"));
        let mut email = EmailSettings::default();
        assert_eq!(email.sender(), None);
        email.source_arn = arn("example.com");
        assert_eq!(email.sender(), None);
        email.source_arn = arn("a@example.com");
        assert_eq!(email.sender(), Some("a@example.com"));
        email.from = Some("B <b@example.com>".to_owned());
        assert_eq!(email.sender(), Some("B <b@example.com>"));
    }

    #[test]
    fn texts_stored_by_the_first_version_are_read() {
        let stored = r#"{"verification_email_body":"Code {####}","invitation_sms":null}"#;
        let templates: MessageTemplates = serde_json::from_str(stored).unwrap();
        assert_eq!(templates.email_verification, EmailVerification::Code);
        assert_eq!(
            templates.verification_email_body.as_deref(),
            Some("Code {####}")
        );
    }
}
