//! Changes as values.

use poolhouse_model::{
    AppClient, AuthorizationCode, BrowserSession, ChallengeSession, ClientId, CodePurpose,
    ConfirmationCode, FormerPassword, Group, GroupName, OriginJti, OutboxMessage, PoolDomain,
    PoolKey, ResourceServer, SignInName, Sub, Timestamp, TokenFamily, UiCustomization, User,
    UserMfa, UserPool, UserPoolId,
};

/// Changes that happen together or not at all, in order.
#[derive(Clone, Debug, Default)]
pub struct WriteBatch {
    /// The changes.
    pub writes: Vec<Write>,
}

impl WriteBatch {
    /// A batch of these changes.
    pub fn of(writes: impl Into<Vec<Write>>) -> Self {
        Self {
            writes: writes.into(),
        }
    }
}

/// One guarded change. Each names the [`crate::Conflict`] that its guard answers with.
#[derive(Clone, Debug)]
pub enum Write {
    /// Adds a pool with its keys. `UserPoolExists`.
    CreateUserPool {
        /// The pool.
        pool: Box<UserPool>,
        /// Its keys.
        keys: Vec<PoolKey>,
    },
    /// Replaces a pool's settings; the new value carries the version after the change, the row
    /// must have the one before. `Stale`.
    UpdateUserPool(Box<UserPool>),
    /// Removes a pool and everything in it. `Stale` when it is gone.
    DeleteUserPool(UserPoolId),
    /// Adds a client and its entry in the directory. `AppClientExists`; `Stale` when the pool is
    /// gone.
    CreateAppClient(Box<AppClient>),
    /// Replaces a client, guarded like a pool. `Stale`.
    UpdateAppClient(Box<AppClient>),
    /// Removes a client with its families, codes and look. `Stale` when it is gone.
    DeleteAppClient {
        /// The pool.
        pool_id: UserPoolId,
        /// The client.
        client_id: ClientId,
    },
    /// Adds a domain and its entry in the directory. `DomainTaken`.
    CreateDomain(PoolDomain),
    /// Replaces what is kept of a domain; the new value carries the version after the change, the
    /// row must have the one before. `Stale`.
    UpdateDomain(PoolDomain),
    /// Removes a domain. `Stale` when it is gone or another pool's.
    DeleteDomain {
        /// The pool.
        pool_id: UserPoolId,
        /// The domain.
        domain: String,
    },
    /// Adds a user with the names that sign them in. `UsernameTaken` for names of kind username
    /// and sub, `AliasTaken` for the others; `Stale` when the pool is gone.
    CreateUser {
        /// The user.
        user: Box<User>,
        /// The names.
        names: Vec<SignInName>,
    },
    /// Replaces a user; the new value carries the version after the change, the row must have the
    /// one before. `Stale`.
    UpdateUser(Box<User>),
    /// Remembers a password that a user had, and forgets those that were replaced by the version
    /// named or an earlier one. The change of the user in the same batch guards it.
    RememberPassword {
        /// The password that was replaced.
        former: FormerPassword,
        /// Which are too old to count; none is when `None`.
        forget_through: Option<i64>,
    },
    /// Gives a user a name more. `AliasTaken` when it is another user's; no error when it is
    /// already theirs.
    AddSignInName {
        /// The pool.
        pool_id: UserPoolId,
        /// The user.
        sub: Sub,
        /// The name.
        name: SignInName,
    },
    /// Takes a name from a user; no error when it is not theirs.
    RemoveSignInName {
        /// The pool.
        pool_id: UserPoolId,
        /// The user.
        sub: Sub,
        /// The name.
        name: SignInName,
    },
    /// Removes a user with names, second factors, memberships, families, codes, former passwords and
    /// browser sessions. `Stale` when gone.
    DeleteUser {
        /// The pool.
        pool_id: UserPoolId,
        /// The user.
        sub: Sub,
    },
    /// Sets the second factors of a user; the new value carries the version after the change, the
    /// row must have the one before (none before the first). `Stale`, also when the user is gone.
    PutUserMfa(Box<UserMfa>),
    /// Spends a code of an authenticator app with all codes of earlier steps.
    /// `SoftwareTokenCodeUsed` unless the second factors are as they were read and the step is
    /// later than the last one.
    UseSoftwareTokenStep {
        /// The pool.
        pool_id: UserPoolId,
        /// The user.
        sub: Sub,
        /// The version of the second factors that was read.
        version: i64,
        /// The step of the code.
        step: i64,
    },
    /// Adds a group. `GroupExists`; `Stale` when the pool is gone.
    CreateGroup(Box<Group>),
    /// Replaces a group; the new value carries the version after the change, the row must have the
    /// one before. `Stale`.
    UpdateGroup(Box<Group>),
    /// Removes a group, not its members from the pool. `Stale` when it is gone.
    DeleteGroup {
        /// The pool.
        pool_id: UserPoolId,
        /// The group.
        name: GroupName,
    },
    /// Puts a user into a group; no error when they are in it. `Stale` when either is gone.
    AddGroupMember {
        /// The pool.
        pool_id: UserPoolId,
        /// The group.
        name: GroupName,
        /// The user.
        sub: Sub,
    },
    /// Takes a user out of a group; no error when they are not in it.
    RemoveGroupMember {
        /// The pool.
        pool_id: UserPoolId,
        /// The group.
        name: GroupName,
        /// The user.
        sub: Sub,
    },
    /// Adds a resource server. `ResourceServerExists`; `Stale` when the pool is gone.
    CreateResourceServer(Box<ResourceServer>),
    /// Replaces a resource server, guarded like a group. `Stale`.
    UpdateResourceServer(Box<ResourceServer>),
    /// Removes a resource server. `Stale` when it is gone.
    DeleteResourceServer {
        /// The pool.
        pool_id: UserPoolId,
        /// Its identifier.
        identifier: String,
    },
    /// Sets the look of a client's pages; the new value carries the version after the change, the
    /// row must have the one before (none before the first). `Stale`, also when the client or the
    /// pool is gone.
    PutUiCustomization(Box<UiCustomization>),
    /// Removes the look of a client's pages; having none is no error.
    DeleteUiCustomization {
        /// The pool.
        pool_id: UserPoolId,
        /// The client, or what stands for all.
        client_id: ClientId,
    },
    /// Adds a token family. `Stale` when the user is gone or of another token generation.
    CreateTokenFamily(Box<TokenFamily>),
    /// Takes a family along into the token generation that its user begins in the same batch, so
    /// that this sign-in goes on while all others end. A family that has ended stays so.
    KeepTokenFamily {
        /// The pool.
        pool_id: UserPoolId,
        /// The family.
        origin_jti: OriginJti,
        /// The generation that ends.
        from: i64,
    },
    /// Ends a family; ending an ended one is no error.
    RevokeTokenFamily {
        /// The pool.
        pool_id: UserPoolId,
        /// The family.
        origin_jti: OriginJti,
        /// When.
        at: Timestamp,
    },
    /// Makes the next refresh token of a rotating family the current one. `FamilySpent` unless
    /// the family is alive and at rotation `from`.
    RotateRefreshToken {
        /// The pool.
        pool_id: UserPoolId,
        /// The family.
        origin_jti: OriginJti,
        /// The rotation that the caller holds.
        from: i64,
        /// When.
        at: Timestamp,
    },
    /// Adds an authorization code.
    CreateAuthorizationCode(Box<AuthorizationCode>),
    /// Spends a code, naming the family it led to. `CodeSpent` unless it is unspent and alive.
    SpendAuthorizationCode {
        /// The pool.
        pool_id: UserPoolId,
        /// Hash of the code.
        code_hash: Vec<u8>,
        /// The family.
        origin_jti: OriginJti,
        /// When.
        at: Timestamp,
    },
    /// Adds a challenge.
    CreateChallengeSession(ChallengeSession),
    /// Counts an answer before it is looked at. `ChallengeSpent` unless the challenge is unspent,
    /// alive and has had fewer than `max_tries`.
    CountChallengeTry {
        /// The pool.
        pool_id: UserPoolId,
        /// The challenge.
        id: String,
        /// Answers it may have.
        max_tries: i64,
        /// When.
        at: Timestamp,
    },
    /// Spends a challenge. `ChallengeSpent` unless it is unspent and alive.
    SpendChallengeSession {
        /// The pool.
        pool_id: UserPoolId,
        /// The challenge.
        id: String,
        /// When.
        at: Timestamp,
    },
    /// Adds a browser session.
    CreateBrowserSession(BrowserSession),
    /// Ends a browser session; ending an ended one is no error.
    DeleteBrowserSession {
        /// The pool.
        pool_id: UserPoolId,
        /// Hash of the cookie's value.
        cookie_hash: Vec<u8>,
    },
    /// Gives a name's counted failures back.
    ClearLockout {
        /// The pool.
        pool_id: UserPoolId,
        /// The key of the name.
        name_key: String,
    },
    /// Sets the code of a user and purpose, replacing an earlier one.
    PutConfirmationCode(Box<ConfirmationCode>),
    /// Counts an answer before it is looked at. `ConfirmationCodeSpent` unless the code is the one
    /// with that hash, alive, and has had fewer than `max_tries`.
    CountConfirmationTry {
        /// The pool.
        pool_id: UserPoolId,
        /// The user.
        sub: Sub,
        /// The purpose.
        purpose: CodePurpose,
        /// Hash of the code that was read.
        code_hash: Vec<u8>,
        /// Answers it may have.
        max_tries: i64,
        /// When.
        at: Timestamp,
    },
    /// Spends a code. `ConfirmationCodeSpent` unless the code is the one with that hash.
    DeleteConfirmationCode {
        /// The pool.
        pool_id: UserPoolId,
        /// The user.
        sub: Sub,
        /// The purpose.
        purpose: CodePurpose,
        /// Hash of the code that was read.
        code_hash: Vec<u8>,
    },
    /// Voids whatever code a user has for a purpose; having none is no error.
    VoidConfirmationCode {
        /// The pool.
        pool_id: UserPoolId,
        /// The user.
        sub: Sub,
        /// The purpose.
        purpose: CodePurpose,
    },
    /// Counts a message that the batch sends. `MessageLimitReached` when `most` were counted
    /// under the key already.
    CountMessage {
        /// The pool.
        pool_id: UserPoolId,
        /// What is counted, and in which window.
        name_key: String,
        /// Messages that may be sent in the window.
        most: i64,
        /// When.
        at: Timestamp,
        /// When the window ends.
        expires_at: Timestamp,
    },
    /// Adds a message to the outbox.
    EnqueueMessage(Box<OutboxMessage>),
    /// Takes a due message before it is sent: counts an attempt, and makes the message due again at
    /// `until`, for others to send it should the taker vanish. `Stale` unless it has had `attempts`
    /// and is due.
    ClaimMessage {
        /// The pool.
        pool_id: UserPoolId,
        /// The message.
        id: String,
        /// Attempts that were counted when it was read.
        attempts: i64,
        /// Now.
        at: Timestamp,
        /// When it is due again.
        until: Timestamp,
    },
    /// Records what came of sending a message: replaces next attempt, sent and error, of one that
    /// still has had the same number of attempts.
    UpdateMessage(Box<OutboxMessage>),
    /// Removes messages that were kept for the inbox: all, or one recipient's.
    DeleteMessages {
        /// Only messages to this address or number.
        to: Option<String>,
    },
}
