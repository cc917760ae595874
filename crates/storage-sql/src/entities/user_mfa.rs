//! Second factors of users.

use async_trait::async_trait;
use poolhouse_model::{
    MfaFactor, MfaSettings, SealedSeed, SoftwareToken, Sub, UserMfa, UserPoolId,
};
use poolhouse_storage::{Conflict, SecondFactors};

use super::{Result, users};
use crate::SqlStorage;
use crate::statement::{Statement, params, statements};
use crate::value::{Columns, Value, json};

const ENTITY: &str = "second factors";

statements! {
    INSERT = "INSERT INTO user_mfa (pool_id, sub, totp_seed, totp_device_name, totp_last_step, \
              totp_pending_seed, enabled, preferred, version) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (pool_id, sub) DO NOTHING";
    UPDATE = "UPDATE user_mfa SET totp_seed = ?3, totp_device_name = ?4, totp_last_step = ?5, \
              totp_pending_seed = ?6, enabled = ?7, preferred = ?8, version = ?9 \
              WHERE pool_id = ?1 AND sub = ?2 AND version = ?10";
    USE_STEP = "UPDATE user_mfa SET totp_last_step = ?4 WHERE pool_id = ?1 AND sub = ?2 \
                AND version = ?3 AND totp_seed IS NOT NULL AND totp_last_step < ?4";
    FIND = "SELECT pool_id, sub, totp_seed, totp_device_name, totp_last_step, \
            totp_pending_seed, enabled, preferred, version FROM user_mfa \
            WHERE pool_id = ?1 AND sub = ?2";
}

/// Sets the second factors of a user who is there.
pub(super) fn put(mfa: &UserMfa) -> Result<Vec<Statement>> {
    let mut row = to_row(mfa)?;
    let change = if mfa.version == 1 {
        Statement::one(INSERT, row, Conflict::Stale)
    } else {
        row.push(Value::Integer(mfa.version - 1));
        Statement::one(UPDATE, row, Conflict::Stale)
    };
    Ok(vec![users::require(&mfa.pool_id, &mfa.sub), change])
}

/// Spends a code of an authenticator app with all codes of earlier steps.
pub(super) fn use_step(pool_id: &UserPoolId, sub: &Sub, version: i64, step: i64) -> Statement {
    let params = params![pool_id.as_str(), sub.as_str(), version, step];
    Statement::one(USE_STEP, params, Conflict::SoftwareTokenCodeUsed)
}

fn to_row(mfa: &UserMfa) -> Result<Vec<Value>> {
    let token = mfa.software_token.as_ref();
    Ok(params![
        mfa.pool_id.as_str(),
        mfa.sub.as_str(),
        token.map(|token| token.sealed_seed.0.as_slice()),
        token.and_then(|token| token.device_name.as_deref()),
        token.map(|token| token.last_step),
        mfa.pending_seed.as_ref().map(|seed| seed.0.as_slice()),
        json(ENTITY, &mfa.enabled)?,
        mfa.preferred.map(MfaFactor::as_str),
        mfa.version,
    ]
    .to_vec())
}

fn from_columns(columns: &mut Columns) -> Result<UserMfa> {
    Ok(UserMfa {
        pool_id: UserPoolId::new(columns.text()?),
        sub: Sub::new(columns.text()?),
        software_token: token_from_columns(columns)?,
        pending_seed: columns.optional_blob()?.map(SealedSeed),
        enabled: columns.json()?,
        preferred: columns.optional_named(MfaFactor::parse)?,
        version: columns.integer()?,
    })
}

/// Reads which factors a user turned on, from the columns `enabled` and `preferred`; a user who
/// never set one up has neither.
pub(super) fn settings_from_columns(columns: &mut Columns) -> Result<MfaSettings> {
    Ok(MfaSettings {
        enabled: columns.optional_json()?.unwrap_or_default(),
        preferred: columns.optional_named(MfaFactor::parse)?,
    })
}

fn token_from_columns(columns: &mut Columns) -> Result<Option<SoftwareToken>> {
    let sealed_seed = columns.optional_blob()?.map(SealedSeed);
    let device_name = columns.optional_text()?;
    let last_step = columns.optional_integer()?;
    Ok(sealed_seed
        .zip(last_step)
        .map(|(sealed_seed, last_step)| SoftwareToken {
            sealed_seed,
            device_name,
            last_step,
        }))
}

#[async_trait]
impl SecondFactors for SqlStorage {
    async fn find_user_mfa(&self, pool: &UserPoolId, sub: &Sub) -> Result<Option<UserMfa>> {
        let key = params![pool.as_str(), sub.as_str()];
        let row = self.db.query_one(FIND, &key).await?;
        row.map(|row| from_columns(&mut row.read(ENTITY)))
            .transpose()
    }
}
