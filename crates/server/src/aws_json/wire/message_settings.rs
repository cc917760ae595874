//! Texts of a pool's messages and who mails come from, both ways.

use poolhouse_api_model::operations::CreateUserPoolRequest;
use poolhouse_api_model::types::{
    DefaultEmailOptionType, EmailConfigurationType, EmailSendingAccountType, MessageTemplateType,
    VerificationMessageTemplateType,
};
use poolhouse_model::{EmailSendingAccount, EmailSettings, EmailVerification, MessageTemplates};

use super::super::api_error::{ApiError, CallError};

/// The members of an input that hold texts of messages.
pub(crate) struct MessageMembers {
    /// `EmailVerificationSubject`
    pub(crate) email_verification_subject: Option<String>,
    /// `EmailVerificationMessage`
    pub(crate) email_verification_message: Option<String>,
    /// `SmsVerificationMessage`
    pub(crate) sms_verification_message: Option<String>,
    /// `VerificationMessageTemplate`
    pub(crate) verification_message_template: Option<VerificationMessageTemplateType>,
    /// `AdminCreateUserConfig.InviteMessageTemplate`
    pub(crate) invite_message_template: Option<MessageTemplateType>,
}

impl From<&CreateUserPoolRequest> for MessageMembers {
    fn from(input: &CreateUserPoolRequest) -> Self {
        let admin = input.admin_create_user_config.as_ref();
        Self {
            email_verification_subject: input.email_verification_subject.clone(),
            email_verification_message: input.email_verification_message.clone(),
            sms_verification_message: input.sms_verification_message.clone(),
            verification_message_template: input.verification_message_template.clone(),
            invite_message_template: admin.and_then(|admin| admin.invite_message_template.clone()),
        }
    }
}

/// Reads the texts: those of the template, or the older members of the same meaning.
/// # Errors
/// `InvalidParameterException` for a text that is given twice and differs.
pub(crate) fn templates(members: MessageMembers) -> Result<MessageTemplates, CallError> {
    let template = members.verification_message_template.unwrap_or_default();
    let invitation = members.invite_message_template.unwrap_or_default();
    Ok(MessageTemplates {
        email_verification: match template.default_email_option {
            Some(DefaultEmailOptionType::ConfirmWithLink) => EmailVerification::Link,
            Some(DefaultEmailOptionType::ConfirmWithCode) | None => EmailVerification::Code,
        },
        verification_email_subject: one_of(
            "EmailVerificationSubject",
            members.email_verification_subject,
            template.email_subject,
        )?,
        verification_email_body: one_of(
            "EmailVerificationMessage",
            members.email_verification_message,
            template.email_message,
        )?,
        link_email_subject: template.email_subject_by_link,
        link_email_body: template.email_message_by_link,
        verification_sms: one_of(
            "SmsVerificationMessage",
            members.sms_verification_message,
            template.sms_message,
        )?,
        invitation_email_subject: invitation.email_subject,
        invitation_email_body: invitation.email_message,
        invitation_sms: invitation.sms_message,
    })
}

/// Inferred: what the service answers when both are there and differ.
fn one_of(
    name: &str,
    member: Option<String>,
    of_template: Option<String>,
) -> Result<Option<String>, CallError> {
    match (member, of_template) {
        (Some(member), Some(other)) if member != other => Err(ApiError::invalid_parameter(
            format!("{name} and VerificationMessageTemplate must not differ."),
        )
        .into()),
        (member, other) => Ok(member.or(other)),
    }
}

/// Reads who mails come from.
pub(crate) fn email_settings(configuration: Option<EmailConfigurationType>) -> EmailSettings {
    let configuration = configuration.unwrap_or_default();
    EmailSettings {
        sending_account: configuration
            .email_sending_account
            .map(|account| match account {
                EmailSendingAccountType::CognitoDefault => EmailSendingAccount::CognitoDefault,
                EmailSendingAccountType::Developer => EmailSendingAccount::Developer,
            }),
        from: configuration.from,
        reply_to: configuration.reply_to_email_address,
        source_arn: configuration.source_arn,
        configuration_set: configuration.configuration_set,
    }
}

/// Describes who mails come from.
pub(crate) fn email_configuration(email: &EmailSettings) -> EmailConfigurationType {
    let EmailSettings {
        sending_account,
        from,
        reply_to,
        source_arn,
        configuration_set,
    } = email.clone();
    EmailConfigurationType {
        email_sending_account: Some(match sending_account {
            Some(EmailSendingAccount::Developer) => EmailSendingAccountType::Developer,
            Some(EmailSendingAccount::CognitoDefault) | None => {
                EmailSendingAccountType::CognitoDefault
            }
        }),
        from,
        reply_to_email_address: reply_to,
        source_arn,
        configuration_set,
    }
}

/// Describes the texts of verification messages.
pub(crate) fn verification_template(texts: &MessageTemplates) -> VerificationMessageTemplateType {
    VerificationMessageTemplateType {
        sms_message: texts.verification_sms.clone(),
        email_message: texts.verification_email_body.clone(),
        email_subject: texts.verification_email_subject.clone(),
        email_message_by_link: texts.link_email_body.clone(),
        email_subject_by_link: texts.link_email_subject.clone(),
        default_email_option: Some(match texts.email_verification {
            EmailVerification::Code => DefaultEmailOptionType::ConfirmWithCode,
            EmailVerification::Link => DefaultEmailOptionType::ConfirmWithLink,
        }),
    }
}

/// Describes the texts of invitations, if the owner wrote any.
pub(crate) fn invite_template(texts: &MessageTemplates) -> Option<MessageTemplateType> {
    let template = MessageTemplateType {
        sms_message: texts.invitation_sms.clone(),
        email_message: texts.invitation_email_body.clone(),
        email_subject: texts.invitation_email_subject.clone(),
    };
    let has_any = template.sms_message.is_some()
        || template.email_message.is_some()
        || template.email_subject.is_some();
    has_any.then_some(template)
}
