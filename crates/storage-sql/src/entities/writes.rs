//! Every change as statements.

use async_trait::async_trait;
use poolhouse_model::UserPoolId;
use poolhouse_storage::{Write, WriteBatch, Writer};

use super::confirmation_codes::CodeKey;
use super::{
    Result, app_clients, authorization_codes, browser_sessions, challenge_sessions,
    confirmation_codes, domains, groups, lockouts, outbox, password_history, resource_servers,
    sign_in_names, token_families, ui_customizations, user_mfa, user_pools, users,
};
use crate::SqlStorage;
use crate::statement::{Statement, params, statements};

statements! {
    // The directories come first: they are found through what follows.
    DELETE_CLIENT_DIRECTORY = "DELETE FROM client_directory WHERE client_id IN \
        (SELECT client_id FROM app_clients WHERE pool_id = ?1) AND pool_id = ?1";
    DELETE_DOMAIN_DIRECTORY = "DELETE FROM domain_directory WHERE domain IN \
        (SELECT domain FROM domains WHERE pool_id = ?1) AND pool_id = ?1";
    DELETE_APP_CLIENTS = "DELETE FROM app_clients WHERE pool_id = ?1";
    DELETE_DOMAINS = "DELETE FROM domains WHERE pool_id = ?1";
    DELETE_POOL_KEYS = "DELETE FROM pool_keys WHERE pool_id = ?1";
    DELETE_USERS = "DELETE FROM users WHERE pool_id = ?1";
    DELETE_SIGN_IN_NAMES = "DELETE FROM sign_in_names WHERE pool_id = ?1";
    DELETE_SEARCHABLE_ATTRIBUTES = "DELETE FROM searchable_attributes WHERE pool_id = ?1";
    DELETE_USER_MFA = "DELETE FROM user_mfa WHERE pool_id = ?1";
    DELETE_GROUP_MEMBERS = "DELETE FROM user_group_members WHERE pool_id = ?1";
    DELETE_GROUPS = "DELETE FROM user_groups WHERE pool_id = ?1";
    DELETE_RESOURCE_SERVERS = "DELETE FROM resource_servers WHERE pool_id = ?1";
    DELETE_UI_CUSTOMIZATIONS = "DELETE FROM ui_customizations WHERE pool_id = ?1";
    DELETE_TOKEN_FAMILIES = "DELETE FROM token_families WHERE pool_id = ?1";
    DELETE_AUTHORIZATION_CODES = "DELETE FROM authorization_codes WHERE pool_id = ?1";
    DELETE_CHALLENGE_SESSIONS = "DELETE FROM challenge_sessions WHERE pool_id = ?1";
    DELETE_BROWSER_SESSIONS = "DELETE FROM browser_sessions WHERE pool_id = ?1";
    DELETE_LOCKOUTS = "DELETE FROM lockouts WHERE pool_id = ?1";
    DELETE_CONFIRMATION_CODES = "DELETE FROM confirmation_codes WHERE pool_id = ?1";
    DELETE_PASSWORD_HISTORY = "DELETE FROM password_history WHERE pool_id = ?1";
    DELETE_OUTBOX = "DELETE FROM outbox WHERE pool_id = ?1";
}

/// What goes with a pool, in order.
const CONTENT_OF_A_POOL: [&str; 21] = [
    DELETE_CLIENT_DIRECTORY,
    DELETE_DOMAIN_DIRECTORY,
    DELETE_APP_CLIENTS,
    DELETE_DOMAINS,
    DELETE_POOL_KEYS,
    DELETE_USERS,
    DELETE_SIGN_IN_NAMES,
    DELETE_SEARCHABLE_ATTRIBUTES,
    DELETE_USER_MFA,
    DELETE_GROUP_MEMBERS,
    DELETE_GROUPS,
    DELETE_RESOURCE_SERVERS,
    DELETE_UI_CUSTOMIZATIONS,
    DELETE_TOKEN_FAMILIES,
    DELETE_AUTHORIZATION_CODES,
    DELETE_CHALLENGE_SESSIONS,
    DELETE_BROWSER_SESSIONS,
    DELETE_LOCKOUTS,
    DELETE_CONFIRMATION_CODES,
    DELETE_PASSWORD_HISTORY,
    DELETE_OUTBOX,
];

#[async_trait]
impl Writer for SqlStorage {
    async fn write(&self, batch: WriteBatch) -> Result<()> {
        let mut statements = Vec::with_capacity(batch.writes.len() * 2);
        for write in &batch.writes {
            statements.extend(to_statements(write)?);
        }
        if statements.is_empty() {
            return Ok(());
        }
        self.db.write(statements).await.map(drop)
    }
}

