//! `/_poolhouse/pools/{pool_id}/user?username=...`: a user.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use poolhouse_model::{
    ContactAttribute, Group, MfaFactor, MfaSettings, StoredPassword, User, UserPoolId, UserStatus,
};
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::ServiceError;
use poolhouse_templates::{GroupOfUser, StartForm, UserPage};

use super::forms::{FormName, Subject};
use super::pool::SHOWN_GROUPS;
use super::pool_words::list_or;
use super::visit::{Visit, crumb};
use super::{forms, paths};
use crate::app::App;
use crate::aws_json::user_status_name;
use crate::oauth::FormRequest;
use crate::rfc3339::rfc3339;

/// Shows a user.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Path(pool_id): Path<String>,
    request: FormRequest,
) -> Response {
    let visit = Visit::of(&app, &request);
    match page(&visit, &UserPoolId::new(pool_id)).await {
        Ok(page) => visit.answer(StatusCode::OK, &page),
        Err(error) => visit.answer_error(&error),
    }
}

async fn page(visit: &Visit<'_>, pool_id: &UserPoolId) -> Result<UserPage, ServiceError> {
    let service = &visit.app.service;
    let pool = service.describe_user_pool(pool_id).await?.pool;
    let username = visit.parameter("username");
    let user = service.admin_get_user(pool_id, username).await?;
    let factors = service.mfa_settings(&user).await?;
    let subject = Subject {
        pool: Some(Arc::clone(&pool)),
        username: user.username.to_string(),
        ..Subject::default()
    };
    let sub = ("sub".to_owned(), user.sub.to_string());
    let attributes = user.attributes.iter();
    let attributes = attributes.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Ok(UserPage {
        frame: visit.frame(vec![crumb(&pool.name, &paths::pool(pool_id.as_str()))]),
        username: user.username.to_string(),
        facts: facts(&user, &factors),
        attributes: std::iter::once(sub).chain(attributes).collect(),
        groups: groups(visit, &user, &subject).await?,
        inbox: inbox_of(&user),
        forms: forms(visit, &user, &subject).await?,
        delete_path: subject.path(FormName::DeleteUser),
    })
}

/// The groups that the user is in, each with the form that takes the user out of it.
async fn groups(
    visit: &Visit<'_>,
    user: &User,
    subject: &Subject,
) -> Result<Vec<GroupOfUser>, ServiceError> {
    let service = &visit.app.service;
    let username = user.username.as_str();
    let found = service
        .admin_list_groups_for_user(&user.pool_id, username, SHOWN_GROUPS, None)
        .await?;
    let groups = found.groups.into_iter().enumerate();
    let of_group = |(number, group): (usize, Group)| {
        let subject = Subject {
            group: group.name.to_string(),
            ..subject.clone()
        };
        let mut leave = forms::form(visit, FormName::RemoveFromGroup, &subject);
        leave.id = format!("{}-{number}", leave.id);
        GroupOfUser {
            name: subject.group,
            leave,
        }
    };
    Ok(groups.map(of_group).collect())
}

/// What can be changed of the user as things are.
async fn forms(
    visit: &Visit<'_>,
    user: &User,
    subject: &Subject,
) -> Result<Vec<StartForm>, ServiceError> {
    let mut names = vec![FormName::SetPassword];
    if user.status == UserStatus::Unconfirmed {
        names.push(FormName::ConfirmUser);
    }
    names.push(if user.is_enabled {
        FormName::DisableUser
    } else {
        FormName::EnableUser
    });
    let groups = visit
        .app
        .service
        .list_groups(&user.pool_id, SHOWN_GROUPS, None)
        .await?;
    if !groups.groups.is_empty() {
        names.push(FormName::AddToGroup);
    }
    let groups = groups.groups.into_iter();
    let subject = Subject {
        groups: groups.map(|group| group.name.to_string()).collect(),
        ..subject.clone()
    };
    let names = names.into_iter();
    Ok(names
        .map(|name| forms::form(visit, name, &subject))
        .collect())
}

fn facts(user: &User, factors: &MfaSettings) -> Vec<(String, String)> {
    let enabled = factors.enabled.iter().map(|factor| match factor {
        MfaFactor::SoftwareToken => "authenticator app",
    });
    let facts = [
        ("Status", user_status_name(user.status).to_owned()),
        ("Sign-in", {
            let words = if user.is_enabled {
                "enabled"
            } else {
                "disabled"
            };
            words.to_owned()
        }),
        ("Password", password(user.password.as_ref())),
        ("Second factor", list_or(enabled, "none")),
        ("Made", rfc3339(user.created_at)),
        ("Last changed", rfc3339(user.updated_at)),
    ];
    let facts = facts.into_iter();
    facts
        .map(|(name, words)| (name.to_owned(), words))
        .collect()
}

fn password(password: Option<&StoredPassword>) -> String {
    let Some(password) = password else {
        return "none".to_owned();
    };
    match password.expires_at {
        Some(expires_at) => format!("temporary, until {}", rfc3339(expires_at)),
        None => "permanent".to_owned(),
    }
}

/// Where the messages to a user are.
fn inbox_of(user: &User) -> Option<String> {
    let mut addresses = ContactAttribute::ALL.into_iter();
    let address = addresses.find_map(|attribute| user.attribute(attribute.name()))?;
    let query = Parameters::default().with("to", address);
    Some(format!("/_poolhouse/inbox?{}", query.encode()))
}
