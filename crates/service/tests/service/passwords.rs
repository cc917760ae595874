//! Which passwords can be set, and that they are compared whole.

use poolhouse_testkit::{SignInExt, on_every_engine, sign_up_request};

use crate::facts::{fact, outcome};

#[tokio::test]
async fn s38_a_password_is_neither_cut_nor_trimmed_nor_folded() {
    let longest = format!("Aa1!{}", "\u{e9}".repeat(126));
    assert_eq!(longest.len(), 256);
    let passwords = [
        longest.clone(),
        "  Passw0rd! ".to_owned(),
        "Pa\0ssw0rd!".to_owned(),
        "P\u{e1}ssw0rd! \u{1f980}\u{200d}".to_owned(),
        "P\u{61}\u{301}ssw0rd! \u{1f980}".to_owned(),
    ];
    on_every_engine(|kit| {
        let passwords = passwords.clone();
        async move {
            let pool = kit.pool().await;
            let client = kit.public_client(&pool).await;
            for (index, password) in passwords.iter().enumerate() {
                let name = format!("user-{index}");
                kit.user(&pool, &name).await;
                kit.set_password(&pool, &name, password).await;
                let by_password = kit.sign_in(&client, &name, password).await;
                assert_eq!(outcome(&by_password), "Tokens", "{password:?}");
                let by_srp = kit.sign_in_by_srp(&client, &name, password).await;
                assert_eq!(outcome(&by_srp), "Tokens", "{password:?}");
                let mut shorter = password.clone();
                shorter.pop();
                for other in [shorter.as_str(), password.trim(), &password.to_lowercase()] {
                    if other == password {
                        continue;
                    }
                    let refused = kit.sign_in(&client, &name, other).await;
                    assert_eq!(outcome(&refused), "WrongUsernameOrPassword", "{other:?}");
                }
            }
        }
    })
    .await;
}

#[tokio::test]
async fn s38_a_password_beyond_256_bytes_is_refused_everywhere_and_costs_no_hash() {
    let too_long = format!("Aa1!{}", "x".repeat(253));
    let huge = "x".repeat(1024 * 1024);
    on_every_engine(|kit| {
        let (too_long, huge) = (too_long.clone(), huge.clone());
        async move {
            let pool = kit.pool().await;
            kit.user(&pool, "alice").await;
            let (client, discreet) = (
                kit.public_client(&pool).await,
                kit.discreet_client(&pool).await,
            );
            let before = kit.password_hash_count();
            for password in [&too_long, &huge] {
                for (client, name) in [
                    (&client, "alice"),
                    (&discreet, "alice"),
                    (&discreet, "nobody"),
                ] {
                    let refused = kit.sign_in(client, name, password).await;
                    assert_eq!(outcome(&refused), "WrongUsernameOrPassword");
                }
                let mut request = sign_up_request(&client, "bob");
                request.password = Some(password.as_str().into());
                let refused = kit.sign_up(request).await;
                assert_eq!(fact(&refused), "PasswordPolicyViolated(TooLong)");
            }
            assert_eq!(kit.password_hash_count(), before);
        }
    })
    .await;
}
