//! What lies in the store, and what random values are made of.

use std::collections::HashSet;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use poolhouse_crypto::SystemRng;
use poolhouse_model::{MfaRequirement, Rng, RngExt};
use poolhouse_service::{AssociateSoftwareToken, FactorOwner};
use poolhouse_testkit::{
    PASSWORD, SignInExt, TestAuthenticator, TestService, admin_request, attributes, signing_key_der,
};

use crate::facts::challenge;
use crate::reading_tokens::kid;

/// Every form in which a secret could lie somewhere.
fn forms(secret: &[u8]) -> [String; 5] {
    [
        byte_text(secret),
        hex::encode(secret),
        hex::encode_upper(secret),
        STANDARD.encode(secret).trim_end_matches('=').to_owned(),
        URL_SAFE_NO_PAD.encode(secret),
    ]
}

#[tokio::test]
async fn s7_a_copy_of_the_store_holds_no_secret_in_any_form() {
    let kit = TestService::start_on_disk().await;
    let pool = kit.mfa_pool(MfaRequirement::Optional).await;
    let client = kit.confidential_client(&pool).await;
    kit.signed_up_user(&client, "signed-up", "signed-up@example.com")
        .await;
    let mut invited = admin_request(&pool, "invited");
    invited.temporary_password = None;
    invited.message_action = None;
    invited.attributes = attributes(&[("email", "invited@example.com")]);
    kit.admin_create_user(invited).await.unwrap();
    kit.user(&pool, "alice").await;
    kit.invited_user(&pool, "bob").await;
    let tokens = kit.tokens_of(&client, "alice").await;
    let signed_in = kit.sign_in_for(&client, "alice", &[]).await.unwrap();
    let authorization_code = kit.authorization_code(&client, "alice", &[]).await;
    let asked = challenge(kit.sign_in(&client, "bob", PASSWORD).await);
    let (_, srp) = kit.start_srp(&client, "alice").await.unwrap();
    kit.user(&pool, "carol").await;
    let of_carol = kit.tokens_of(&client, "carol").await;
    let authenticator = kit.authenticator(&client, "carol").await;
    let owner = FactorOwner::AccessToken(of_carol.access_token);
    let request = AssociateSoftwareToken { owner };
    let waiting = kit.associate_software_token(request).await.unwrap();
    let waiting = waiting.secret_code;

    let code = kit.code_to("signed-up@example.com").await;
    let temporary = kit.temporary_password_to("invited@example.com").await;
    let jwks = kit.jwk_set(&pool.id).await.unwrap();
    let verifier = srp_verifier(&pool.id, &srp.parameters["SALT"]);
    let access_key = signing_key_der(&kid(&tokens.access_token));
    let id_key = signing_key_der(&kid(tokens.id_token.as_ref().unwrap()));
    let secrets: Vec<(&str, Vec<u8>)> = vec![
        ("password", PASSWORD.into()),
        ("temporary password", temporary.into_bytes()),
        ("confirmation mail", format!("code is {code}").into_bytes()),
        ("client secret", client.secret.unwrap().expose().into()),
        ("access token", tokens.access_token.expose().into()),
        (
            "refresh token",
            tokens.refresh_token.unwrap().expose().into(),
        ),
        ("cookie", signed_in.cookie.expose().into()),
        ("authorization code", authorization_code.into_bytes()),
        (
            "challenge session",
            asked.challenge_session.unwrap().expose().into(),
        ),
        (
            "secret block",
            srp.parameters["SECRET_BLOCK"].as_str().into(),
        ),
        ("SRP verifier", verifier),
        ("seed", authenticator.seed().to_vec()),
        (
            "seed that waits",
            TestAuthenticator::of(&waiting).seed().to_vec(),
        ),
        ("secret code", waiting.expose().into()),
        // The private exponent and the primes follow the modulus, which is public.
        ("access key", access_key[320..400].to_vec()),
        ("ID key", id_key[320..400].to_vec()),
    ];
    let files = kit.files();
    assert!(!files.is_empty());
    let mut sizes = 0;
    for file in files.iter().filter(|file| file.is_file()) {
        let content = read(file);
        sizes += content.len();
        for (what, secret) in &secrets {
            for form in forms(secret) {
                let found = content.contains(&form);
                assert!(!found, "{what} lies in {}", file.display());
            }
        }
    }
    assert!(sizes > 50_000, "the store was read");
    assert!(!jwks.contains("\"d\""), "no private member is published");
}

