//! Tokens that name the next page: authenticated, and bound to the query they came from.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use poolhouse_crypto::constant_time;
use poolhouse_model::{GroupName, Region, Sub, UserFilter, UserPoolId};
use poolhouse_storage::PageRequest;

use crate::error::ServiceError;
use crate::service::Service;

/// What names the next page, as it goes over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageToken(pub String);

/// The query that a page belongs to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Query<'a> {
    /// Pools of a region.
    UserPools { region: &'a Region },
    /// Clients of a pool.
    AppClients { pool_id: &'a UserPoolId },
    /// Users of a pool, as narrowed.
    Users {
        pool_id: &'a UserPoolId,
        filter: &'a UserFilter,
    },
    /// Groups of a pool.
    Groups { pool_id: &'a UserPoolId },
    /// Members of a group.
    UsersInGroup {
        pool_id: &'a UserPoolId,
        name: &'a GroupName,
    },
    /// Groups of a user.
    GroupsOfUser {
        pool_id: &'a UserPoolId,
        sub: &'a Sub,
    },
    /// Resource servers of a pool.
    ResourceServers { pool_id: &'a UserPoolId },
}

impl Query<'_> {
    fn describe(&self) -> String {
        match self {
            Self::UserPools { region } => format!("user pools of {region}"),
            Self::AppClients { pool_id } => format!("app clients of {pool_id}"),
            // In this form a text cannot reach over its end.
            Self::Users { pool_id, filter } => format!("users of {pool_id}: {filter:?}"),
            Self::Groups { pool_id } => format!("groups of {pool_id}"),
            Self::UsersInGroup { pool_id, name } => format!("users of {pool_id} in group {name}"),
            Self::GroupsOfUser { pool_id, sub } => format!("groups of user {sub} of {pool_id}"),
            Self::ResourceServers { pool_id } => format!("resource servers of {pool_id}"),
        }
    }
}

const TAG_BYTES: usize = 16;

impl Service {
    /// Which rows to read for a page: those after its token, and one more than it holds, which says
    /// whether there is a next page.
    /// # Errors
    /// [`ServiceError::InvalidInput`] for a token that is none of ours, or another query's.
    pub(crate) fn page_request(
        &self,
        query: &Query<'_>,
        limit: u32,
        token: Option<&PageToken>,
    ) -> Result<PageRequest, ServiceError> {
        let after = token.map(|token| self.open_page_token(query, token));
        Ok(PageRequest {
            after: after.transpose()?,
            limit: limit + 1,
        })
    }

    /// Cuts the row that was read beyond the page, and makes the token if there was one.
    pub(crate) fn next_page<T>(
        &self,
        rows: &mut Vec<T>,
        limit: u32,
        query: &Query<'_>,
        key: impl Fn(&T) -> &str,
    ) -> Option<PageToken> {
        self.next_page_after(rows, limit, query, |row| key(row).to_owned())
    }

    /// The same for keys that are put together.
    pub(crate) fn next_page_after<T>(
        &self,
        rows: &mut Vec<T>,
        limit: u32,
        query: &Query<'_>,
        key: impl Fn(&T) -> String,
    ) -> Option<PageToken> {
        let limit = limit as usize;
        if rows.len() <= limit {
            return None;
        }
        rows.truncate(limit);
        rows.last()
            .map(|last| self.make_page_token(query, &key(last)))
    }

    fn make_page_token(&self, query: &Query<'_>, after: &str) -> PageToken {
        let mut token = self.page_tag(query, after).to_vec();
        token.extend_from_slice(after.as_bytes());
        PageToken(URL_SAFE_NO_PAD.encode(token))
    }

    /// Reads the key that a page starts after.
    /// # Errors
    /// [`ServiceError::InvalidInput`] for a token that is none of ours, or another query's.
    pub(crate) fn open_page_token(
        &self,
        query: &Query<'_>,
        token: &PageToken,
    ) -> Result<String, ServiceError> {
        let refuse = || ServiceError::InvalidInput("Invalid pagination token".to_owned());
        let bytes = URL_SAFE_NO_PAD.decode(&token.0).map_err(|_| refuse())?;
        let (tag, after) = bytes.split_at_checked(TAG_BYTES).ok_or_else(refuse)?;
        let after = std::str::from_utf8(after).map_err(|_| refuse())?;
        if constant_time::equal(tag, &self.page_tag(query, after)) {
            Ok(after.to_owned())
        } else {
            Err(refuse())
        }
    }

    fn page_tag(&self, query: &Query<'_>, after: &str) -> [u8; TAG_BYTES] {
        let text = format!("{}\n{after}", query.describe());
        let mac = self
            .master_keys
            .current()
            .mac("page token", text.as_bytes());
        let mut tag = [0; TAG_BYTES];
        tag.copy_from_slice(&mac[..TAG_BYTES]);
        tag
    }
}
