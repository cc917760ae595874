//! Behaviour of codes that were sent to users.

use poolhouse_model::{CodePurpose, ConfirmationCode, ContactAttribute, Sub, UserPoolId};

use super::samples::{self, at};
use super::{accept, ok, refuse, together, user_pools};
use crate::error::Conflict;
use crate::repositories::Storage;
use crate::write::{Write, WriteBatch};

pub(super) async fn run(storage: &dyn Storage) {
    a_code_replaces_the_one_before(storage).await;
    tries_of_a_code_are_counted(storage).await;
    a_code_is_used_once(storage).await;
    a_void_code_is_gone_and_others_stay(storage).await;
}

async fn put(storage: &dyn Storage, pool: &str, purpose: CodePurpose) -> ConfirmationCode {
    let pool = user_pools::create(storage, pool).await;
    let code = samples::confirmation_code(&samples::user(&pool, "ann"), purpose);
    accept(
        storage,
        [Write::PutConfirmationCode(Box::new(code.clone()))],
    )
    .await;
    code
}

async fn find(
    storage: &dyn Storage,
    (pool, sub): (&UserPoolId, &Sub),
    purpose: CodePurpose,
) -> Option<ConfirmationCode> {
    ok(storage.find_confirmation_code(pool, sub, purpose).await)
}

fn count(code: &ConfirmationCode, hash: &[u8], secs: i64) -> Write {
    Write::CountConfirmationTry {
        pool_id: code.pool_id.clone(),
        sub: code.sub.clone(),
        purpose: code.purpose,
        code_hash: hash.to_vec(),
        max_tries: 3,
        at: at(secs),
    }
}

fn delete(code: &ConfirmationCode, hash: &[u8]) -> Write {
    Write::DeleteConfirmationCode {
        pool_id: code.pool_id.clone(),
        sub: code.sub.clone(),
        purpose: code.purpose,
        code_hash: hash.to_vec(),
    }
}

async fn a_code_replaces_the_one_before(storage: &dyn Storage) {
    let mut code = put(storage, "sent_replace", CodePurpose::ResetPassword).await;
    let owner = (&code.pool_id.clone(), &code.sub.clone());
    let purpose = code.purpose;
    assert_eq!(find(storage, owner, purpose).await.as_ref(), Some(&code));
    assert_eq!(find(storage, owner, CodePurpose::SignUp).await, None);
    let old_hash = code.code_hash.clone();
    accept(storage, [count(&code, &old_hash, 1)]).await;
    code.code_hash = vec![6];
    code.attribute = ContactAttribute::Email;
    code.destination.push_str("99");
    code.sent_at = at(1);
    code.expires_at = at(200);
    accept(
        storage,
        [Write::PutConfirmationCode(Box::new(code.clone()))],
    )
    .await;
    assert_eq!(find(storage, owner, purpose).await.as_ref(), Some(&code));
    for write in [count(&code, &old_hash, 1), delete(&code, &old_hash)] {
        refuse(storage, Conflict::ConfirmationCodeSpent, [write]).await;
    }
    for purpose in CodePurpose::ALL {
        code.purpose = purpose;
        accept(
            storage,
            [Write::PutConfirmationCode(Box::new(code.clone()))],
        )
        .await;
        assert_eq!(find(storage, owner, purpose).await.as_ref(), Some(&code));
    }
}

async fn tries_of_a_code_are_counted(storage: &dyn Storage) {
    let code = put(storage, "sent_tries", CodePurpose::SignUp).await;
    let hash = code.code_hash.clone();
    refuse(
        storage,
        Conflict::ConfirmationCodeSpent,
        [count(&code, &hash, 100)],
    )
    .await;
    let calls = (0..20).map(|_| storage.write(WriteBatch::of([count(&code, &hash, 99)])));
    let outcomes = together::all(calls).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 3);
    refuse(
        storage,
        Conflict::ConfirmationCodeSpent,
        [count(&code, &hash, 1)],
    )
    .await;
    let found = find(storage, (&code.pool_id, &code.sub), code.purpose).await;
    assert_eq!(found.map(|code| code.tries), Some(3));
}

async fn a_code_is_used_once(storage: &dyn Storage) {
    let code = put(storage, "sent_use", CodePurpose::VerifyEmail).await;
    let write = delete(&code, &code.code_hash);
    together::only_one_succeeds(storage, Conflict::ConfirmationCodeSpent, &write).await;
    let found = find(storage, (&code.pool_id, &code.sub), code.purpose).await;
    assert_eq!(found, None);
    let try_again = count(&code, &code.code_hash, 1);
    refuse(storage, Conflict::ConfirmationCodeSpent, [try_again]).await;
}

async fn a_void_code_is_gone_and_others_stay(storage: &dyn Storage) {
    let code = put(storage, "sent_void", CodePurpose::ReplaceEmail).await;
    let mut other = code.clone();
    other.purpose = CodePurpose::VerifyEmail;
    accept(
        storage,
        [Write::PutConfirmationCode(Box::new(other.clone()))],
    )
    .await;
    let void = Write::VoidConfirmationCode {
        pool_id: code.pool_id.clone(),
        sub: code.sub.clone(),
        purpose: code.purpose,
    };
    // The second time there is none.
    accept(storage, [void.clone(), void]).await;
    let owner = (&code.pool_id, &code.sub);
    assert_eq!(find(storage, owner, code.purpose).await, None);
    assert_eq!(find(storage, owner, other.purpose).await, Some(other));
}
