//! The forms that make groups, and that put users in and take them out.

use poolhouse_api_model::Operation;

use super::super::api_call::ApiCall;
use super::fields::{FieldKind, FieldSpec};
use super::{Done, FormSpec, Subject, Typed};

pub(super) const NEW_GROUP: FormSpec = FormSpec {
    title: |subject| format!("Make a group of {}", subject.pool_name()),
    lead: "Tokens name the groups of their user in the claim cognito:groups.",
    submit: "Make the group",
    is_destructive: false,
    fields: &[
        FieldSpec::text("name", "Name").stand_in("GROUP"),
        FieldSpec::text("description", "Description").optional(),
        FieldSpec::text("precedence", "Precedence")
            .optional()
            .hint("A whole number. The lowest one comes first."),
    ],
    calls: new_group,
    done: |subject, _| said("The group is made.", subject),
    goes_on: None,
};

pub(super) const ADD_TO_GROUP: FormSpec = FormSpec {
    title: |subject| format!("Add {} to a group", subject.username),
    lead: "",
    submit: "Add to the group",
    is_destructive: false,
    fields: &[FieldSpec::text("group", "Group")
        .kind(FieldKind::Group)
        .stand_in("GROUP")],
    calls: |subject, typed| {
        let first = subject.groups.first().map_or("GROUP", String::as_str);
        let typed = typed.text("group").unwrap_or_default();
        let group = if typed == "GROUP" { first } else { typed };
        vec![about(Operation::AdminAddUserToGroup, subject, group)]
    },
    done: |subject, _| said("The user is in the group.", subject),
    goes_on: None,
};

pub(super) const REMOVE_FROM_GROUP: FormSpec = FormSpec {
    title: |subject| {
        format!(
            "Remove {} from the group {}",
            subject.username, subject.group
        )
    },
    lead: "",
    submit: "Remove from the group",
    is_destructive: false,
    fields: &[],
    calls: |subject, _| {
        let group = subject.group.as_str();
        vec![about(Operation::AdminRemoveUserFromGroup, subject, group)]
    },
    done: |subject, _| said("The user is in the group no more.", subject),
    goes_on: None,
};

fn new_group(subject: &Subject, typed: &Typed<'_>) -> Vec<ApiCall> {
    let call = ApiCall::of(Operation::CreateGroup)
        .with("UserPoolId", subject.pool_id())
        .with("GroupName", typed.text("name").unwrap_or_default())
        .with_some("Description", typed.text("description"));
    vec![match typed.text("precedence") {
        // What is no number is for the operation to refuse.
        Some(text) => match text.trim().parse::<i64>() {
            Ok(number) => call.with("Precedence", number),
            Err(_) => call.with("Precedence", text),
        },
        None => call,
    }]
}

fn about(operation: Operation, subject: &Subject, group: &str) -> ApiCall {
    ApiCall::of(operation)
        .with("UserPoolId", subject.pool_id())
        .with("Username", subject.username.as_str())
        .with("GroupName", group)
}

fn said(text: &str, subject: &Subject) -> Done {
    Done {
        text: text.to_owned(),
        path: subject.page(),
    }
}
