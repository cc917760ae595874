//! Reads, one small trait per entity; "not there" is `None`.

use async_trait::async_trait;
use poolhouse_model::{
    AppClient, AuthorizationCode, Branding, BrowserSession, ChallengeSession, Channel, ClientId,
    CodePurpose, ConfirmationCode, FormerPassword, Group, GroupName, Lockout, MfaSettings,
    OriginJti, OutboxMessage, PoolDomain, PoolKey, Region, ResourceServer, SignInName, Sub,
    Timestamp, TokenFamily, UiCustomization, User, UserFilter, UserMfa, UserPool, UserPoolId,
};

use crate::error::StorageError;
use crate::snapshot::StoreSnapshot;
use crate::write::WriteBatch;

type Result<T> = std::result::Result<T, StorageError>;

/// Which rows of an ordered list to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRequest {
    /// Only rows after this key.
    pub after: Option<String>,
    /// How many at most.
    pub limit: u32,
}

/// A token family and whom it speaks for.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedInUser {
    /// The family.
    pub family: TokenFamily,
    /// The user.
    pub user: User,
    /// The second factors that the user turned on.
    pub mfa: MfaSettings,
}

/// A user of a list, and the place in its order.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedUser {
    /// The user.
    pub user: User,
    /// The place.
    pub place: UserPlace,
}

/// A place in a list of users, which is ordered by what it is searched by and then by subject.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct UserPlace {
    /// The folded text by which the user was found, where the list may hold several.
    pub folded: String,
    /// The subject.
    pub sub: String,
}

/// User pools and their keys.
#[async_trait]
pub trait UserPools {
    /// Reads a pool.
    async fn find_user_pool(&self, id: &UserPoolId) -> Result<Option<UserPool>>;
    /// Reads only the version of a pool's settings.
    async fn find_user_pool_version(&self, id: &UserPoolId) -> Result<Option<i64>>;
    /// Lists pools of a region by id.
    async fn list_user_pools(&self, region: &Region, page: &PageRequest) -> Result<Vec<UserPool>>;
    /// Lists all keys of a pool.
    async fn list_pool_keys(&self, id: &UserPoolId) -> Result<Vec<PoolKey>>;
    /// Counts the users of a pool.
    async fn count_users(&self, id: &UserPoolId) -> Result<u64>;
}

/// App clients and the directory that leads from a client to its pool.
#[async_trait]
pub trait AppClients {
    /// Reads a client of a pool.
    async fn find_app_client(&self, pool: &UserPoolId, id: &ClientId) -> Result<Option<AppClient>>;
    /// Reads only the version of a client's settings.
    async fn find_app_client_version(
        &self,
        pool: &UserPoolId,
        id: &ClientId,
    ) -> Result<Option<i64>>;
    /// Finds the pool of a client.
    async fn find_pool_of_client(&self, id: &ClientId) -> Result<Option<UserPoolId>>;
    /// Lists clients of a pool by id.
    async fn list_app_clients(
        &self,
        pool: &UserPoolId,
        page: &PageRequest,
    ) -> Result<Vec<AppClient>>;
}

/// Domains of pools.
#[async_trait]
pub trait Domains {
    /// Reads a domain.
    async fn find_domain(&self, domain: &str) -> Result<Option<PoolDomain>>;
    /// Lists the domains of a pool: a prefix, a custom one, both or none.
    async fn list_domains(&self, pool: &UserPoolId) -> Result<Vec<PoolDomain>>;
}

/// Users.
#[async_trait]
pub trait Users {
    /// Reads a user by subject.
    async fn find_user(&self, pool: &UserPoolId, sub: &Sub) -> Result<Option<User>>;
    /// Reads a user by any of these names; the first name that leads to a user wins.
    async fn find_user_by_name(
        &self,
        pool: &UserPoolId,
        names: &[SignInName],
    ) -> Result<Option<User>>;
    /// Lists users that a filter admits, in a stable order, after a place; `limit` at most. An
    /// index answers every filter: the cost does not depend on how many users there are.
    async fn list_users(
        &self,
        pool: &UserPoolId,
        filter: &UserFilter,
        after: Option<&UserPlace>,
        limit: u32,
    ) -> Result<Vec<ListedUser>>;
}

