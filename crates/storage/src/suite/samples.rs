//! Entities for the suite; every field is set so that a column left out shows.

use poolhouse_model::{
    AppClient, AppClientSettings, AuthorizationCode, BrowserSession, ChallengeSession, Channel,
    ClientId, CodePurpose, ConfirmationCode, ContactAttribute, FormerPassword, Group, GroupName,
    Logo, LogoFormat, OriginJti, OutboxMessage, PoolDomain, PoolKey, PoolKeyUse, ResourceServer,
    ResourceServerScope, SignInName, SignInNameKind, SrpRecord, StoredPassword, Stylesheet, Sub,
    Timestamp, TokenFamily, TokenOrigin, UiCustomization, User, UserPool, UserPoolId,
    UserPoolSettings, UserStatus, Username,
};

/// The instant at which the suite takes place.
pub(super) const NOW: Timestamp = Timestamp::from_secs(1_800_000_000);

/// An instant so many seconds from [`NOW`].
pub(super) fn at(secs: i64) -> Timestamp {
    Timestamp::from_millis(NOW.as_millis() + secs * 1000)
}

pub(super) fn pool_id(name: &str) -> UserPoolId {
    UserPoolId::new(format!("us-east-1_{name}"))
}

pub(super) fn pool(id: &UserPoolId) -> UserPool {
    let mut settings = UserPoolSettings {
        is_case_sensitive: false,
        ..UserPoolSettings::default()
    };
    settings.tags.insert("owner".to_owned(), "Zoë".to_owned());
    UserPool {
        id: id.clone(),
        name: "a pool".to_owned(),
        created_at: at(-10),
        updated_at: at(-5),
        version: 1,
        settings,
    }
}

pub(super) fn pool_key(id: &UserPoolId, key_id: &str, key_use: PoolKeyUse) -> PoolKey {
    PoolKey {
        pool_id: id.clone(),
        key_id: key_id.to_owned(),
        key_use,
        sealed: vec![0, 255, 7],
        created_at: at(-9),
    }
}

pub(super) fn client(pool: &UserPoolId, id: &str) -> AppClient {
    AppClient {
        id: ClientId::new(id),
        pool_id: pool.clone(),
        name: "an app".to_owned(),
        sealed_secret: Some(vec![1, 2, 3]),
        created_at: at(-8),
        updated_at: at(-7),
        version: 1,
        settings: AppClientSettings {
            callback_urls: vec!["https://app.example/cb".to_owned()],
            ..AppClientSettings::default()
        },
    }
}

pub(super) fn domain(pool: &UserPoolId, domain: &str) -> PoolDomain {
    PoolDomain {
        domain: domain.to_owned(),
        pool_id: pool.clone(),
        certificate_arn: Some("arn:aws:acm:us-east-1:1:certificate/1".to_owned()),
        security_policy: Some("TLS_V1_3_2025".to_owned()),
        managed_login_version: 2,
        created_at: at(-6),
        version: 1,
    }
}

pub(super) fn user(pool: &UserPoolId, name: &str) -> User {
    let attributes = [("email", "ann@example.com"), ("name", "Ann \u{1f98a}")];
    User {
        pool_id: pool.clone(),
        sub: Sub::new(format!("sub-{name}")),
        username: Username::new(name),
        status: UserStatus::ForceChangePassword,
        is_enabled: true,
        attributes: attributes
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        password: Some(StoredPassword {
            hash: "$argon2id$".to_owned(),
            srp: Some(SrpRecord {
                salt_hex: "abc".to_owned(),
                sealed_verifier: vec![9, 0, 8],
            }),
            expires_at: Some(at(3600)),
        }),
        token_generation: 3,
        created_at: at(-4),
        updated_at: at(-3),
        version: 1,
    }
}

pub(super) fn name(kind: SignInNameKind, folded: &str) -> SignInName {
    SignInName {
        kind,
        folded: folded.to_owned(),
    }
}

pub(super) fn username(folded: &str) -> SignInName {
    name(SignInNameKind::Username, folded)
}

pub(super) fn email(folded: &str) -> SignInName {
    name(SignInNameKind::Email, folded)
}

pub(super) fn group(pool: &UserPoolId, name: &str) -> Group {
    Group {
        pool_id: pool.clone(),
        name: GroupName::new(name),
        description: Some("Who writes \u{1f98a}".to_owned()),
        role_arn: Some("arn:aws:iam::1:role/writer".to_owned()),
        precedence: Some(i32::MAX),
        created_at: at(-4),
        updated_at: at(-3),
        version: 1,
    }
}

