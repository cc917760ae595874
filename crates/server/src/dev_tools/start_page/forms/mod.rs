//! The forms of the start page: what each asks for, which calls of the API it makes, and what is
//! said afterwards.
//!
//! A form makes calls of the JSON API and nothing else: constraints, defaults, rules and errors
//! are those of the operation, and the command that a form shows is made of the same calls.

mod clients;
mod fields;
mod groups;
mod page;
mod passwords;
mod pools;
mod subject;
mod submit;
mod typed;
mod users;

pub(super) use page::{form, of_pool, of_server};
pub(super) use subject::Subject;
pub(super) use submit::{submit_of_pool, submit_of_server};

use serde_json::Value;

use self::fields::FieldSpec;
use self::typed::Typed;
use super::api_call::ApiCall;

/// A form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormName {
    NewPool,
    NewClient,
    NewUser,
    NewGroup,
    SetPassword,
    ConfirmUser,
    DisableUser,
    EnableUser,
    AddToGroup,
    RemoveFromGroup,
    DeleteUser,
}

/// What a form is.
struct FormSpec {
    /// What it does, as heading.
    title: fn(&Subject) -> String,
    /// What is to be known before.
    lead: &'static str,
    /// What its button says.
    submit: &'static str,
    /// Whether what it does cannot be undone.
    is_destructive: bool,
    /// What it asks for.
    fields: &'static [FieldSpec],
    /// The calls that it makes, in their order.
    calls: fn(&Subject, &Typed<'_>) -> Vec<ApiCall>,
    /// What is said once they are answered.
    done: fn(&Subject, &[Value]) -> Done,
    /// What is said, and which form goes on, where the first call is answered and the next is not.
    goes_on: Option<GoesOn>,
}

/// What was done.
struct Done {
    /// It, in a sentence.
    text: String,
    /// The page that shows it.
    path: String,
}

/// How it goes on where only a part was done.
struct GoesOn {
    /// What was done.
    text: &'static str,
    /// What to do next.
    form: FormName,
    /// About which user.
    username: fn(&[Value]) -> String,
}

impl FormName {
    /// The forms of a pool; making one is the form of the server.
    const OF_POOL: [Self; 10] = [
        Self::NewClient,
        Self::NewUser,
        Self::NewGroup,
        Self::SetPassword,
        Self::ConfirmUser,
        Self::DisableUser,
        Self::EnableUser,
        Self::AddToGroup,
        Self::RemoveFromGroup,
        Self::DeleteUser,
    ];

    /// The last part of its path.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::NewPool => "new-pool",
            Self::NewClient => "new-client",
            Self::NewUser => "new-user",
            Self::NewGroup => "new-group",
            Self::SetPassword => "set-password",
            Self::ConfirmUser => "confirm-user",
            Self::DisableUser => "disable-user",
            Self::EnableUser => "enable-user",
            Self::AddToGroup => "add-to-group",
            Self::RemoveFromGroup => "remove-from-group",
            Self::DeleteUser => "delete-user",
        }
    }

    /// The form of a pool that has that name.
    fn named(name: &str) -> Option<Self> {
        Self::OF_POOL.into_iter().find(|form| form.name() == name)
    }

    /// Whether it is about a user of the pool.
    fn is_about_user(self) -> bool {
        !matches!(
            self,
            Self::NewPool | Self::NewClient | Self::NewUser | Self::NewGroup
        )
    }

    fn spec(self) -> &'static FormSpec {
        match self {
            Self::NewPool => &pools::NEW_POOL,
            Self::NewClient => &clients::NEW_CLIENT,
            Self::NewUser => &users::NEW_USER,
            Self::NewGroup => &groups::NEW_GROUP,
            Self::SetPassword => &passwords::SET_PASSWORD,
            Self::ConfirmUser => &users::CONFIRM_USER,
            Self::DisableUser => &users::DISABLE_USER,
            Self::EnableUser => &users::ENABLE_USER,
            Self::AddToGroup => &groups::ADD_TO_GROUP,
            Self::RemoveFromGroup => &groups::REMOVE_FROM_GROUP,
            Self::DeleteUser => &users::DELETE_USER,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_a_pool_is_found_by_its_name() {
        for form in FormName::OF_POOL {
            assert_eq!(FormName::named(form.name()), Some(form));
        }
        assert_eq!(FormName::named("new-pool"), None);
        assert_eq!(FormName::named("../new-user"), None);
    }
}
