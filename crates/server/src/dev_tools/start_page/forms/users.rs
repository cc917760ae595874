//! The forms that make, confirm, disable, enable and delete users.

use poolhouse_api_model::Operation;
use serde_json::{Value, json};

use super::super::api_call::ApiCall;
use super::super::paths;
use super::fields::{FieldKind, FieldSpec};
use super::passwords::set_password;
use super::{Done, FormName, FormSpec, GoesOn, Subject, Typed};

pub(super) const NEW_USER: FormSpec = FormSpec {
    title: |subject| format!("Make a user of {}", subject.pool_name()),
    lead: "",
    submit: "Make the user",
    is_destructive: false,
    fields: &[
        FieldSpec::text("username", "User name")
            .stand_in("USERNAME")
            .hint(
                "Where users sign in with an e-mail address or phone number: that. The server \
                 makes the name up then.",
            ),
        FieldSpec::text("email", "E-mail address").optional(),
        FieldSpec::text("is_verified", "The address counts as verified")
            .kind(FieldKind::Tick(true)),
        FieldSpec::text("attributes", "Other attributes")
            .kind(FieldKind::Lines(""))
            .optional()
            .hint("One a line, as name=value: given_name=Jane, custom:team=blue."),
        FieldSpec::text("password", "Password")
            .kind(FieldKind::Password)
            .optional()
            .hint("Left empty, the server makes a temporary one up."),
        FieldSpec::text(
            "is_permanent",
            "The password is permanent: the user need not change it",
        )
        .kind(FieldKind::Tick(true)),
        FieldSpec::text("is_invited", "Send the user the temporary password")
            .kind(FieldKind::Tick(false))
            .hint("The message is in the inbox. A user with a permanent password gets none."),
    ],
    calls: new_user,
    done: |subject, answers| Done {
        text: "The user is made.".to_owned(),
        path: paths::user(subject.pool_id(), &made_username(answers)),
    },
    goes_on: Some(GoesOn {
        text: "The user is made, but the password was refused.",
        form: FormName::SetPassword,
        username: made_username,
    }),
};

fn new_user(subject: &Subject, typed: &Typed<'_>) -> Vec<ApiCall> {
    let mut attributes: Vec<Value> = Vec::new();
    let mut add = |name: &str, value: &str| attributes.push(json!({"Name": name, "Value": value}));
    if let Some(email) = typed.text("email") {
        add("email", email);
    }
    for line in typed.lines("attributes") {
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        add(name.trim(), value.trim());
    }
    if typed.is_ticked("is_verified")
        && let Some(flag) = verification_flag(subject, typed)
    {
        add(flag, "true");
    }
    let username = typed.text("username").unwrap_or_default();
    let password = typed.text("password");
    let permanent = password.filter(|_| typed.is_ticked("is_permanent"));
    let is_invited = typed.is_ticked("is_invited") && permanent.is_none();
    let temporary = password.filter(|_| permanent.is_none());
    let made = ApiCall::of(Operation::AdminCreateUser)
        .with("UserPoolId", subject.pool_id())
        .with("Username", username)
        .with_some(
            "UserAttributes",
            (!attributes.is_empty()).then(|| json!(attributes)),
        )
        .with_some("TemporaryPassword", temporary)
        .with_some("MessageAction", (!is_invited).then_some("SUPPRESS"))
        .with_some(
            "DesiredDeliveryMediums",
            is_invited.then(|| json!(["EMAIL"])),
        );
    let set = permanent.map(|password| set_password(subject.pool_id(), username, password, true));
    std::iter::once(made).chain(set).collect()
}

/// The attribute that says that the address of a new user is verified.
fn verification_flag(subject: &Subject, typed: &Typed<'_>) -> Option<&'static str> {
    if typed.text("email").is_some() {
        return Some("email_verified");
    }
    let pool = subject.pool.as_ref()?;
    let username = typed.text("username").unwrap_or_default();
    let mut attributes = pool.settings.username_attributes.iter();
    let is_number = username.starts_with('+');
    let attribute = attributes
        .find(|attribute| is_number == (attribute.verification_flag() == "phone_number_verified"));
    attribute.map(|attribute| attribute.verification_flag())
}

/// The name that the server gave the user.
fn made_username(answers: &[Value]) -> String {
    let answer = answers.first();
    let username = answer.and_then(|answer| answer["User"]["Username"].as_str());
    username.unwrap_or_default().to_owned()
}

pub(super) const CONFIRM_USER: FormSpec = FormSpec {
    title: |subject| format!("Confirm the sign-up of {}", subject.username),
    lead: "As if the user had typed the code that was sent.",
    submit: "Confirm",
    calls: |subject, _| vec![about(Operation::AdminConfirmSignUp, subject)],
    done: |subject, _| said("The user is confirmed.", subject),
    ..BUTTON
};

pub(super) const DISABLE_USER: FormSpec = FormSpec {
    title: |subject| format!("Disable {}", subject.username),
    lead: "A disabled user cannot sign in, and tokens stop working.",
    submit: "Disable",
    calls: |subject, _| vec![about(Operation::AdminDisableUser, subject)],
    done: |subject, _| said("The user is disabled.", subject),
    ..BUTTON
};

pub(super) const ENABLE_USER: FormSpec = FormSpec {
    title: |subject| format!("Enable {}", subject.username),
    lead: "The user can sign in again.",
    submit: "Enable",
    calls: |subject, _| vec![about(Operation::AdminEnableUser, subject)],
    done: |subject, _| said("The user is enabled.", subject),
    ..BUTTON
};

pub(super) const DELETE_USER: FormSpec = FormSpec {
    title: |subject| format!("Delete the user {}", subject.username),
    lead: "The user, the user's groups, sessions and tokens are gone for good.",
    submit: "Delete the user",
    is_destructive: true,
    calls: |subject, _| vec![about(Operation::AdminDeleteUser, subject)],
    done: |subject, _| Done {
        text: "The user is deleted.".to_owned(),
        path: paths::pool(subject.pool_id()),
    },
    ..BUTTON
};

/// A form without fields.
const BUTTON: FormSpec = FormSpec {
    title: |_| String::new(),
    lead: "",
    submit: "",
    is_destructive: false,
    fields: &[],
    calls: |_, _| Vec::new(),
    done: |subject, _| said("", subject),
    goes_on: None,
};

/// A call about the user.
fn about(operation: Operation, subject: &Subject) -> ApiCall {
    ApiCall::of(operation)
        .with("UserPoolId", subject.pool_id())
        .with("Username", subject.username.as_str())
}

/// What is said on the page of the user.
fn said(text: &str, subject: &Subject) -> Done {
    Done {
        text: text.to_owned(),
        path: subject.page(),
    }
}
