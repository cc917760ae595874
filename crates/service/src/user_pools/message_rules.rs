//! What the texts and senders of a pool's messages must have.

use poolhouse_model::{EmailSendingAccount, EmailSettings, MessageTemplates, UserPoolSettings};

use crate::attribute_rules::is_email;
use crate::error::ServiceError;
use crate::messages::{CODE_PLACEHOLDER, USERNAME_PLACEHOLDER, has_link};

/// Checks that each text has the places for what it is to tell, and that mails can come from their
/// sender.
/// # Errors
/// [`ServiceError::InvalidInput`] with the service's text.
pub(crate) fn check_message_settings(settings: &UserPoolSettings) -> Result<(), ServiceError> {
    check_texts(&settings.messages)?;
    check_senders(&settings.email)
}

/// Source: recorded answer of `UpdateUserPool` for a mail with a link that had a place for a code.
/// Inferred: the same answer for the others, which the service is known to refuse too.
fn check_texts(texts: &MessageTemplates) -> Result<(), ServiceError> {
    let has_code = |text: &str| text.contains(CODE_PLACEHOLDER);
    let has_both = |text: &str| has_code(text) && text.contains(USERNAME_PLACEHOLDER);
    let is_sound = |text: &Option<String>, rule: &dyn Fn(&str) -> bool| match text {
        Some(text) => rule(text),
        None => true,
    };
    let are_sound = is_sound(&texts.verification_email_body, &has_code)
        && is_sound(&texts.verification_sms, &has_code)
        && is_sound(&texts.link_email_body, &has_link)
        && is_sound(&texts.invitation_email_body, &has_both)
        && is_sound(&texts.invitation_sms, &has_both);
    if are_sound {
        return Ok(());
    }
    Err(refusal("The message is invalid."))
}

/// Source: recorded answers of `CreateUserPool`. Inferred: the text for `ReplyToEmailAddress`.
fn check_senders(email: &EmailSettings) -> Result<(), ServiceError> {
    let is_default = email.sending_account != Some(EmailSendingAccount::Developer);
    if email.from.is_some() && is_default && email.source_arn.is_none() {
        return Err(refusal(
            "Cannot configure From email address for default email configuration",
        ));
    }
    if email.from.as_deref().is_some_and(|from| !is_sender(from)) {
        return Err(refusal("Provided From email address is invalid"));
    }
    if email.reply_to.as_deref().is_some_and(|to| !is_email(to)) {
        return Err(refusal("Provided ReplyTo email address is invalid"));
    }
    Ok(())
}

/// Whether a text is an address, or a name with an address in angle brackets.
fn is_sender(text: &str) -> bool {
    let (name, address) = match text
        .strip_suffix('>')
        .and_then(|text| text.rsplit_once('<'))
    {
        Some((name, address)) => (name, address),
        None => ("", text),
    };
    is_email(address) && name.len() <= 320 && !name.contains(|c: char| c.is_control() || c == '<')
}

fn refusal(text: &str) -> ServiceError {
    ServiceError::InvalidInput(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s64_a_sender_is_one_address_on_one_line() {
        for good in ["a@b.example", "A, B <a@b.example>", "\"A\" <a@b.example>"] {
            assert!(is_sender(good), "{good}");
        }
        for bad in [
            "",
            "a",
            "A <a>",
            "A\r\nBcc: x@y.example <a@b.example>",
            "a@b.example\r\nBcc: x@y.example",
            "<x@y.example> <a@b.example>",
        ] {
            assert!(!is_sender(bad), "{bad:?}");
        }
    }
}
