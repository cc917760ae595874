//! Which access tokens open anything: forged, foreign, expired and revoked ones do not.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use poolhouse_model::{SecretString, Ttl, User, UserPool};
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestClient, TestService, on_every_engine, signing_key_der,
};
use serde_json::{Value, json};

use crate::facts::fact;
use crate::reading_tokens::{claims, kid};

const INVALID: &str = "AccessTokenInvalid";

/// What every door that takes an access token says of it.
async fn ask_all(kit: &TestService, token: &str) -> String {
    let answer = fact(&kit.get_user(token).await);
    assert_eq!(fact(&kit.global_sign_out(token).await), answer);
    let user_info = fact(&kit.get_user_info(&SecretString::from(token)).await);
    assert_eq!(user_info, "Refused(TokenInvalid)", "{answer}");
    answer
}

struct House {
    kit: TestService,
    pool: UserPool,
    client: TestClient,
    user: User,
    /// The claims and key id of a right access token.
    claims: Value,
    kid: String,
}

impl House {
    async fn build(kit: TestService) -> Self {
        let pool = kit.pool().await;
        let user = kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let token = kit.tokens_of(&client, "alice").await.access_token;
        Self {
            claims: claims(&kit, &pool.id, &token).await,
            kid: kid(&token),
            kit,
            pool,
            client,
            user,
        }
    }

    /// Signs claims with the pool's own key for access tokens, as nobody outside can.
    fn sign(&self, claims: &Value) -> String {
        let mut header = Header::new(Algorithm::RS256);
        header.typ = None;
        header.kid = Some(self.kid.clone());
        let key = EncodingKey::from_rsa_der(&rsa_private_key(signing_key_der(&self.kid)));
        encode(&header, claims, &key).unwrap()
    }

    fn with(&self, name: &str, value: Value) -> String {
        let mut claims = self.claims.clone();
        claims[name] = value;
        self.sign(&claims)
    }

    fn without(&self, name: &str) -> String {
        let mut claims = self.claims.clone();
        claims.as_object_mut().unwrap().remove(name);
        self.sign(&claims)
    }

    /// A token with another header over a right payload; the signature is what `sign` makes of it.
    fn with_header(&self, header: &Value, sign: impl Fn(&str) -> Vec<u8>) -> String {
        let payload = URL_SAFE_NO_PAD.encode(self.claims.to_string());
        let message = format!("{}.{payload}", URL_SAFE_NO_PAD.encode(header.to_string()));
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(sign(&message)))
    }
}

/// The PKCS #1 key inside a PKCS #8 one, which is its last element.
fn rsa_private_key(pkcs8: &[u8]) -> Vec<u8> {
    pkcs8[26..].to_vec()
}

#[tokio::test]
async fn a_token_signed_by_the_pools_key_with_right_claims_opens() {
    let house = House::build(TestService::start().await).await;
    let token = house.sign(&house.claims);
    assert_eq!(fact(&house.kit.get_user(&token).await), "Ok");
}

#[tokio::test]
async fn s1_other_algorithms_and_missing_signatures_are_refused() {
    let house = House::build(TestService::start().await).await;
    let keys = house.kit.jwk_set(&house.pool.id).await.unwrap();
    let right = house.sign(&house.claims);
    let (message, _) = right.rsplit_once('.').unwrap();
    let kid = &house.kid;
    let no_signature = |_: &str| Vec::new();
    // The published key as secret of a MAC.
    let hmac = |message: &str| {
        let key = aws_hmac(keys.as_bytes(), message.as_bytes());
        key.to_vec()
    };
    let mut forged = vec![
        format!("{message}."),
        message.to_owned(),
        format!("{right}.x"),
    ];
    for alg in [
        "none", "None", "NONE", "HS256", "RS512", "PS256", " RS256", "rs256", "",
    ] {
        let header = json!({"kid": kid, "alg": alg});
        forged.push(house.with_header(&header, no_signature));
        forged.push(house.with_header(&header, hmac));
    }
    for token in forged {
        assert_eq!(ask_all(&house.kit, &token).await, INVALID, "{token}");
    }
}

fn aws_hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let secret = String::from_utf8_lossy(key).into_owned();
    let mac = jsonwebtoken::crypto::sign(
        message,
        &EncodingKey::from_secret(secret.as_bytes()),
        Algorithm::HS256,
    );
    let mac = URL_SAFE_NO_PAD.decode(mac.unwrap()).unwrap();
    mac.try_into().unwrap()
}

