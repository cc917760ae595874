//! The form that makes a pool.

use poolhouse_api_model::Operation;
use serde_json::{Value, json};

use super::super::api_call::ApiCall;
use super::super::paths;
use super::fields::{FieldKind, FieldSpec};
use super::{Done, FormSpec, Subject, Typed};

pub(super) const NEW_POOL: FormSpec = FormSpec {
    title: |_| "Make a user pool".to_owned(),
    lead: "Everything that is not asked for here is as CreateUserPool makes it.",
    submit: "Make the pool",
    is_destructive: false,
    fields: &[
        FieldSpec::text("name", "Name").stand_in("NAME"),
        FieldSpec::text("sign_in", "Users sign in with")
            .kind(FieldKind::Choice(&[
                ("email", "an e-mail address"),
                ("username", "a user name"),
                ("phone_number", "a phone number"),
            ]))
            .hint("This cannot be changed later."),
        FieldSpec::text("sign_up", "Users can sign themselves up").kind(FieldKind::Tick(true)),
    ],
    calls,
    done,
    goes_on: None,
};

fn calls(_: &Subject, typed: &Typed<'_>) -> Vec<ApiCall> {
    let call = ApiCall::of(Operation::CreateUserPool)
        .with("PoolName", typed.text("name").unwrap_or_default());
    let only_by_administrators = !typed.is_ticked("sign_up");
    let call = call
        .with(
            "AdminCreateUserConfig",
            json!({"AllowAdminCreateUserOnly": only_by_administrators}),
        )
        .with("UsernameConfiguration", json!({"CaseSensitive": false}));
    vec![match typed.text("sign_in") {
        Some(attribute) if attribute != "username" => call
            .with("UsernameAttributes", json!([attribute]))
            .with("AutoVerifiedAttributes", json!([attribute])),
        _ => call.with("AutoVerifiedAttributes", json!(["email"])),
    }]
}

fn done(_: &Subject, answers: &[Value]) -> Done {
    let id = answers.first().map(|answer| &answer["UserPool"]["Id"]);
    let id = id.and_then(Value::as_str).unwrap_or_default();
    Done {
        text: "The user pool is made.".to_owned(),
        path: paths::pool(id),
    }
}
