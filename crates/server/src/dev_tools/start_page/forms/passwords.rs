//! The form that sets a password.

use poolhouse_api_model::Operation;

use super::super::api_call::ApiCall;
use super::fields::{FieldKind, FieldSpec};
use super::{Done, FormSpec};

pub(super) const SET_PASSWORD: FormSpec = FormSpec {
    title: |subject| format!("Set the password of {}", subject.username),
    lead: "",
    submit: "Set the password",
    is_destructive: false,
    fields: &[
        FieldSpec::text("password", "New password")
            .kind(FieldKind::Password)
            .stand_in("PASSWORD"),
        FieldSpec::text(
            "is_permanent",
            "It is permanent: the user need not change it",
        )
        .kind(FieldKind::Tick(true)),
    ],
    calls: |subject, typed| {
        let password = typed.text("password").unwrap_or_default();
        let is_permanent = typed.is_ticked("is_permanent");
        let (pool_id, username) = (subject.pool_id(), subject.username.as_str());
        vec![set_password(pool_id, username, password, is_permanent)]
    },
    done: |subject, _| Done {
        text: "The password is set.".to_owned(),
        path: subject.page(),
    },
    goes_on: None,
};

/// The call that sets a password.
pub(super) fn set_password(
    pool_id: &str,
    username: &str,
    password: &str,
    is_permanent: bool,
) -> ApiCall {
    ApiCall::of(Operation::AdminSetUserPassword)
        .with("UserPoolId", pool_id)
        .with("Username", username)
        .with("Password", password)
        .with("Permanent", is_permanent)
}