#[tokio::test]
async fn s2_unknown_keys_are_refused_and_keys_in_the_header_ignored() {
    let house = House::build(TestService::start().await).await;
    let long = "k".repeat(100_000);
    let id_token = house.kit.tokens_of(&house.client, "alice").await.id_token;
    let id_kid = kid(&id_token.unwrap());
    for kid in ["", "../../etc/passwd", "' OR 1=1 --", "\0", &long, &id_kid] {
        let header = json!({"kid": kid, "alg": "RS256"});
        let token = house.with_header(&header, |_| vec![1; 256]);
        assert_eq!(ask_all(&house.kit, &token).await, INVALID, "{kid:.30}");
    }
    let header = json!({"alg": "RS256"});
    let token = house.with_header(&header, |_| vec![1; 256]);
    assert_eq!(ask_all(&house.kit, &token).await, INVALID);
    for name in ["jku", "x5u", "jwk"] {
        let header =
            json!({"kid": house.kid, "alg": "RS256", name: "https://evil.example.com/keys"});
        let token = house.with_header(&header, |_| vec![1; 256]);
        assert_eq!(ask_all(&house.kit, &token).await, INVALID, "{name}");
    }
}

#[tokio::test]
async fn s3_a_token_of_another_use_pool_issuer_or_client_is_refused() {
    on_every_engine(|kit| async move {
        let house = House::build(kit).await;
        let kit = &house.kit;
        let tokens = kit.tokens_of(&house.client, "alice").await;
        let id_token = tokens.id_token.unwrap();
        assert_eq!(ask_all(kit, id_token.expose()).await, INVALID);
        let refresh_token = tokens.refresh_token.unwrap();
        assert_eq!(ask_all(kit, refresh_token.expose()).await, INVALID);

        // The same name in another pool, and that pool's client.
        let other = kit.pool().await;
        kit.user(&other, "alice").await;
        let stranger = kit.public_client(&other).await;
        let issuer = format!("{}/{}", poolhouse_testkit::PUBLIC_URL, other.id);
        for (name, value) in [
            ("iss", json!(issuer)),
            (
                "iss",
                json!(format!("https://evil.example.com/{}", house.pool.id)),
            ),
            ("iss", json!(house.pool.id.as_str())),
            ("token_use", json!("id")),
            ("token_use", json!("refresh")),
            ("client_id", json!(stranger.id.as_str())),
            ("origin_jti", json!("00000000-0000-4000-8000-000000000000")),
        ] {
            let refused = ask_all(kit, &house.with(name, value.clone())).await;
            let expected = match name {
                "origin_jti" => "AccessTokenRevoked",
                _ => INVALID,
            };
            assert_eq!(refused, expected, "{name} {value}");
        }
    })
    .await;
}

#[tokio::test]
async fn s4_instants_must_be_there_sound_and_not_ahead() {
    let house = House::build(TestService::start().await).await;
    let kit = &house.kit;
    let now = kit.now().as_secs();
    for name in [
        "exp",
        "iat",
        "auth_time",
        "sub",
        "iss",
        "token_use",
        "client_id",
    ] {
        assert_eq!(ask_all(kit, &house.without(name)).await, INVALID, "{name}");
    }
    for value in [
        json!("1793678706"),
        json!(-1),
        json!(null),
        json!(9_223_372_036_854_775_808_u64),
        json!(1e300),
        json!(true),
        json!([now]),
    ] {
        for name in ["exp", "iat", "auth_time"] {
            let token = house.with(name, value.clone());
            assert_eq!(ask_all(kit, &token).await, INVALID, "{name} {value}");
        }
    }
    let ahead = house.with("iat", json!(now + 61));
    assert_eq!(ask_all(kit, &ahead).await, INVALID);
    kit.clock.advance(Ttl::from_secs(10));
    let expired = house.with("exp", json!(now + 10));
    assert_eq!(ask_all(kit, &expired).await, "AccessTokenExpired");
    let valid = house.with("exp", json!(now + 11));
    assert_eq!(fact(&kit.get_user(&valid).await), "Ok");
}

#[tokio::test]
async fn texts_that_are_no_token_are_refused() {
    let kit = TestService::start().await;
    let long = "a".repeat(1024 * 1024);
    let deep = URL_SAFE_NO_PAD.encode("[".repeat(50_000));
    for token in [
        "",
        ".",
        "..",
        "a.b.c",
        "\u{e9}.\u{e9}.\u{e9}",
        &long,
        &format!("e30.{deep}.e30"),
    ] {
        assert_eq!(fact(&kit.get_user(token).await), INVALID, "{token:.20}");
    }
}

