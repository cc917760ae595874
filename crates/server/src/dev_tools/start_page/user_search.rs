//! Which users the page of a pool shows.

use poolhouse_api_model::Operation;
use poolhouse_model::{ContactAttribute, User, UserPool};
use poolhouse_oauth::parameters::Parameters;
use poolhouse_service::{ListUsers, PageToken, ServiceError, UsersPage};
use poolhouse_templates::{UserOnPage, UserSearchOnPage};

use super::paths;
use super::visit::Visit;
use crate::aws_json::{administrator_text, user_status_name};

/// What users can be searched by: most of what `ListUsers` can filter by.
const ATTRIBUTES: [&str; 8] = [
    "username",
    "email",
    "phone_number",
    "preferred_username",
    "name",
    "given_name",
    "family_name",
    "sub",
];

/// Users on a page.
const USERS_ON_PAGE: u32 = 20;

/// The users that were found.
pub(super) struct FoundUsers {
    pub(super) search: UserSearchOnPage,
    pub(super) users: Vec<UserOnPage>,
    pub(super) next_page: Option<String>,
}

/// Searches as the address says: attribute `by`, the beginning `text` of its value, and `page`.
/// # Errors
/// Those of the store; what is wrong with the search is told on the page.
pub(super) async fn search(visit: &Visit<'_>, pool: &UserPool) -> Result<FoundUsers, ServiceError> {
    let by = chosen_attribute(visit.parameter("by"), pool);
    let text = visit.parameter("text");
    let token = visit.parameter("page");
    let found = visit.app.service.list_users(ListUsers {
        pool_id: pool.id.clone(),
        filter: filter(by, text),
        attributes: None,
        limit: USERS_ON_PAGE,
        page: (!token.is_empty()).then(|| PageToken(token.to_owned())),
    });
    let (found, problem) = match found.await {
        Ok(found) => (found, None),
        Err(error @ (ServiceError::FilterInvalid | ServiceError::InvalidInput(_))) => {
            let nothing = UsersPage {
                users: Vec::new(),
                next_token: None,
            };
            let text = administrator_text(Operation::ListUsers, &error);
            (nothing, Some(text))
        }
        Err(error) => return Err(error),
    };
    let pool_id = pool.id.as_str();
    let next_page = found.next_token.map(|token| {
        let query = Parameters::default()
            .with("by", by)
            .with("text", text)
            .with("page", &token.0);
        format!("{}?{}#users", paths::pool(pool_id), query.encode())
    });
    let users = found.users.into_iter();
    Ok(FoundUsers {
        search: UserSearchOnPage {
            attributes: ATTRIBUTES.map(|name| (name.to_owned(), name == by)).into(),
            text: text.to_owned(),
            problem,
        },
        users: users.map(|found| on_page(pool_id, &found.user)).collect(),
        next_page,
    })
}

/// The attribute that the address names, or what users of the pool sign in with.
fn chosen_attribute(named: &str, pool: &UserPool) -> &'static str {
    let chosen = ATTRIBUTES.into_iter().find(|name| *name == named);
    chosen.unwrap_or_else(|| {
        let attributes = pool.settings.username_attributes.first();
        attributes
            .copied()
            .map_or("username", ContactAttribute::name)
    })
}

/// The filter of `ListUsers`; empty for everyone.
fn filter(attribute: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text = text.replace('\\', "\\\\").replace('"', "\\\"");
    format!("{attribute} ^= \"{text}\"")
}

fn on_page(pool_id: &str, user: &User) -> UserOnPage {
    let address = ContactAttribute::ALL.into_iter();
    let mut address = address.filter_map(|attribute| user.attribute(attribute.name()));
    let username = user.username.as_str();
    UserOnPage {
        username: username.to_owned(),
        href: paths::user(pool_id, username),
        address: address.next().map(str::to_owned),
        status: user_status_name(user.status).to_owned(),
        is_enabled: user.is_enabled,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_searched_for_cannot_end_the_filters_quotation() {
        assert_eq!(filter("email", ""), "");
        assert_eq!(filter("email", "a"), r#"email ^= "a""#);
        assert_eq!(filter("email", r#"a" "#), r#"email ^= "a\" ""#);
        assert_eq!(filter("email", r"a\"), r#"email ^= "a\\""#);
    }
}