#[expect(
    clippy::too_many_lines,
    reason = "one exhaustive match, so that no change is forgotten"
)]
fn to_statements(write: &Write) -> Result<Vec<Statement>> {
    let statement = match write {
        Write::CreateUserPool { pool, keys } => return user_pools::create(pool, keys),
        Write::UpdateUserPool(pool) => user_pools::update(pool)?,
        Write::DeleteUserPool(pool_id) => return Ok(delete_pool(pool_id)),
        Write::CreateAppClient(client) => return app_clients::create(client),
        Write::UpdateAppClient(client) => app_clients::update(client)?,
        Write::DeleteAppClient { pool_id, client_id } => {
            return Ok(app_clients::delete(pool_id, client_id));
        }
        Write::CreateDomain(domain) => return Ok(domains::create(domain)),
        Write::UpdateDomain(domain) => domains::update(domain),
        Write::DeleteDomain { pool_id, domain } => return Ok(domains::delete(pool_id, domain)),
        Write::CreateUser { user, names } => return users::create(user, names),
        Write::UpdateUser(user) => return users::update(user),
        Write::RememberPassword {
            former,
            forget_through,
        } => return Ok(password_history::remember(former, *forget_through)),
        Write::AddSignInName { pool_id, sub, name } => {
            return Ok(sign_in_names::claim(pool_id, sub, name));
        }
        Write::RemoveSignInName { pool_id, sub, name } => sign_in_names::delete(pool_id, sub, name),
        Write::DeleteUser { pool_id, sub } => return Ok(users::delete(pool_id, sub)),
        Write::PutUserMfa(mfa) => return user_mfa::put(mfa),
        Write::UseSoftwareTokenStep {
            pool_id,
            sub,
            version,
            step,
        } => user_mfa::use_step(pool_id, sub, *version, *step),
        Write::CreateGroup(group) => return Ok(groups::create(group)),
        Write::UpdateGroup(group) => groups::update(group),
        Write::DeleteGroup { pool_id, name } => return Ok(groups::delete(pool_id, name)),
        Write::AddGroupMember { pool_id, name, sub } => {
            return Ok(groups::add_member(pool_id, name, sub));
        }
        Write::RemoveGroupMember { pool_id, name, sub } => {
            groups::remove_member(pool_id, name, sub)
        }
        Write::CreateResourceServer(server) => return resource_servers::create(server),
        Write::UpdateResourceServer(server) => resource_servers::update(server)?,
        Write::DeleteResourceServer {
            pool_id,
            identifier,
        } => resource_servers::delete(pool_id, identifier),
        Write::PutUiCustomization(customization) => {
            return Ok(ui_customizations::put(customization));
        }
        Write::DeleteUiCustomization { pool_id, client_id } => {
            ui_customizations::delete(pool_id, client_id)
        }
        Write::CreateTokenFamily(family) => return Ok(token_families::create(family)),
        Write::KeepTokenFamily {
            pool_id,
            origin_jti,
            from,
        } => token_families::keep(pool_id, origin_jti, *from),
        Write::RevokeTokenFamily {
            pool_id,
            origin_jti,
            at,
        } => token_families::revoke(pool_id, origin_jti, *at),
        Write::RotateRefreshToken {
            pool_id,
            origin_jti,
            from,
            at,
        } => token_families::rotate(pool_id, origin_jti, *from, *at),
        Write::CreateAuthorizationCode(code) => authorization_codes::create(code),
        Write::SpendAuthorizationCode {
            pool_id,
            code_hash,
            origin_jti,
            at,
        } => authorization_codes::spend(pool_id, code_hash, origin_jti, *at),
        Write::CreateChallengeSession(challenge) => challenge_sessions::create(challenge),
        Write::CountChallengeTry {
            pool_id,
            id,
            max_tries,
            at,
        } => challenge_sessions::count_try(pool_id, id, *max_tries, *at),
        Write::SpendChallengeSession { pool_id, id, at } => {
            challenge_sessions::spend(pool_id, id, *at)
        }
        Write::CreateBrowserSession(browser) => browser_sessions::create(browser),
        Write::DeleteBrowserSession {
            pool_id,
            cookie_hash,
        } => browser_sessions::delete(pool_id, cookie_hash),
        Write::ClearLockout { pool_id, name_key } => lockouts::clear(pool_id, name_key),
        Write::PutConfirmationCode(code) => confirmation_codes::put(code),
        Write::CountConfirmationTry {
            pool_id,
            sub,
            purpose,
            code_hash,
            max_tries,
            at,
        } => {
            let key = CodeKey {
                pool_id,
                sub,
                purpose: *purpose,
                code_hash,
            };
            confirmation_codes::count_try(&key, *max_tries, *at)
        }
        Write::DeleteConfirmationCode {
            pool_id,
            sub,
            purpose,
            code_hash,
        } => confirmation_codes::delete(&CodeKey {
            pool_id,
            sub,
            purpose: *purpose,
            code_hash,
        }),
        Write::VoidConfirmationCode {
            pool_id,
            sub,
            purpose,
        } => confirmation_codes::void(pool_id, sub, *purpose),
        Write::CountMessage {
            pool_id,
            name_key,
            most,
            at,
            expires_at,
        } => lockouts::count_message(pool_id, name_key, *most, (*at, *expires_at)),
        Write::EnqueueMessage(message) => outbox::enqueue(message),
        Write::ClaimMessage {
            pool_id,
            id,
            attempts,
            at,
            until,
        } => outbox::claim(pool_id, id, *attempts, *at, *until),
        Write::UpdateMessage(message) => outbox::update(message),
        Write::DeleteMessages { to } => outbox::delete(to.as_deref()),
    };
    Ok(vec![statement])
}

/// Removes a pool and everything in it.
fn delete_pool(pool_id: &UserPoolId) -> Vec<Statement> {
    let mut statements = vec![user_pools::delete(pool_id)];
    let content = CONTENT_OF_A_POOL.map(|sql| Statement::any(sql, params![pool_id.as_str()]));
    statements.extend(content);
    statements
}