pub(super) fn look(pool: &UserPoolId, client: &str) -> UiCustomization {
    UiCustomization {
        pool_id: pool.clone(),
        client_id: ClientId::new(client),
        stylesheet: Some(Stylesheet {
            source: ".label-customizable { font-family: \"Zoë\"; }".to_owned(),
            fingerprint: "f1".to_owned(),
        }),
        logo: Some(Logo {
            format: LogoFormat::Png,
            bytes: vec![137, 80, 0, 255],
            fingerprint: "f2".to_owned(),
        }),
        created_at: at(-4),
        updated_at: at(-3),
        version: 1,
    }
}

pub(super) fn resource_server(pool: &UserPoolId, identifier: &str) -> ResourceServer {
    let scope = |name: &str| ResourceServerScope {
        name: name.to_owned(),
        description: format!("May {name}, \"quoted\""),
    };
    ResourceServer {
        pool_id: pool.clone(),
        identifier: identifier.to_owned(),
        name: "an API".to_owned(),
        scopes: vec![scope("write"), scope("read")],
        version: 1,
    }
}

pub(super) fn family(user: &User, id: &str) -> TokenFamily {
    TokenFamily {
        pool_id: user.pool_id.clone(),
        origin_jti: OriginJti::new(id),
        sub: user.sub.clone(),
        client_id: ClientId::new("client"),
        token_generation: user.token_generation,
        scope: "openid email".to_owned(),
        origin: TokenOrigin::OAuth,
        authenticated_at: at(-2),
        expires_at: at(100),
        revoked_at: None,
        rotation: 0,
        rotated_at: None,
        nonce: Some("n-1".to_owned()),
        resource: Some("https://api.example".to_owned()),
    }
}

pub(super) fn authorization_code(user: &User, hash: &[u8]) -> AuthorizationCode {
    AuthorizationCode {
        pool_id: user.pool_id.clone(),
        code_hash: hash.to_vec(),
        client_id: ClientId::new("client"),
        sub: user.sub.clone(),
        token_generation: user.token_generation,
        redirect_uri: "https://app.example/cb".to_owned(),
        scope: "openid".to_owned(),
        nonce: Some("n-2".to_owned()),
        code_challenge: Some("challenge".to_owned()),
        resource: None,
        authenticated_at: at(-2),
        issued_at: at(-1),
        expires_at: at(100),
        spent_at: None,
        origin_jti: None,
    }
}

pub(super) fn challenge(pool: &UserPoolId, id: &str) -> ChallengeSession {
    ChallengeSession {
        pool_id: pool.clone(),
        id: id.to_owned(),
        expires_at: at(100),
        tries: 0,
        spent_at: None,
    }
}

pub(super) fn browser(user: &User, hash: &[u8]) -> BrowserSession {
    BrowserSession {
        pool_id: user.pool_id.clone(),
        cookie_hash: hash.to_vec(),
        sub: user.sub.clone(),
        token_generation: user.token_generation,
        authenticated_at: at(-2),
        expires_at: at(100),
    }
}

pub(super) fn confirmation_code(user: &User, purpose: CodePurpose) -> ConfirmationCode {
    ConfirmationCode {
        pool_id: user.pool_id.clone(),
        sub: user.sub.clone(),
        purpose,
        code_hash: vec![5, 5],
        attribute: ContactAttribute::PhoneNumber,
        destination: "+15550100".to_owned(),
        tries: 0,
        sent_at: at(-1),
        expires_at: at(100),
    }
}

pub(super) fn former_password(user: &User, version: i64) -> FormerPassword {
    FormerPassword {
        pool_id: user.pool_id.clone(),
        sub: user.sub.clone(),
        replaced_by_version: version,
        hash: format!("$argon2id${version}"),
        replaced_at: at(-2),
    }
}

pub(super) fn message(pool: &UserPoolId, id: &str, to: &str) -> OutboxMessage {
    OutboxMessage {
        pool_id: pool.clone(),
        id: id.to_owned(),
        channel: Channel::Email,
        to: to.to_owned(),
        sealed_content: vec![4, 0, 4],
        created_at: at(-1),
        next_attempt_at: Some(NOW),
        attempts: 0,
        sent_at: None,
        last_error: None,
        expires_at: at(1000),
    }
}
