//! Forged tokens, and tokens seen by an independent library.

use std::{cell::RefCell, sync::Arc};

use aws_lc_rs::{
    rsa::{KeyPair, KeySize},
    signature::{RSA_PKCS1_SHA256, RSA_PKCS1_SHA512, RsaEncoding},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE, URL_SAFE_NO_PAD},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Validation};

use super::*;
use crate::{SystemRng, hash::hmac_sha256, jwks::JwkSet};

const PAYLOAD: &str = r#"{"sub":"alice","exp":4102444800}"#;

struct Pool {
    key: SigningKey,
    public: Arc<VerifyingKey>,
    looked_up: RefCell<Vec<String>>,
}

impl Pool {
    fn new() -> Self {
        let key = SigningKey::generate().unwrap();
        let public = Arc::new(key.public_key());
        Self {
            key,
            public,
            looked_up: RefCell::default(),
        }
    }

    fn verify(&self, token: &str) -> Result<Vec<u8>, JwsError> {
        verify(token, |kid| {
            self.looked_up.borrow_mut().push(kid.to_owned());
            (kid == self.public.kid()).then(|| Arc::clone(&self.public))
        })
    }

    /// A token with any header, rightly signed by the pool's key.
    fn signed(&self, header: &str, encoding: &'static dyn RsaEncoding) -> String {
        let pair = KeyPair::from_pkcs8(&self.key.to_pkcs8()).unwrap();
        sign_with(&pair, header, encoding)
    }

    fn header(&self, alg: &str) -> String {
        format!(r#"{{"kid":"{}","alg":{alg}}}"#, self.key.kid())
    }
}

fn unsigned(header: &str) -> String {
    format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(PAYLOAD)
    )
}

