//! The published vectors and an independent client run against the server's side.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use crypto_bigint::{U256, Uint};
use num_bigint::BigUint;
use poolhouse_model::RngExt;
use serde_json::Value;

use super::generator::GENERATOR;
use super::*;
use crate::{hash::sha256, seeded_rng::SeededRng};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../../../../spec/srp-vectors.json")).unwrap()
}

fn modulus() -> BigUint {
    BigUint::parse_bytes(vectors()["N_hex"].as_str().unwrap().as_bytes(), 16).unwrap()
}

fn wide_exponent(hex_text: &str) -> Uint<16> {
    Uint::from_be_hex(&format!("{hex_text:0>256}"))
}

fn check_exchange(vector: &Value, pool_name: &str, user_id: &str, password: &str) {
    let text = |name: &str| vector[name].as_str().unwrap();
    let salt = Salt::from_hex(text("salt_hex")).unwrap();
    assert_eq!(salt.to_hex(), text("salt_hex"));
    let password = SecretString::new(password);
    if let Some(x) = vector["x_hex"].as_str() {
        let computed = private_exponent(pool_name, user_id, &password, &salt);
        assert_eq!(*computed, U256::from_be_hex(x));
    }
    let verifier = verifier(pool_name, user_id, &password, salt);
    assert_eq!(
        number_hex(&element_bytes(&verifier.verifier)),
        text("verifier_hex")
    );

    let secret = wide_exponent(text("b_hex"));
    let power = GENERATOR.pow(&secret).retrieve();
    let unused = ServerSecret(U256::ONE);
    let b = public_b(
        &verifier,
        &Ephemeral {
            secret: unused,
            power,
        },
    );
    assert_eq!(b.to_hex(), text("B_hex"));

    let a = parse_srp_a(text("A_hex")).unwrap();
    assert_eq!(a.to_hex(), text("A_hex"));
    let u = scrambler(&a, &b);
    assert_eq!(number_hex(&u), text("u_hex"));
    let s = premaster(&a, &u, &secret, &verifier);
    assert_eq!(number_hex(&*s), text("S_hex"));
    let key = derive_key(&u, &s);
    assert_eq!(hex::encode(*key), text("hkdf_key_hex"));
    if secret.bit_width() <= 256 {
        let narrow = ServerSecret(U256::from_be_hex(&format!("{:0>64}", text("b_hex"))));
        assert_eq!(session_key(&a, &b, &narrow, &verifier).unwrap(), key);
    }

    if let Some(signature) = vector["signature_b64"].as_str() {
        let secret_block = STANDARD.decode(text("secret_block_b64")).unwrap();
        let timestamp = text("timestamp");
        assert!(timestamp::parse(timestamp).is_some());
        let claim = PasswordClaim {
            pool_name,
            user_id,
            secret_block: &secret_block,
            timestamp,
        };
        assert!(claim.verify(&key, signature));
        assert!(!claim.verify(&[0; 16], signature));
    }
}

#[test]
fn the_vectors_are_met() {
    let vectors = vectors();
    let mut counts = [0; 2];
    for vector in vectors["vectors"].as_array().unwrap() {
        let text = |name: &str| vector[name].as_str().unwrap();
        if vector["kind"] == "device" {
            counts[1] += 1;
            let (group, key) = (text("device_group_key"), text("device_key"));
            check_exchange(vector, group, key, text("device_password"));
        } else {
            counts[0] += 1;
            let pool_name = text("pool_id").split_once('_').unwrap().1;
            check_exchange(vector, pool_name, text("user_id_for_srp"), text("password"));
        }
    }
    assert_eq!(counts, [10, 1]);
}

#[test]
fn a_verifier_that_a_device_made_is_read() {
    let vectors = vectors();
    let devices = vectors["vectors"].as_array().unwrap();
    let device = devices
        .iter()
        .find(|vector| vector["kind"] == "device")
        .unwrap();
    let bytes = |name: &str| {
        STANDARD
            .decode(device["confirm_device"][name].as_str().unwrap())
            .unwrap()
    };
    let salt = Salt::from_bytes(&bytes("Salt")).unwrap();
    assert_eq!(salt.to_hex(), device["salt_hex"].as_str().unwrap());
    let verifier = SrpVerifier::from_parts(salt, &bytes("PasswordVerifier")).unwrap();
    let hex = number_hex(&element_bytes(&verifier.verifier));
    assert_eq!(hex, device["verifier_hex"].as_str().unwrap());
}

/// What a client computes, in other big numbers than the server's.
struct Client {
    secret: BigUint,
    public: BigUint,
}

fn pad_hex(number: &BigUint) -> Vec<u8> {
    let mut text = number.to_str_radix(16);
    if text.len() % 2 == 1 {
        text.insert(0, '0');
    } else if b"89abcdef".contains(&text.as_bytes()[0]) {
        text.insert_str(0, "00");
    }
    hex::decode(text).unwrap()
}

impl Client {
    fn new(rng: &SeededRng) -> Self {
        let secret = BigUint::from_bytes_be(&rng.bytes::<128>());
        let public = BigUint::from(2_u8).modpow(&secret, &modulus());
        Self { secret, public }
    }

