//! What becomes of a user whose attributes change: values, what counts as verified, codes.

use std::collections::BTreeMap;

use poolhouse_model::{CodePurpose, ContactAttribute, User, UserPoolSettings};

use crate::attribute_rules::{
    AttributeRefusal, AttributeWrite, AttributeWriter, check_change, check_form, remove_attribute,
    set_attribute,
};
use crate::attribute_update_settings::waits_for_verification;
use crate::error::ServiceError;
use crate::messages::ContactProof;

/// Changes that the schema and the writer's permissions admit.
#[derive(Debug)]
pub(super) struct AttributeChanges {
    /// The new value by name; `None` for an attribute that goes.
    values: BTreeMap<String, Option<String>>,
}

/// The codes that a change leads to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct CodeChanges {
    /// What has to be proven by a new code.
    pub(super) due: Vec<ContactProof>,
    /// Purposes of which no code works any more.
    pub(super) void: Vec<CodePurpose>,
}

impl AttributeChanges {
    /// Checks attributes that are to be written; a blank value deletes.
    /// # Errors
    /// Those of [`AttributeWriter::check`]; [`ServiceError::AttributeValueMissing`],
    /// [`ServiceError::AttributeChangesRefused`], [`ServiceError::EmailInvalid`],
    /// [`ServiceError::PhoneNumberInvalid`]; [`ServiceError::InvalidInput`] for a name that is
    /// there twice.
    /// Source: API reference, `UpdateUserAttributes`; answers of the service for the order of
    /// checks: subject, missing values, schema, forms.
    /// Inferred: that permissions come before missing values, and the refusal of doubled names.
    pub(super) fn of_writes(
        settings: &UserPoolSettings,
        writer: AttributeWriter<'_>,
        attributes: Vec<AttributeWrite>,
    ) -> Result<Self, ServiceError> {
        let mut values = BTreeMap::new();
        for AttributeWrite { name, value } in attributes {
            writer.check(settings, &name)?;
            let value = value.ok_or_else(|| ServiceError::AttributeValueMissing(name.clone()))?;
            let value = (!value.is_empty()).then_some(value);
            if values.insert(name.clone(), value).is_some() {
                return Err(ServiceError::InvalidInput(format!(
                    "Attributes did not conform to the schema: {name} was given more than once."
                )));
            }
        }
        Self::of_values(settings, values)
    }

    /// Checks attributes that are to be deleted.
    /// # Errors
    /// Those of [`AttributeWriter::check`]; [`ServiceError::AttributeChangesRefused`].
    pub(super) fn of_names(
        settings: &UserPoolSettings,
        writer: AttributeWriter<'_>,
        names: Vec<String>,
    ) -> Result<Self, ServiceError> {
        let mut values = BTreeMap::new();
        for name in names {
            writer.check(settings, &name)?;
            values.insert(name, None);
        }
        Self::of_values(settings, values)
    }

    fn of_values(
        settings: &UserPoolSettings,
        values: BTreeMap<String, Option<String>>,
    ) -> Result<Self, ServiceError> {
        let refused: Vec<(String, AttributeRefusal)> = values
            .iter()
            .filter_map(|(name, value)| {
                let refusal = check_change(settings, name, value.as_deref()).err()?;
                Some((name.clone(), refusal))
            })
            .collect();
        if !refused.is_empty() {
            return Err(ServiceError::AttributeChangesRefused(refused));
        }
        let changes = Self { values };
        for (name, value) in changes.new_values() {
            check_form(name, value)?;
        }
        Ok(changes)
    }

    /// Whether there is nothing to change.
    pub(super) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The values that attributes are to get.
    pub(super) fn new_values(&self) -> Vec<(&str, &str)> {
        let values = self.values.iter();
        values
            .filter_map(|(name, value)| Some((name.as_str(), value.as_deref()?)))
            .collect()
    }

