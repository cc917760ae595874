//! Messages that tell a new user the name and the temporary password.

use poolhouse_model::{Channel, ContactAttribute, SecretString, User, UserPool};
use poolhouse_storage::Write;

use crate::error::ServiceError;
use crate::messages::{MessageKind, channel_of, compose};
use crate::pool_keys::PoolKeyring;
use crate::service::Service;

/// Decides how an invitation travels: as the administrator lists, else by SMS to who has a number
/// and by mail to others.
/// # Errors
/// [`ServiceError::InvalidInput`] for a listed channel that does not reach the user.
/// Source: API reference, `DesiredDeliveryMediums`; an answer of the service for the mail's text.
/// Inferred: the text for SMS, and mail as second choice.
pub(super) fn invitation_channels(
    listed: &[Channel],
    user: &User,
) -> Result<Vec<Channel>, ServiceError> {
    let reaches = |channel| user.attribute(contact_of(channel).name()).is_some();
    if listed.is_empty() {
        let by_default = [Channel::Sms, Channel::Email].into_iter();
        return Ok(by_default
            .filter(|channel| reaches(*channel))
            .take(1)
            .collect());
    }
    let refused = listed.iter().find(|channel| !reaches(**channel));
    let text = match refused {
        None => return Ok(listed.to_vec()),
        Some(Channel::Email) => "No email provided but desired delivery medium was Email",
        Some(Channel::Sms) => "No phone number provided but desired delivery medium was SMS",
    };
    Err(ServiceError::InvalidInput(text.to_owned()))
}

fn contact_of(channel: Channel) -> ContactAttribute {
    match channel {
        Channel::Email => ContactAttribute::Email,
        Channel::Sms => ContactAttribute::PhoneNumber,
    }
}

impl Service {
    /// Makes the writes that send an invitation; it calls the user by the name that the
    /// administrator gave.
    pub(super) fn make_invitations(
        &self,
        pool: &UserPool,
        keys: &PoolKeyring,
        user: &User,
        username: &str,
        channels: &[Channel],
        temporary_password: &SecretString,
    ) -> Result<Vec<Write>, ServiceError> {
        let mut writes = Vec::new();
        for attribute in [ContactAttribute::Email, ContactAttribute::PhoneNumber] {
            let channel = channel_of(attribute);
            let Some(to) = user.attribute(attribute.name()) else {
                continue;
            };
            if !channels.contains(&channel) {
                continue;
            }
            let kind = MessageKind::Invitation {
                username,
                temporary_password,
            };
            let content = compose(pool, channel, kind);
            let message = self.make_message(pool, keys, channel, to, &content)?;
            writes.push(Write::EnqueueMessage(Box::new(message)));
        }
        Ok(writes)
    }
}

#[cfg(test)]
mod tests {
    use poolhouse_model::{Attributes, Sub, Timestamp, UserPoolId, UserStatus, Username};

    use super::*;

    fn user(attributes: &[&str]) -> User {
        let named = |name: &&str| ((*name).to_owned(), "x".to_owned());
        User {
            pool_id: UserPoolId::new("us-east-1_a"),
            sub: Sub::new("s"),
            username: Username::new("alice"),
            status: UserStatus::ForceChangePassword,
            is_enabled: true,
            attributes: attributes.iter().map(named).collect::<Attributes>(),
            password: None,
            token_generation: 1,
            created_at: Timestamp::from_secs(0),
            updated_at: Timestamp::from_secs(0),
            version: 1,
        }
    }

    #[test]
    fn an_invitation_goes_where_it_was_told_to_or_where_it_can() {
        use Channel::{Email, Sms};
        type Channels<'a> = &'a [Channel];
        let (email, phone): (&[&str], &[&str]) = (&["email"], &["phone_number"]);
        let both: &[&str] = &["email", "phone_number"];
        let table: [(Channels<'_>, &[&str], Option<Channels<'_>>); 9] = [
            (&[], both, Some(&[Sms])),
            (&[], phone, Some(&[Sms])),
            (&[], email, Some(&[Email])),
            (&[], &[], Some(&[])),
            (&[Email], both, Some(&[Email])),
            (&[Email, Sms], both, Some(&[Email, Sms])),
            (&[Email], phone, None),
            (&[Sms], email, None),
            (&[Email, Sms], phone, None),
        ];
        for (listed, attributes, expected) in table {
            let channels = invitation_channels(listed, &user(attributes)).ok();
            assert_eq!(channels.as_deref(), expected, "{listed:?} {attributes:?}");
        }
    }
}
