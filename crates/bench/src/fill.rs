//! Fills a store with users in seconds: their rows are what the API would have written, but one
//! hash serves them all.

use std::path::Path;

use anyhow::{Context as _, Result};
use poolhouse_crypto::SystemRng;
use poolhouse_model::{SignInName, SignInNameKind, Sub, User, UserPoolId, Username};
use poolhouse_storage::{Users as _, Write, WriteBatch, Writer as _};
use poolhouse_storage_sql::{OpenOptions, SqlStorage};

use crate::deployment::{Deployment, username};

/// Users in one batch.
const USERS_PER_BATCH: usize = 500;

/// The name of a filled-in user.
pub(crate) fn filled_username(index: usize) -> String {
    format!("user-{index:07}")
}

/// The address of a filled-in user.
pub(crate) fn filled_email(index: usize) -> String {
    format!("{}@example.com", filled_username(index))
}

/// Writes `count` users like the first one of the deployment, with its password, while no server
/// runs. An SRP verifier is bound to its user, so theirs is as long but opens for nobody.
///
/// # Errors
/// When the store cannot be opened or written.
pub(crate) fn fill(deployment: &Deployment, count: usize) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    let pool_id = UserPoolId::new(deployment.pool_id.as_str());
    runtime.block_on(write_users(&deployment.options.data_dir, &pool_id, count))
}

async fn write_users(data_dir: &Path, pool_id: &UserPoolId, count: usize) -> Result<()> {
    let storage = SqlStorage::open_sqlite(&OpenOptions {
        data_dir: data_dir.to_owned(),
        must_exist: true,
    })?;
    let template = [name_of(SignInNameKind::Username, &username(0))];
    let template = storage.find_user_by_name(pool_id, &template).await?;
    let template = template.context("the user to copy is not there")?;
    let rng = SystemRng::new();
    let indexes: Vec<usize> = (0..count).collect();
    for chunk in indexes.chunks(USERS_PER_BATCH) {
        let users = chunk
            .iter()
            .map(|&index| copy_of(&template, index, Sub::generate(&rng)));
        storage
            .write(WriteBatch::of(users.collect::<Vec<_>>()))
            .await?;
    }
    storage.close()?;
    Ok(())
}

fn copy_of(template: &User, index: usize, sub: Sub) -> Write {
    let name = filled_username(index);
    let mut user = template.clone();
    user.username = Username::new(name.as_str());
    user.attributes
        .insert("email".to_owned(), filled_email(index));
    let names = vec![
        name_of(SignInNameKind::Username, &name),
        name_of(SignInNameKind::Sub, sub.as_str()),
    ];
    user.sub = sub;
    user.version = 1;
    Write::CreateUser {
        user: Box::new(user),
        names,
    }
}

fn name_of(kind: SignInNameKind, text: &str) -> SignInName {
    SignInName {
        kind,
        folded: text.to_owned(),
    }
}
