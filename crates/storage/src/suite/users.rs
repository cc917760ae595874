//! Behaviour of users and the names that sign them in.

use poolhouse_model::{CodePurpose, SignInName, SignInNameKind, Sub, User, UserPoolId, UserStatus};

use super::samples::{self, NOW, email, name, pool_id, username};
use super::{accept, ok, refuse, together, user_pools};
use crate::error::Conflict;
use crate::repositories::Storage;
use crate::write::Write;

pub(super) async fn run(storage: &dyn Storage) {
    a_user_is_read_as_they_were_written(storage).await;
    a_name_is_one_users(storage).await;
    the_first_name_that_leads_to_a_user_wins(storage).await;
    a_name_with_a_nul_byte_leads_nowhere(storage).await;
    an_update_needs_the_version_before(storage).await;
    only_one_of_many_updates_succeeds(storage).await;
    names_are_given_and_taken(storage).await;
    deleting_a_user_takes_everything_of_theirs(storage).await;
}

fn create(user: &User, names: impl Into<Vec<SignInName>>) -> [Write; 1] {
    [Write::CreateUser {
        user: Box::new(user.clone()),
        names: names.into(),
    }]
}

async fn find(storage: &dyn Storage, pool: &UserPoolId, names: &[SignInName]) -> Option<Sub> {
    ok(storage.find_user_by_name(pool, names).await).map(|user| user.sub)
}

async fn a_user_is_read_as_they_were_written(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "user_read").await;
    let ann = samples::user(&pool, "ann");
    let mut bob = samples::user(&pool, "bob");
    if let Some(password) = &mut bob.password {
        password.srp = None;
        password.expires_at = None;
    }
    bob.is_enabled = false;
    let mut cid = samples::user(&pool, "cid");
    cid.password = None;
    assert_eq!(ok(storage.count_users(&pool).await), 0);
    for user in [&ann, &bob, &cid] {
        let name = username(user.username.as_str());
        assert_eq!(ok(storage.find_user(&pool, &user.sub).await), None);
        accept(storage, create(user, [name.clone()])).await;
        assert_eq!(
            ok(storage.find_user(&pool, &user.sub).await).as_ref(),
            Some(user)
        );
        let by_name = ok(storage.find_user_by_name(&pool, &[name]).await);
        assert_eq!(by_name.as_ref(), Some(user));
    }
    assert_eq!(ok(storage.count_users(&pool).await), 3);
    assert_eq!(
        ok(storage.find_user(&pool_id("user_nowhere"), &ann.sub).await),
        None
    );
    let nowhere = samples::user(&pool_id("user_nowhere"), "ann");
    refuse(storage, Conflict::Stale, create(&nowhere, [])).await;
}

async fn a_name_is_one_users(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "user_names").await;
    let other = user_pools::create(storage, "user_names_other").await;
    let ann = samples::user(&pool, "ann");
    accept(
        storage,
        create(&ann, [username("ann"), email("a@x.example")]),
    )
    .await;
    let mut same_sub = samples::user(&pool, "zed");
    same_sub.sub = ann.sub.clone();
    refuse(
        storage,
        Conflict::UsernameTaken,
        create(&same_sub, [username("zed")]),
    )
    .await;
    let bob = samples::user(&pool, "bob");
    refuse(
        storage,
        Conflict::UsernameTaken,
        create(&bob, [username("ann")]),
    )
    .await;
    for kind in [
        SignInNameKind::Email,
        SignInNameKind::PhoneNumber,
        SignInNameKind::PreferredUsername,
    ] {
        let first = samples::user(&pool, &format!("first-{}", kind.as_str()));
        accept(storage, create(&first, [name(kind, "alias")])).await;
        let names = [username("bob"), name(kind, "alias")];
        refuse(storage, Conflict::AliasTaken, create(&bob, names)).await;
    }
    let sub = name(SignInNameKind::Sub, "some-sub");
    let first = samples::user(&pool, "first-sub");
    accept(storage, create(&first, [sub.clone()])).await;
    refuse(storage, Conflict::UsernameTaken, create(&bob, [sub])).await;
    assert_eq!(ok(storage.find_user(&pool, &bob.sub).await), None);
    assert_eq!(find(storage, &pool, &[username("bob")]).await, None);
    // The same name in another pool is somebody else's.
    accept(
        storage,
        create(&samples::user(&other, "ann"), [username("ann")]),
    )
    .await;
}

async fn the_first_name_that_leads_to_a_user_wins(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "user_order").await;
    let ann = samples::user(&pool, "ann");
    let bob = samples::user(&pool, "bob");
    accept(
        storage,
        create(&ann, [username("x"), email("ann@x.example")]),
    )
    .await;
    accept(
        storage,
        create(&bob, [email("x"), name(SignInNameKind::Sub, "y")]),
    )
    .await;
    assert_eq!(find(storage, &pool, &[]).await, None);
    assert_eq!(find(storage, &pool, &[username("nobody")]).await, None);
    let (by_name, by_mail) = (username("x"), email("x"));
    let found = find(storage, &pool, &[by_name.clone(), by_mail.clone()]).await;
    assert_eq!(found.as_ref(), Some(&ann.sub));
    let found = find(storage, &pool, &[by_mail, by_name.clone()]).await;
    assert_eq!(found.as_ref(), Some(&bob.sub));
    let all_kinds = [
        username("y"),
        email("y"),
        name(SignInNameKind::PhoneNumber, "y"),
        name(SignInNameKind::PreferredUsername, "y"),
        name(SignInNameKind::Sub, "y"),
    ];
    assert_eq!(
        find(storage, &pool, &all_kinds).await.as_ref(),
        Some(&bob.sub)
    );
    let many: Vec<SignInName> = (0..12)
        .map(|number| username(&format!("nobody-{number}")))
        .chain([by_name])
        .collect();
    assert_eq!(find(storage, &pool, &many).await.as_ref(), Some(&ann.sub));
}