/// Second factors of users.
#[async_trait]
pub trait SecondFactors {
    /// Reads the second factors of a user; `None` before anything was set up.
    async fn find_user_mfa(&self, pool: &UserPoolId, sub: &Sub) -> Result<Option<UserMfa>>;
}

/// Passwords that users had before.
#[async_trait]
pub trait PasswordHistory {
    /// Lists the passwords that a user had before, the latest first.
    async fn list_former_passwords(
        &self,
        pool: &UserPoolId,
        sub: &Sub,
        limit: u32,
    ) -> Result<Vec<FormerPassword>>;
}

/// Groups and who is in them.
#[async_trait]
pub trait Groups {
    /// Reads a group.
    async fn find_group(&self, pool: &UserPoolId, name: &GroupName) -> Result<Option<Group>>;
    /// Lists groups of a pool by name.
    async fn list_groups(&self, pool: &UserPoolId, page: &PageRequest) -> Result<Vec<Group>>;
    /// Counts the groups of a pool.
    async fn count_groups(&self, pool: &UserPoolId) -> Result<u64>;
    /// Lists all groups of a user.
    async fn list_groups_of_user(&self, pool: &UserPoolId, sub: &Sub) -> Result<Vec<Group>>;
    /// Lists members of a group by subject.
    async fn list_group_members(
        &self,
        pool: &UserPoolId,
        name: &GroupName,
        page: &PageRequest,
    ) -> Result<Vec<User>>;
}

/// Resource servers.
#[async_trait]
pub trait ResourceServers {
    /// Reads a resource server.
    async fn find_resource_server(
        &self,
        pool: &UserPoolId,
        identifier: &str,
    ) -> Result<Option<ResourceServer>>;
    /// Lists resource servers of a pool by identifier.
    async fn list_resource_servers(
        &self,
        pool: &UserPoolId,
        page: &PageRequest,
    ) -> Result<Vec<ResourceServer>>;
    /// Counts the resource servers of a pool.
    async fn count_resource_servers(&self, pool: &UserPoolId) -> Result<u64>;
}

/// The look of the hosted pages.
#[async_trait]
pub trait UiCustomizations {
    /// Reads what was set for a client, or for all clients that have none of their own.
    async fn find_ui_customization(
        &self,
        pool: &UserPoolId,
        client: &ClientId,
    ) -> Result<Option<UiCustomization>>;
    /// Reads which customization the pages of a client have, without its content: the client's,
    /// or else the one for all clients.
    async fn find_branding(&self, pool: &UserPoolId, client: &ClientId)
    -> Result<Option<Branding>>;
}

/// What sign-ins leave behind.
#[async_trait]
pub trait SignIns {
    /// Reads a token family.
    async fn find_token_family(
        &self,
        pool: &UserPoolId,
        id: &OriginJti,
    ) -> Result<Option<TokenFamily>>;
    /// Reads a token family with its user, in one step; `None` when either is not there.
    async fn find_signed_in_user(
        &self,
        pool: &UserPoolId,
        id: &OriginJti,
    ) -> Result<Option<SignedInUser>>;
    /// Reads an authorization code, and its user if they are there, in one step.
    async fn find_authorization_code(
        &self,
        pool: &UserPoolId,
        code_hash: &[u8],
    ) -> Result<Option<(AuthorizationCode, Option<User>)>>;
    /// Reads a challenge.
    async fn find_challenge_session(
        &self,
        pool: &UserPoolId,
        id: &str,
    ) -> Result<Option<ChallengeSession>>;
    /// Reads a browser session.
    async fn find_browser_session(
        &self,
        pool: &UserPoolId,
        cookie_hash: &[u8],
    ) -> Result<Option<BrowserSession>>;
}