#[tokio::test]
async fn a_token_works_until_it_expires() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        let token = kit.tokens_of(&client, "alice").await.access_token;
        kit.clock.advance(Ttl::from_secs(3599));
        assert_eq!(fact(&kit.get_user(token.expose()).await), "Ok");
        kit.clock.advance(Ttl::from_secs(1));
        let expired = fact(&kit.get_user(token.expose()).await);
        assert_eq!(expired, "AccessTokenExpired");
        // R6: a clock that was ahead and is put right does not keep it alive for longer.
        kit.clock.turn_back(Ttl::from_hours(2));
        assert_eq!(fact(&kit.get_user(token.expose()).await), INVALID);
    })
    .await;
}

#[tokio::test]
async fn the_api_needs_its_own_scope() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        kit.user(&pool, "alice").await;
        let client = kit.public_client(&pool).await;
        for (scope, expected) in [
            ("openid email", "AccessTokenScopeMissing"),
            ("openid aws.cognito.signin.user.admin", "Ok"),
        ] {
            let code = kit
                .authorization_code(&client, "alice", &[("scope", scope)])
                .await;
            let tokens = kit.exchange_code(&client, &code, &[]).await.ok().unwrap();
            let poolhouse_oauth::token_response::TokenResponse::User { access_token, .. } = tokens
            else {
                panic!("no user's tokens")
            };
            let answer = fact(&kit.get_user(access_token.expose()).await);
            assert_eq!(answer, expected, "{scope}");
        }
    })
    .await;
}

#[tokio::test]
async fn get_user_shows_what_the_client_may_read_as_it_is_now() {
    on_every_engine(|kit| async move {
        let pool = kit.pool().await;
        let attributes = [("email", "alice@example.com"), ("nickname", "al")];
        kit.user_with(&pool, "alice", &attributes).await;
        let client = kit
            .client_with(&pool, |request| {
                request.settings.read_attributes = Some(vec!["email".to_owned()]);
            })
            .await;
        let token = kit.tokens_of(&client, "alice").await.access_token;
        kit.change(&pool, "alice", |user| {
            let email = "new@example.com".to_owned();
            user.attributes.insert("email".to_owned(), email);
        })
        .await;
        let user = kit.get_user(token.expose()).await.unwrap().user;
        assert_eq!(user.username.as_str(), "alice");
        let shown: Vec<_> = user.attributes.iter().collect();
        assert_eq!(
            shown,
            [(&"email".to_owned(), &"new@example.com".to_owned())]
        );
    })
    .await;
}

#[tokio::test]
async fn tokens_of_former_public_urls_are_accepted_as_configured() {
    let former = "https://old.example.com";
    let kit = TestService::start_with(|settings| {
        settings.accepted_issuers = vec![former.to_owned()];
    })
    .await;
    let house = House::build(kit).await;
    let of_former = house.with("iss", json!(format!("{former}/{}", house.pool.id)));
    assert_eq!(fact(&house.kit.get_user(&of_former).await), "Ok");
    let of_other = house.with(
        "iss",
        json!(format!("https://other.example.com/{}", house.pool.id)),
    );
    assert_eq!(ask_all(&house.kit, &of_other).await, INVALID);
}

#[tokio::test]
async fn s30_a_deleted_or_disabled_users_token_says_so() {
    on_every_engine(|kit| async move {
        let house = House::build(kit).await;
        let kit = &house.kit;
        let token = kit.tokens_of(&house.client, "alice").await.access_token;
        kit.disable(&house.pool, "alice").await;
        assert_eq!(ask_all(kit, token.expose()).await, "UserDisabled");
        kit.admin_delete_user(&house.pool.id, "alice")
            .await
            .unwrap();
        assert_eq!(fact(&kit.get_user(token.expose()).await), "UserNotFound");
        let signed_out = fact(&kit.global_sign_out(token.expose()).await);
        assert_eq!(signed_out, "AccessTokenRevoked");
        // A new user of that name is somebody else.
        kit.user(&house.pool, "alice").await;
        assert_eq!(fact(&kit.get_user(token.expose()).await), "UserNotFound");
        assert_ne!(house.user.sub.as_str(), "");
        assert_eq!(
            fact(&kit.sign_in(&house.client, "alice", PASSWORD).await),
            "Ok"
        );
    })
    .await;
}
