//! How a new user is named.

use poolhouse_model::{
    AliasAttribute, Attributes, ContactAttribute, Sub, User, UserPool, UserPoolSettings,
    UserStatus, Username,
};

use crate::attribute_rules::{is_email, is_phone_number};
use crate::error::ServiceError;
use crate::service::Service;

/// The immutable name and the attributes of a new user, from the name that was given.
#[derive(Debug)]
pub(crate) struct NewUserNames {
    username: Option<Username>,
    attributes: Attributes,
}

impl NewUserNames {
    /// Sorts out what the given name is: the user name itself, or, in a pool where an e-mail
    /// address or phone number stands for it, the attribute's value.
    /// # Errors
    /// [`ServiceError::InvalidInput`] with the service's text for a name of the wrong form.
    pub(crate) fn sort_out(
        settings: &UserPoolSettings,
        given: &str,
        mut attributes: Attributes,
    ) -> Result<Self, ServiceError> {
        if !settings.has_username_attributes() {
            refuse_look_alikes(settings, given)?;
            return Ok(Self {
                username: Some(Username::new(given)),
                attributes,
            });
        }
        let attribute = contact_of(settings, given)?;
        match attributes.get(attribute.name()) {
            Some(value) if value != given && !value.is_empty() => {
                let name = attribute.name();
                return Err(ServiceError::InvalidInput(format!(
                    "User {name} should be empty or same as username, since username attribute \
                     is {name}"
                )));
            }
            _ => attributes.insert(attribute.name().to_owned(), given.to_owned()),
        };
        Ok(Self {
            username: None,
            attributes,
        })
    }

    /// The attributes, with the one that the name stands for.
    pub(crate) fn attributes(&self) -> &Attributes {
        &self.attributes
    }
}

/// Tells which attribute a name stands for.
fn contact_of(settings: &UserPoolSettings, given: &str) -> Result<ContactAttribute, ServiceError> {
    let has = |attribute| settings.username_attributes.contains(&attribute);
    let (email, phone) = (
        has(ContactAttribute::Email),
        has(ContactAttribute::PhoneNumber),
    );
    if email && is_email(given) {
        return Ok(ContactAttribute::Email);
    }
    if phone && is_phone_number(given) {
        return Ok(ContactAttribute::PhoneNumber);
    }
    let text = match (email, phone) {
        (true, true) => "Username should be either an email or a phone number.",
        (false, true) => "Username should be a phone number.",
        _ => "Username should be an email.",
    };
    Err(ServiceError::InvalidInput(text.to_owned()))
}

/// Refuses a user name that could be taken for somebody's alias.
fn refuse_look_alikes(settings: &UserPoolSettings, given: &str) -> Result<(), ServiceError> {
    if settings.alias_attributes.contains(&AliasAttribute::Email) && is_email(given) {
        return Err(ServiceError::InvalidInput(
            "Username cannot be of email format, since user pool is configured for email alias."
                .to_owned(),
        ));
    }
    if settings
        .alias_attributes
        .contains(&AliasAttribute::PhoneNumber)
        && is_phone_number(given)
    {
        return Err(ServiceError::InvalidInput(
            "Username cannot be of phone number format, since user pool is configured for phone \
             number alias."
                .to_owned(),
        ));
    }
    Ok(())
}

impl Service {
    /// Makes a user without a password.
    pub(crate) fn make_user(
        &self,
        pool: &UserPool,
        names: NewUserNames,
        status: UserStatus,
    ) -> User {
        let sub = Sub::generate(&*self.rng);
        let now = self.now();
        let username = match names.username {
            Some(username) if pool.settings.is_case_sensitive => username,
            Some(username) => Username::new(username.as_str().to_lowercase()),
            None => Username::new(sub.as_str()),
        };
        User {
            pool_id: pool.id.clone(),
            sub,
            username,
            status,
            is_enabled: true,
            attributes: names.attributes,
            password: None,
            token_generation: 1,
            created_at: now,
            updated_at: now,
            version: 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email_pool() -> UserPoolSettings {
        UserPoolSettings {
            username_attributes: vec![ContactAttribute::Email],
            ..UserPoolSettings::default()
        }
    }

    #[test]
    fn a_name_of_the_wrong_form_is_refused() {
        let error = NewUserNames::sort_out(&email_pool(), "bob", Attributes::new()).unwrap_err();
        assert_eq!(error.to_string(), "Username should be an email.");
    }

    #[test]
    fn the_name_becomes_the_attribute_it_stands_for() {
        let names = NewUserNames::sort_out(&email_pool(), "a@b.c", Attributes::new()).unwrap();
        assert_eq!(
            names.attributes().get("email").map(String::as_str),
            Some("a@b.c")
        );
        assert!(names.username.is_none());
        let other = Attributes::from([("email".to_owned(), "x@y.z".to_owned())]);
        assert!(NewUserNames::sort_out(&email_pool(), "a@b.c", other).is_err());
    }

    #[test]
    fn s49_a_user_name_cannot_look_like_an_alias() {
        let settings = UserPoolSettings {
            alias_attributes: vec![AliasAttribute::Email],
            ..UserPoolSettings::default()
        };
        assert!(NewUserNames::sort_out(&settings, "a@b.c", Attributes::new()).is_err());
        assert!(NewUserNames::sort_out(&settings, "bob", Attributes::new()).is_ok());
    }
}