fn sign_with(pair: &KeyPair, header: &str, encoding: &'static dyn RsaEncoding) -> String {
    let signed = unsigned(header);
    let mut signature = vec![0; pair.public_modulus_len()];
    let rng = SystemRng::new();
    pair.sign(
        encoding,
        rng.as_secure_random(),
        signed.as_bytes(),
        &mut signature,
    )
    .unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[test]
fn a_token_of_ours_is_accepted_by_us_and_by_an_independent_library() {
    let pool = Pool::new();
    let token = pool.key.sign(PAYLOAD.as_bytes());
    assert_eq!(pool.verify(&token).unwrap(), PAYLOAD.as_bytes());

    let set = serde_json::to_string(&JwkSet::of([&*pool.public])).unwrap();
    let set: jsonwebtoken::jwk::JwkSet = serde_json::from_str(&set).unwrap();
    let header = jsonwebtoken::decode_header(&token).unwrap();
    let jwk = set.find(header.kid.as_deref().unwrap()).unwrap();
    let decoding = DecodingKey::from_jwk(jwk).unwrap();
    let validation = Validation::new(Algorithm::RS256);
    let decoded =
        jsonwebtoken::decode::<serde_json::Value>(&token, &decoding, &validation).unwrap();
    assert_eq!(decoded.claims["sub"], "alice");
}

#[test]
fn a_token_of_an_independent_library_is_accepted() {
    let pool = Pool::new();
    let mut header = jsonwebtoken::Header::new(Algorithm::RS256);
    header.kid = Some(pool.key.kid().to_owned());
    let pem = format!(
        "-----BEGIN PRIVATE KEY-----\n{}\n-----END PRIVATE KEY-----\n",
        STANDARD.encode(&*pool.key.to_pkcs8())
    );
    let encoding = EncodingKey::from_rsa_pem(pem.as_bytes()).unwrap();
    let claims: serde_json::Value = serde_json::from_str(PAYLOAD).unwrap();
    let token = jsonwebtoken::encode(&header, &claims, &encoding).unwrap();
    assert!(pool.verify(&token).is_ok());
}

#[test]
fn s01_alg_none_and_empty_signatures_are_refused() {
    let pool = Pool::new();
    for alg in [
        r#""none""#,
        r#""None""#,
        r#""NONE""#,
        r#""nOnE""#,
        r#""""#,
        "null",
        "[]",
    ] {
        let unsigned = unsigned(&pool.header(alg));
        for token in [
            unsigned.clone(),
            format!("{unsigned}."),
            format!("{unsigned}.AA"),
        ] {
            assert!(pool.verify(&token).is_err(), "{alg}: {token}");
        }
    }
    let genuine = unsigned(&pool.header(r#""RS256""#));
    for token in [genuine.clone(), format!("{genuine}.")] {
        assert_eq!(pool.verify(&token), Err(JwsError::NotCompact));
    }
}

#[test]
fn s01_hs256_with_the_public_key_as_secret_is_refused() {
    let pool = Pool::new();
    let pem = format!(
        "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
        STANDARD.encode(pool.public.to_der())
    );
    for secret in [pool.public.to_der(), pem.as_bytes(), pool.public.modulus()] {
        for alg in [r#""HS256""#, r#""RS256""#] {
            let signed = unsigned(&pool.header(alg));
            let mac = hmac_sha256(secret, &[signed.as_bytes()]);
            let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac));
            assert!(pool.verify(&token).is_err(), "{alg}");
        }
    }
}

#[test]
fn s01_other_algorithms_and_spellings_of_rs256_are_refused_though_rightly_signed() {
    let pool = Pool::new();
    let good = pool.signed(&pool.header(r#""RS256""#), &RSA_PKCS1_SHA256);
    assert!(pool.verify(&good).is_ok());
    let rs512 = pool.signed(&pool.header(r#""RS512""#), &RSA_PKCS1_SHA512);
    assert_eq!(pool.verify(&rs512), Err(JwsError::WrongAlgorithm));
    let lying = pool.signed(&pool.header(r#""RS256""#), &RSA_PKCS1_SHA512);
    assert_eq!(pool.verify(&lying), Err(JwsError::BadSignature));
    for alg in [
        "rs256",
        "Rs256",
        " RS256",
        "RS256 ",
        "RS256\\u0000",
        "RS384",
        "PS256",
        "ES256",
    ] {
        let header = pool.header(&format!("\"{alg}\""));
        let token = pool.signed(&header, &RSA_PKCS1_SHA256);
        assert_eq!(pool.verify(&token), Err(JwsError::WrongAlgorithm), "{alg}");
    }
}

#[test]
fn s01_an_unreadable_header_is_refused_though_rightly_signed() {
    let pool = Pool::new();
    let kid = pool.key.kid();
    for header in [
        format!(r#"{{"kid":"{kid}"}}"#),
        format!(r#"{{"kid":"{kid}","alg":"none","alg":"RS256"}}"#),
        format!(r#"{{"kid":"{kid}","alg":256}}"#),
        format!(r#"{{"kid":"{kid}","alg":["RS256"]}}"#),
        format!(r#"{{"kid":"{kid}","ALG":"RS256"}}"#),
        format!(r#"{{"kid":"{kid}","alg":"RS256"}} x"#),
        format!(r#"["{kid}","RS256"]"#),
        "\"RS256\"".to_owned(),
        "{}".to_owned(),
    ] {
        let token = pool.signed(&header, &RSA_PKCS1_SHA256);
        assert_eq!(pool.verify(&token), Err(JwsError::BadHeader), "{header}");
    }
    let header = format!(r#"{{"kid":"{kid}","alg":"RS256","crit":["exp"],"exp":1}}"#);
    let token = pool.signed(&header, &RSA_PKCS1_SHA256);
    assert_eq!(pool.verify(&token), Err(JwsError::CriticalExtension));
}

#[test]
fn s01_every_change_of_a_token_is_refused() {
    let pool = Pool::new();
    let token = pool.key.sign(PAYLOAD.as_bytes());
    for index in 0..token.len() {
        let mut changed = token.clone().into_bytes();
        changed[index] = if changed[index] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert!(pool.verify(&changed).is_err(), "changed at {index}");
    }
    for length in 0..token.len() {
        assert!(pool.verify(&token[..length]).is_err(), "cut to {length}");
    }
    for added in ["A", "=", "==", ".", ".A", " ", "\n", "\0"] {
        assert!(
            pool.verify(&format!("{token}{added}")).is_err(),
            "{added:?} after"
        );
        assert!(
            pool.verify(&format!("{added}{token}")).is_err(),
            "{added:?} before"
        );
    }
}

#[test]
fn s01_a_token_in_another_base64_is_refused() {
    let pool = Pool::new();
    let token = pool.key.sign(PAYLOAD.as_bytes());
    let parts: Vec<_> = token
        .split('.')
        .map(|p| URL_SAFE_NO_PAD.decode(p).unwrap())
        .collect();
    let padded: Vec<_> = parts.iter().map(|part| URL_SAFE.encode(part)).collect();
    assert_eq!(pool.verify(&padded.join(".")), Err(JwsError::NotCompact));
    // 256 bytes end in a character of which only two bits count.
    let mut stray = token.clone();
    let last = stray.pop().unwrap();
    stray.push(char::from(last as u8 + 1));
    assert_eq!(pool.verify(&stray), Err(JwsError::NotCompact));
}

#[test]
fn s01_a_token_of_another_pool_is_refused() {
    let (one, other) = (Pool::new(), Pool::new());
    let token = other.key.sign(PAYLOAD.as_bytes());
    assert_eq!(one.verify(&token), Err(JwsError::UnknownKey));
    let header = one.header(r#""RS256""#);
    let forged = other.signed(&header, &RSA_PKCS1_SHA256);
    assert_eq!(one.verify(&forged), Err(JwsError::BadSignature));
}

#[test]
fn s02_a_kid_that_is_absent_unknown_or_hostile_is_refused() {
    let pool = Pool::new();
    for header in [
        r#"{"alg":"RS256"}"#,
        r#"{"alg":"RS256","kid":null}"#,
        r#"{"alg":"RS256","kid":7}"#,
    ] {
        let token = pool.signed(header, &RSA_PKCS1_SHA256);
        assert_eq!(pool.verify(&token), Err(JwsError::BadHeader), "{header}");
    }
    for kid in [
        "",
        "../../etc/passwd",
        "' OR 1=1 --",
        "/dev/null",
        "http://127.0.0.1/k",
        "unknown",
    ] {
        let header = format!(r#"{{"kid":"{kid}","alg":"RS256"}}"#);
        let token = pool.signed(&header, &RSA_PKCS1_SHA256);
        assert_eq!(pool.verify(&token), Err(JwsError::UnknownKey), "{kid}");
        assert_eq!(pool.looked_up.borrow().last().unwrap(), kid);
    }
}

#[test]
fn s02_a_long_kid_is_refused_without_a_lookup() {
    let pool = Pool::new();
    for length in [257, 1500, 3000, 1_000_000] {
        let header = format!(r#"{{"kid":"{}","alg":"RS256"}}"#, "k".repeat(length));
        let token = pool.signed(&header, &RSA_PKCS1_SHA256);
        assert_eq!(pool.verify(&token), Err(JwsError::TooLong), "{length}");
    }
    assert!(pool.looked_up.borrow().is_empty());
}

#[test]
fn s02_keys_that_a_token_brings_along_are_ignored() {
    let pool = Pool::new();
    let attacker = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let foreign = Pool::new();
    let n = URL_SAFE_NO_PAD.encode(foreign.public.modulus());
    for extra in [
        r#""jku":"http://127.0.0.1:1/jwks.json""#.to_owned(),
        r#""x5u":"http://127.0.0.1:1/cert.pem""#.to_owned(),
        format!(r#""jwk":{{"kty":"RSA","n":"{n}","e":"AQAB"}}"#),
    ] {
        let header = format!(r#"{{"kid":"{}","alg":"RS256",{extra}}}"#, pool.key.kid());
        let forged = sign_with(&attacker, &header, &RSA_PKCS1_SHA256);
        assert_eq!(pool.verify(&forged), Err(JwsError::BadSignature), "{extra}");
        let forged = foreign.signed(&header, &RSA_PKCS1_SHA256);
        assert_eq!(pool.verify(&forged), Err(JwsError::BadSignature), "{extra}");
        let genuine = pool.signed(&header, &RSA_PKCS1_SHA256);
        assert!(pool.verify(&genuine).is_ok(), "{extra}");
    }
}