    #[expect(clippy::many_single_char_names, reason = "the letters of RFC 5054")]
    fn key(&self, pool_name: &str, user_id: &str, password: &str, salt: &str, b: &str) -> [u8; 16] {
        let number = |text: &str| BigUint::parse_bytes(text.as_bytes(), 16).unwrap();
        let (n, b) = (modulus(), number(b));
        let identity = sha256(format!("{pool_name}{user_id}:{password}").as_bytes());
        let x = sha256(&[pad_hex(&number(salt)), identity.to_vec()].concat());
        let x = BigUint::from_bytes_be(&x);
        let u = sha256(&[pad_hex(&self.public), pad_hex(&b)].concat());
        let u = BigUint::from_bytes_be(&u);
        let k = number(vectors()["k_hex"].as_str().unwrap());
        let masked = k * BigUint::from(2_u8).modpow(&x, &n) % &n;
        let base = (b + &n - masked) % &n;
        let s = base.modpow(&(&self.secret + u.clone() * x), &n);
        let prk = hmac_sha256(&pad_hex(&u), &[&pad_hex(&s)]);
        hmac_sha256(&prk, &[b"Caldera Derived Key", &[1]])[..16]
            .try_into()
            .unwrap()
    }
}

const TIMESTAMP: &str = "Tue Nov 3 04:05:06 UTC 2026";

#[test]
fn s42_an_independent_client_gets_in_with_its_password_and_with_no_other() {
    let rng = SeededRng::new(42);
    let stock = EphemeralStock::new(1, std::sync::Arc::new(SeededRng::new(43))).unwrap();
    for round in 0..6 {
        let password = "pässword 🦀\0 end";
        let stored = verifier("Pool1", "alice", &password.into(), Salt::generate(&rng));
        let stored = SrpVerifier::from_bytes(&stored.to_bytes()).unwrap();
        let client = Client::new(&rng);
        let a = parse_srp_a(&client.public.to_str_radix(16)).unwrap();
        let ephemeral = stock.take();
        let b = public_b(&stored, &ephemeral);
        let secret = ServerSecret::from_bytes(&*ephemeral.secret.to_bytes()).unwrap();
        let server_key = session_key(&a, &b, &secret, &stored).unwrap();

        let salt = stored.salt().to_hex();
        let key = |user: &str, pass: &str| client.key("Pool1", user, pass, &salt, &b.to_hex());
        assert_eq!(key("alice", password), *server_key, "round {round}");
        assert_ne!(key("alice", "pässword 🦀"), *server_key);
        assert_ne!(key("Alice", password), *server_key);
    }
}

#[test]
fn s42_a_proof_for_another_user_pool_block_or_time_is_refused() {
    let key = [7; 16];
    let claim = PasswordClaim {
        pool_name: "Pool1",
        user_id: "alice",
        secret_block: b"block",
        timestamp: TIMESTAMP,
    };
    let signature = STANDARD.encode(claim.signature(&key));
    assert!(claim.verify(&key, &signature));
    assert!(
        !PasswordClaim {
            pool_name: "Pool2",
            ..claim
        }
        .verify(&key, &signature)
    );
    assert!(
        !PasswordClaim {
            user_id: "bob",
            ..claim
        }
        .verify(&key, &signature)
    );
    assert!(
        !PasswordClaim {
            secret_block: b"blocks",
            ..claim
        }
        .verify(&key, &signature)
    );
    let later = PasswordClaim {
        timestamp: "Tue Nov 3 04:05:07 UTC 2026",
        ..claim
    };
    assert!(!later.verify(&key, &signature));
    assert!(!claim.verify(&[8; 16], &signature));
    assert!(!claim.verify(&key, ""));
    assert!(!claim.verify(&key, signature.trim_end_matches('=')));
}

#[test]
fn s42_every_a_that_is_zero_modulo_n_or_no_number_is_refused() {
    let n = modulus();
    for factor in [0_u32, 1, 2, 3, 255, 65_536] {
        let text = (&n * factor).to_str_radix(16);
        assert_eq!(
            parse_srp_a(&text).err(),
            Some(SrpError::OutOfRange),
            "{factor}"
        );
        let padded = format!("000{text}");
        assert_eq!(
            parse_srp_a(&padded).err(),
            Some(SrpError::OutOfRange),
            "{factor}"
        );
    }
    let above = (&n + 1_u8).to_str_radix(16);
    assert_eq!(parse_srp_a(&above).err(), Some(SrpError::OutOfRange));
    for text in [
        "", "-1", "-2a", "+2", "0x2a", "xyz", "2a ", " 2a", "2 a", "2a\n", "２", "1e+9",
    ] {
        assert_eq!(parse_srp_a(text).err(), Some(SrpError::NotHex), "{text}");
    }
    assert_eq!(
        parse_srp_a(&"f".repeat(10_000)).err(),
        Some(SrpError::TooLong)
    );
    assert_eq!(
        parse_srp_a(&"0".repeat(10_000)).err(),
        Some(SrpError::TooLong)
    );
}

#[test]
fn the_largest_a_and_both_cases_are_read() {
    let largest = (modulus() - 1_u8).to_str_radix(16);
    assert_eq!(
        parse_srp_a(&largest.to_uppercase()).unwrap().to_hex(),
        largest
    );
    assert_eq!(parse_srp_a("0002A").unwrap().to_hex(), "2a");
}

#[test]
fn stored_bytes_that_were_cut_are_refused() {
    let stored = verifier(
        "Pool1",
        "alice",
        &"secret".into(),
        Salt::generate(&SeededRng::new(3)),
    );
    let bytes = stored.to_bytes();
    assert_eq!(bytes.len(), 400);
    for length in [0, 1, 383, 384] {
        let cut = SrpVerifier::from_bytes(&bytes[..length]);
        assert_eq!(cut.err(), Some(SrpError::Malformed), "{length}");
    }
}