    /// Changes the user.
    /// # Errors
    /// [`ServiceError::AttributeChangesRefused`] when nothing would be left to sign in by.
    pub(super) fn apply(
        &self,
        settings: &UserPoolSettings,
        user: &mut User,
    ) -> Result<CodeChanges, ServiceError> {
        let names_before = sign_in_attributes(settings, user).count();
        for (name, value) in &self.values {
            let is_contacts = ContactAttribute::ALL.into_iter().any(|contact| {
                [contact.name(), contact.verification_flag()].contains(&name.as_str())
            });
            match value {
                _ if is_contacts => {}
                Some(value) => set_attribute(user, name, value),
                None => remove_attribute(user, name),
            }
        }
        let mut codes = CodeChanges::default();
        for contact in ContactAttribute::ALL {
            match self.values.get(contact.name()) {
                None => self.apply_flag(contact, user, &mut codes),
                Some(None) => {
                    remove_attribute(user, contact.name());
                    codes.void.push(CodePurpose::verifying(contact));
                    codes.void.push(CodePurpose::replacing(contact));
                }
                Some(Some(value)) => self.apply_contact(settings, contact, value, user, &mut codes),
            }
        }
        if names_before > 0 && sign_in_attributes(settings, user).count() == 0 {
            return Err(self.refuse_last_name(settings));
        }
        Ok(codes)
    }

    /// Whether an administrator declares that the value is verified; `None` when nothing is said.
    fn declared_verified(&self, contact: ContactAttribute) -> Option<bool> {
        let flag = self.values.get(contact.verification_flag())?;
        let is_true = |text: &String| text.eq_ignore_ascii_case("true");
        Some(flag.as_ref().is_some_and(is_true))
    }

    /// Applies what an administrator declares of the value that is there.
    fn apply_flag(&self, contact: ContactAttribute, user: &mut User, codes: &mut CodeChanges) {
        let Some(is_verified) = self.declared_verified(contact) else {
            return;
        };
        let flag = contact.verification_flag().to_owned();
        user.attributes.insert(flag, is_verified.to_string());
        if is_verified {
            codes.void.push(CodePurpose::verifying(contact));
        }
    }

    /// Gives an address or number a new value: at once and unverified, unless an administrator
    /// declares it verified, or once it is verified where the pool asks for that.
    ///
    /// The value that is there already needs no proof; naming it gives up one that waits.
    /// Source: API reference, `UpdateUserAttributes` and `AdminUpdateUserAttributes`;
    /// amazon-cognito-identity-js issue 350 for the value that is there.
    /// Inferred: that one that waits is given up.
    fn apply_contact(
        &self,
        settings: &UserPoolSettings,
        contact: ContactAttribute,
        value: &str,
        user: &mut User,
        codes: &mut CodeChanges,
    ) {
        let (verifying, replacing) = (
            CodePurpose::verifying(contact),
            CodePurpose::replacing(contact),
        );
        let proof = |purpose| ContactProof {
            purpose,
            attribute: contact,
            destination: value.to_owned(),
        };
        let is_declared = self.declared_verified(contact) == Some(true);
        if user.attribute(contact.name()) == Some(value) {
            codes.void.push(replacing);
            self.apply_flag(contact, user, codes);
        } else if waits_for_verification(settings, contact) && !is_declared {
            codes.void.push(verifying);
            codes.due.push(proof(replacing));
        } else {
            set_attribute(user, contact.name(), value);
            let flag = contact.verification_flag().to_owned();
            user.attributes.insert(flag, is_declared.to_string());
            codes.void.push(replacing);
            if !is_declared && settings.auto_verified_attributes.contains(&contact) {
                codes.due.push(proof(verifying));
            } else {
                codes.void.push(verifying);
            }
        }
    }

    /// Inferred: the refusal. What stands for the user name is as good as required.
    fn refuse_last_name(&self, settings: &UserPoolSettings) -> ServiceError {
        let names = settings.username_attributes.iter().map(|name| name.name());
        let deleted = names.filter(|name| self.values.contains_key(*name));
        let refusal = AttributeRefusal::RequiredNotDeletable;
        let refused = deleted.map(|name| (name.to_owned(), refusal)).collect();
        ServiceError::AttributeChangesRefused(refused)
    }
}

/// The attributes that stand for a user's name.
fn sign_in_attributes<'a>(
    settings: &'a UserPoolSettings,
    user: &'a User,
) -> impl Iterator<Item = ContactAttribute> + 'a {
    let names = settings.username_attributes.iter().copied();
    names.filter(|name| user.attribute(name.name()).is_some())
}