/// Reads a file as text of one character for each byte.
fn read(file: &Path) -> String {
    byte_text(&std::fs::read(file).unwrap())
}

fn byte_text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

/// The verifier of alice's password, computed from the published salt.
fn srp_verifier(pool_id: &poolhouse_model::UserPoolId, salt: &str) -> Vec<u8> {
    use poolhouse_crypto::srp::{Salt, verifier};
    let salt = Salt::from_hex(salt).unwrap();
    let verifier = verifier(pool_id.srp_pool_name(), "alice", &PASSWORD.into(), salt);
    verifier.to_bytes()[..384].to_vec()
}

#[tokio::test]
async fn the_scan_would_find_what_is_not_sealed() {
    let kit = TestService::start_on_disk().await;
    let pool = kit.pool().await;
    kit.user_with(&pool, "alice", &[("nickname", "lies-in-the-clear")])
        .await;
    let files = kit.files();
    let mut files = files.iter().filter(|file| file.is_file());
    let is_found = files.any(|file| read(file).contains("lies-in-the-clear"));
    assert!(is_found);
}

#[test]
fn s8_a_hundred_thousand_random_values_differ_and_are_balanced() {
    const VALUES: usize = 100_000;
    let rng = SystemRng::new();
    let mut seen = HashSet::with_capacity(VALUES);
    let mut ones = [0_u32; 128];
    for _ in 0..VALUES {
        let bytes: [u8; 16] = rng.bytes();
        for (index, count) in ones.iter_mut().enumerate() {
            *count += u32::from(bytes[index / 8] >> (index % 8) & 1);
        }
        assert!(seen.insert(bytes));
    }
    // Five standard deviations of 100,000 coin flips are 790.
    for count in ones {
        assert!((49_210..=50_790).contains(&count), "{count}");
    }
}

/// Lines that compare secret text with an operator.
fn offences(source: &str) -> Vec<&str> {
    let shipped = source.split("#[cfg(test)]").next().unwrap_or_default();
    let compares = |line: &&str| line.contains("==") || line.contains("!=");
    let is_secret = |line: &&str| line.contains("expose()") || line.contains("_hash ");
    shipped.lines().filter(compares).filter(is_secret).collect()
}

#[test]
fn s72_no_secret_text_is_compared_with_an_operator() {
    let folders = [
        "../service/src",
        "../oauth/src",
        "../server/src",
        "../model/src",
    ];
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<_> = folders.iter().map(|folder| root.join(folder)).collect();
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            files += 1;
            let source = std::fs::read_to_string(&path).unwrap();
            assert_eq!(offences(&source), [""; 0], "{}", path.display());
        }
    }
    assert!(files > 100);
}

#[test]
fn s72_the_check_sees_a_comparison() {
    assert_eq!(offences("if a.expose() == b {").len(), 1);
    assert_eq!(offences("if code_hash != row.code_hash {").len(), 1);
}

/// Counts the random bytes that are drawn.
struct Meter<'a>(&'a dyn Rng, std::sync::atomic::AtomicUsize);

impl Rng for Meter<'_> {
    fn fill(&self, dest: &mut [u8]) {
        self.1
            .fetch_add(dest.len(), std::sync::atomic::Ordering::Relaxed);
        self.0.fill(dest);
    }
}

#[tokio::test]
async fn s8_codes_cookies_and_secrets_hold_enough_random_bits() {
    let kit = TestService::start().await;
    let pool = kit.pool().await;
    kit.user(&pool, "alice").await;
    let client = kit.confidential_client(&pool).await;
    let secret = client.secret.as_ref().unwrap().expose();
    // 52 of 36 characters, 268 bits.
    assert_eq!(secret.len(), 52);
    let cookie = kit.sign_in_for(&client, "alice", &[]).await.unwrap().cookie;
    assert_eq!(URL_SAFE_NO_PAD.decode(cookie.expose()).unwrap().len(), 32);
    // A UUID of version 4 has 122 random bits.
    let system = SystemRng::new();
    let meter = Meter(&system, 0.into());
    meter.uuid();
    assert_eq!(meter.1.into_inner(), 16);
    let code = kit.authorization_code(&client, "alice", &[]).await;
    assert_eq!(code.as_bytes()[14], b'4');
}
