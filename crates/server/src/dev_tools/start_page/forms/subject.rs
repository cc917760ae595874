//! What a form is about.

use std::sync::Arc;

use axum::response::Response;
use poolhouse_model::{GroupName, UserPool, UserPoolId};
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::ServiceError;

use super::super::paths;
use super::super::pool::SHOWN_GROUPS;
use super::super::visit::Visit;
use super::FormName;

/// What a form is about: the server, a pool, or a user of it.
#[derive(Clone, Default)]
pub(in super::super) struct Subject {
    /// The pool.
    pub(in super::super) pool: Option<Arc<UserPool>>,
    /// The name of the user; empty without one.
    pub(in super::super) username: String,
    /// The name of the group; empty without one.
    pub(in super::super) group: String,
    /// Names of groups that can be chosen.
    pub(in super::super) groups: Vec<String>,
}

impl Subject {
    /// Finds the form that the address names, and what it is about.
    /// # Errors
    /// The page that says what is not there.
    pub(super) async fn of_form(
        visit: &Visit<'_>,
        pool_id: String,
        name: &str,
    ) -> Result<(FormName, Self), Box<Response>> {
        let Some(name) = FormName::named(name) else {
            let text = "There is no such form.".to_owned();
            return Err(Box::new(visit.missing(text)));
        };
        let subject = Self::find(visit, pool_id, name).await;
        let subject = subject.map_err(|error| Box::new(visit.answer_error(&error)))?;
        Ok((name, subject))
    }

    /// Finds what the address names.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::UserNotFound`], and those of the store.
    async fn find(
        visit: &Visit<'_>,
        pool_id: String,
        form: FormName,
    ) -> Result<Self, ServiceError> {
        let service = &visit.app.service;
        let pool_id = UserPoolId::new(pool_id);
        let mut subject = Self {
            pool: Some(service.describe_user_pool(&pool_id).await?.pool),
            ..Self::default()
        };
        if form.is_about_user() {
            let user = service.admin_get_user(&pool_id, visit.parameter("username"));
            subject.username = user.await?.username.to_string();
        }
        match form {
            FormName::AddToGroup => {
                let groups = service.list_groups(&pool_id, SHOWN_GROUPS, None).await?;
                let names = groups.groups.into_iter();
                subject.groups = names.map(|group| group.name.to_string()).collect();
            }
            FormName::RemoveFromGroup => {
                let name = GroupName::new(visit.parameter("group"));
                let group = service.get_group(&pool_id, &name).await?;
                subject.group = group.name.to_string();
            }
            _ => {}
        }
        Ok(subject)
    }

    /// The id of the pool; empty without one.
    pub(super) fn pool_id(&self) -> &str {
        self.pool.as_ref().map_or("", |pool| pool.id.as_str())
    }

    /// The name of the pool; empty without one.
    pub(super) fn pool_name(&self) -> &str {
        self.pool.as_ref().map_or("", |pool| pool.name.as_str())
    }

    /// The page that shows it.
    pub(super) fn page(&self) -> String {
        match (self.pool_id(), self.username.as_str()) {
            ("", _) => paths::START.to_owned(),
            (pool_id, "") => paths::pool(pool_id),
            (pool_id, username) => paths::user(pool_id, username),
        }
    }

    /// Where a form about it is.
    pub(in super::super) fn path(&self, form: FormName) -> String {
        let mut query = Parameters::default();
        for (name, value) in [("username", &self.username), ("group", &self.group)] {
            if !value.is_empty() {
                query = query.with(name, value);
            }
        }
        let path = match self.pool_id() {
            "" => format!("{}{}", paths::START, form.name()),
            pool_id => format!("{}/{}", paths::pool(pool_id), form.name()),
        };
        match query.encode() {
            query if query.is_empty() => path,
            query => format!("{path}?{query}"),
        }
    }
}