/// Counted failures per name.
#[async_trait]
pub trait Lockouts {
    /// Reads the failures counted for a name; none is the default value. A count that ended
    /// before `now` is none.
    async fn find_lockout(
        &self,
        pool: &UserPoolId,
        name_key: &str,
        now: Timestamp,
    ) -> Result<Lockout>;
    /// Counts one attempt durably and gives back what was counted **before** it. Each of many
    /// parallel calls gets a different count. The row ends at `expires_at`; one that had ended
    /// starts anew.
    async fn count_attempt(
        &self,
        pool: &UserPoolId,
        name_key: &str,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Lockout>;
}

/// Codes that were sent to users.
#[async_trait]
pub trait Codes {
    /// Reads the code of a user and purpose.
    async fn find_confirmation_code(
        &self,
        pool: &UserPoolId,
        sub: &Sub,
        purpose: CodePurpose,
    ) -> Result<Option<ConfirmationCode>>;
}

/// How many messages did not leave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FailedMessages {
    /// They will be tried again.
    pub retrying: usize,
    /// They will not.
    pub given_up: usize,
}

/// Messages on their way, and those kept for the inbox.
#[async_trait]
pub trait Outbox {
    /// Lists messages of a channel that are due, of all pools, oldest first.
    async fn list_due_messages(
        &self,
        channel: Channel,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<OutboxMessage>>;
    /// Counts messages whose last attempt failed, each number up to `limit`: those that will be
    /// tried again, and those given up.
    async fn count_failed_messages(&self, limit: u32) -> Result<FailedMessages>;
    /// Lists messages of all pools, newest first: to one recipient, after (greater than) one id.
    async fn list_messages(
        &self,
        to: Option<&str>,
        after: Option<&str>,
        limit: u32,
    ) -> Result<Vec<OutboxMessage>>;
}

/// Runs changes.
#[async_trait]
pub trait Writer {
    /// Runs a batch whole or not at all; when it returns `Ok` the change is on disk.
    /// # Errors
    /// [`StorageError::Conflict`] names the first guard that did not hold.
    async fn write(&self, batch: WriteBatch) -> Result<()>;
}

/// Care of the store itself.
#[async_trait]
pub trait Housekeeping {
    /// Removes up to `limit` rows that ended before `now`; gives back how many.
    async fn purge_expired(&self, now: Timestamp, limit: u32) -> Result<u64>;
    /// Fails when the store cannot be read.
    async fn check_health(&self) -> Result<()>;
    /// Reads a small value of the store as a whole, such as the check value of the master key.
    async fn find_store_value(&self, name: &str) -> Result<Option<Vec<u8>>>;
    /// Sets such a value if it is not set yet, and gives back the one in force.
    async fn put_store_value_once(&self, name: &str, value: &[u8]) -> Result<Vec<u8>>;
    /// Says what the store is, for the banner and health: `sqlite ./poolhouse-data`.
    fn describe(&self) -> String;
}

/// The store as a whole, for test suites: emptied, copied and put back. Nothing else writes
/// meanwhile, in this process or another.
#[async_trait]
pub trait WholeStore {
    /// Removes the users of a pool with everything that is theirs; its settings, keys, clients,
    /// domains, groups and resource servers stay.
    /// # Errors
    /// [`StorageError::Conflict`] with `Stale` when the pool is gone.
    async fn remove_all_users(&self, pool: &UserPoolId) -> Result<()>;
    /// Removes everything but what the store says of itself, such as the check value of the
    /// master key.
    async fn empty_store(&self) -> Result<()>;
    /// Copies what [`Self::empty_store`] removes, as it is at one instant; `None` when it has more
    /// than `most_bytes`.
    async fn copy_store(&self, most_bytes: u64) -> Result<Option<StoreSnapshot>>;
    /// Puts a copy of this store in the place of what is there, whole or not at all.
    async fn put_store_back(&self, snapshot: &StoreSnapshot) -> Result<()>;
}

/// Everything a store does.
pub trait Storage:
    UserPools
    + AppClients
    + Domains
    + Users
    + SecondFactors
    + PasswordHistory
    + Groups
    + ResourceServers
    + UiCustomizations
    + SignIns
    + Lockouts
    + Codes
    + Outbox
    + Writer
    + Housekeeping
    + WholeStore
    + Send
    + Sync
{
}

impl<T> Storage for T where
    T: UserPools
        + AppClients
        + Domains
        + Users
        + SecondFactors
        + PasswordHistory
        + Groups
        + ResourceServers
        + UiCustomizations
        + SignIns
        + Lockouts
        + Codes
        + Outbox
        + Writer
        + Housekeeping
        + WholeStore
        + Send
        + Sync
{
}