async fn a_name_with_a_nul_byte_leads_nowhere(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "user_nul").await;
    let ann = samples::user(&pool, "ann");
    accept(storage, create(&ann, [username("ann")])).await;
    assert_eq!(find(storage, &pool, &[username("ann\0")]).await, None);
    let nowhere = pool_id("user_nul\0");
    assert_eq!(ok(storage.find_user_pool(&nowhere).await), None);
}

async fn an_update_needs_the_version_before(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "user_update").await;
    let mut user = samples::user(&pool, "ann");
    accept(storage, create(&user, [username("ann")])).await;
    let write = |user: &User| [Write::UpdateUser(Box::new(user.clone()))];
    user.status = UserStatus::Confirmed;
    user.is_enabled = false;
    user.attributes
        .insert("custom:tier".to_owned(), "1".to_owned());
    user.password = None;
    user.token_generation = 4;
    user.updated_at = NOW;
    user.version = 3;
    refuse(storage, Conflict::Stale, write(&user)).await;
    user.version = 2;
    accept(storage, write(&user)).await;
    refuse(storage, Conflict::Stale, write(&user)).await;
    assert_eq!(ok(storage.find_user(&pool, &user.sub).await), Some(user));
}

async fn only_one_of_many_updates_succeeds(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "user_race").await;
    let mut user = samples::user(&pool, "ann");
    let [create] = create(&user, [username("ann")]);
    together::only_one_succeeds(storage, Conflict::UsernameTaken, &create).await;
    user.version = 2;
    let update = Write::UpdateUser(Box::new(user));
    together::only_one_succeeds(storage, Conflict::Stale, &update).await;
}

async fn names_are_given_and_taken(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "user_alias").await;
    let (ann, bob) = (samples::user(&pool, "ann"), samples::user(&pool, "bob"));
    for user in [&ann, &bob] {
        accept(storage, create(user, [username(user.username.as_str())])).await;
    }
    let add = |user: &User| {
        [Write::AddSignInName {
            pool_id: pool.clone(),
            sub: user.sub.clone(),
            name: email("shared@x.example"),
        }]
    };
    accept(storage, add(&ann)).await;
    accept(storage, add(&ann)).await;
    refuse(storage, Conflict::AliasTaken, add(&bob)).await;
    let alias = [email("shared@x.example")];
    assert_eq!(find(storage, &pool, &alias).await.as_ref(), Some(&ann.sub));
    let remove = |user: &User| Write::RemoveSignInName {
        pool_id: pool.clone(),
        sub: user.sub.clone(),
        name: email("shared@x.example"),
    };
    // A name that is another's stays.
    accept(storage, [remove(&bob)]).await;
    assert_eq!(find(storage, &pool, &alias).await.as_ref(), Some(&ann.sub));
    let [add_to_bob] = add(&bob);
    accept(storage, [remove(&ann), add_to_bob]).await;
    assert_eq!(find(storage, &pool, &alias).await.as_ref(), Some(&bob.sub));
    accept(storage, [remove(&bob), remove(&bob)]).await;
    assert_eq!(find(storage, &pool, &alias).await, None);
    refuse(
        storage,
        Conflict::Stale,
        add(&samples::user(&pool, "nobody")),
    )
    .await;
}

async fn deleting_a_user_takes_everything_of_theirs(storage: &dyn Storage) {
    let pool = user_pools::create(storage, "user_delete").await;
    let (ann, bob) = (samples::user(&pool, "ann"), samples::user(&pool, "bob"));
    for user in [&ann, &bob] {
        let key = user.username.as_str();
        accept(storage, create(user, [username(key), email(key)])).await;
        let writes = [
            Write::CreateTokenFamily(Box::new(samples::family(user, key))),
            Write::CreateAuthorizationCode(Box::new(samples::authorization_code(
                user,
                key.as_bytes(),
            ))),
            Write::CreateBrowserSession(samples::browser(user, key.as_bytes())),
            Write::PutConfirmationCode(Box::new(samples::confirmation_code(
                user,
                CodePurpose::SignUp,
            ))),
            Write::RememberPassword {
                former: samples::former_password(user, 2),
                forget_through: None,
            },
        ];
        accept(storage, writes).await;
    }
    let delete = [Write::DeleteUser {
        pool_id: pool.clone(),
        sub: ann.sub.clone(),
    }];
    accept(storage, delete.clone()).await;
    refuse(storage, Conflict::Stale, delete).await;
    for (user, is_there) in [(&ann, false), (&bob, true)] {
        let key = user.username.as_str();
        let family = samples::family(user, key).origin_jti;
        let purpose = CodePurpose::SignUp;
        let found = [
            ok(storage.find_user(&pool, &user.sub).await).is_some(),
            find(storage, &pool, &[username(key)]).await.is_some(),
            find(storage, &pool, &[email(key)]).await.is_some(),
            ok(storage.find_token_family(&pool, &family).await).is_some(),
            ok(storage.find_authorization_code(&pool, key.as_bytes()).await).is_some(),
            ok(storage.find_browser_session(&pool, key.as_bytes()).await).is_some(),
            ok(storage
                .find_confirmation_code(&pool, &user.sub, purpose)
                .await)
            .is_some(),
            !ok(storage.list_former_passwords(&pool, &user.sub, 1).await).is_empty(),
        ];
        assert_eq!(found, [is_there; 8], "{key}");
    }
    accept(storage, create(&ann, [username("ann")])).await;
}
