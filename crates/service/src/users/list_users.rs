//! `ListUsers`

use poolhouse_model::{User, UserFilter, UserPool, UserPoolId};
use poolhouse_storage::{ListedUser, UserPlace};

use super::user_search::UserSearch;
use crate::error::ServiceError;
use crate::page_tokens::{PageToken, Query};
use crate::service::Service;

/// Users on a page when the call does not say, and at most.
/// Source: API model, `QueryLimitType`.
/// Inferred: that a call for no users is one that does not say.
const MAX_USERS: u32 = 60;

/// A list to be read.
#[derive(Clone, Debug)]
pub struct ListUsers {
    /// The pool.
    pub pool_id: UserPoolId,
    /// Which users, in the service's filter language; empty for all.
    pub filter: String,
    /// The attributes to be read, `sub` among them; `None` for all.
    pub attributes: Option<Vec<String>>,
    /// Users on a page; 0 for as many as there may be.
    pub limit: u32,
    /// What names the page; `None` for the first one.
    pub page: Option<PageToken>,
}

/// A page of users.
#[derive(Clone, Debug)]
pub struct UsersPage {
    /// The users.
    pub users: Vec<UserOnPage>,
    /// What names the next page, if there is one.
    pub next_token: Option<PageToken>,
}

/// A user of a list.
#[derive(Clone, Debug)]
pub struct UserOnPage {
    /// The user, with those attributes that were asked for.
    pub user: User,
    /// Whether the subject was asked for.
    pub shows_sub: bool,
}

impl Service {
    /// Lists users of a pool by page.
    /// # Errors
    /// [`ServiceError::UserPoolNotFound`], [`ServiceError::FilterInvalid`],
    /// [`ServiceError::FilterAttributeUnknown`], [`ServiceError::RequestedAttributeMissing`];
    /// [`ServiceError::InvalidInput`] for a page token that is none of ours, or another list's.
    /// Source: API reference, `ListUsers`.
    pub async fn list_users(&self, request: ListUsers) -> Result<UsersPage, ServiceError> {
        let pool = self.pool(&request.pool_id).await?;
        let attributes = request.attributes.as_deref();
        check_attribute_names(&pool, attributes)?;
        let search = UserSearch::parse(&pool.settings, &request.filter)?;
        let (listed, next_token) = match search {
            UserSearch::Some(filter) => self.read_page(&request, &filter).await?,
            UserSearch::Nobody => (Vec::new(), None),
        };
        let users = listed
            .into_iter()
            .map(|listed| select(listed.user, attributes));
        Ok(UsersPage {
            users: users.collect::<Result<_, _>>()?,
            next_token,
        })
    }

    async fn read_page(
        &self,
        request: &ListUsers,
        filter: &UserFilter,
    ) -> Result<(Vec<ListedUser>, Option<PageToken>), ServiceError> {
        let pool_id = &request.pool_id;
        let query = Query::Users { pool_id, filter };
        let after = request.page.as_ref();
        let after = after
            .map(|token| self.open_page_token(&query, token))
            .transpose()?;
        let after = after.as_deref().map(place_from_text);
        let limit = match request.limit {
            0 => MAX_USERS,
            limit => limit.min(MAX_USERS),
        };
        let mut listed = self
            .storage
            .list_users(pool_id, filter, after.as_ref(), limit + 1)
            .await?;
        let next_token = self.next_page_after(&mut listed, limit, &query, |listed| {
            place_to_text(&listed.place)
        });
        Ok((listed, next_token))
    }
}

/// Subjects hold no blank.
fn place_to_text(place: &UserPlace) -> String {
    format!("{} {}", place.sub, place.folded)
}

fn place_from_text(text: &str) -> UserPlace {
    let (sub, folded) = text.split_once(' ').unwrap_or((text, ""));
    UserPlace {
        folded: folded.to_owned(),
        sub: sub.to_owned(),
    }
}

/// Refuses names that the pool's schema does not know, whoever is listed.
fn check_attribute_names(pool: &UserPool, names: Option<&[String]>) -> Result<(), ServiceError> {
    let mut names = names.unwrap_or_default().iter();
    if names.all(|name| pool.settings.find_attribute(name).is_some()) {
        Ok(())
    } else {
        Err(ServiceError::RequestedAttributeMissing)
    }
}

/// Reduces a user to the attributes that were asked for.
/// # Errors
/// [`ServiceError::RequestedAttributeMissing`] when the user lacks one.
/// Source: API reference, `ListUsers`, `AttributesToGet`; aws/aws-sdk-js#2570 and #3091. An empty
/// list asks for none: aws/aws-sdk-js#2203.
/// Inferred: that it is the users of the page who count.
fn select(mut user: User, names: Option<&[String]>) -> Result<UserOnPage, ServiceError> {
    let Some(names) = names else {
        let shows_sub = true;
        return Ok(UserOnPage { user, shows_sub });
    };
    let shows_sub = names.iter().any(|name| name == "sub");
    let mut selected = poolhouse_model::Attributes::new();
    for name in names.iter().filter(|name| *name != "sub") {
        let attribute = user.attributes.remove_entry(name);
        if let Some((name, value)) = attribute {
            selected.insert(name, value);
        } else if !selected.contains_key(name) {
            return Err(ServiceError::RequestedAttributeMissing);
        }
    }
    user.attributes = selected;
    Ok(UserOnPage { user, shows_sub })
}
