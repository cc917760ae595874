//! A client of `USER_SRP_AUTH`, in other big numbers than the server's.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use num_bigint::BigUint;
use poolhouse_crypto::hash::sha256;
use poolhouse_model::{RngExt, UserPoolId};
use poolhouse_service::Challenge;

use crate::rng::SeededRng;

static VECTORS: LazyLock<serde_json::Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../spec/srp-vectors.json"))
        .expect("the vectors are JSON")
});

static MODULUS: LazyLock<BigUint> = LazyLock::new(|| number(vector("N_hex")));

fn vector(name: &str) -> &'static str {
    VECTORS[name].as_str().expect("the vector is text")
}

fn number(hex: &str) -> BigUint {
    BigUint::parse_bytes(hex.as_bytes(), 16).expect("the number is hexadecimal")
}

/// What the client needs of a `PASSWORD_VERIFIER` challenge.
#[derive(Clone, Debug)]
pub struct SrpChallenge {
    /// `SALT`
    pub salt: String,
    /// `SRP_B`
    pub srp_b: String,
    /// `SECRET_BLOCK`
    pub secret_block: String,
    /// `USER_ID_FOR_SRP`
    pub user_id: String,
}

impl SrpChallenge {
    /// Reads a challenge of the service.
    pub fn of(challenge: &Challenge) -> Self {
        Self::read(|name| challenge.parameters.get(name).cloned())
    }

    /// Reads `ChallengeParameters` by their names.
    pub fn read(find: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name: &str| find(name).unwrap_or_else(|| panic!("{name} is missing"));
        Self {
            salt: get("SALT"),
            srp_b: get("SRP_B"),
            secret_block: get("SECRET_BLOCK"),
            user_id: get("USER_ID_FOR_SRP"),
        }
    }
}

/// The client's half of an exchange.
pub struct SrpClient {
    secret: BigUint,
    public: BigUint,
}

impl SrpClient {
    /// Draws a secret exponent.
    pub fn new(rng: &SeededRng) -> Self {
        let secret = BigUint::from_bytes_be(&rng.bytes::<32>());
        let public = BigUint::from(2_u8).modpow(&secret, &MODULUS);
        Self { secret, public }
    }

    /// The `SRP_A` to send.
    pub fn srp_a(&self) -> String {
        self.public.to_str_radix(16)
    }

    /// The `PASSWORD_CLAIM_SIGNATURE` for a password.
    pub fn signature(
        &self,
        pool_id: &UserPoolId,
        challenge: &SrpChallenge,
        password: &str,
        timestamp: &str,
    ) -> String {
        let (_, pool_name) = pool_id
            .as_str()
            .split_once('_')
            .expect("the pool id has a name");
        let key = self.key(pool_name, challenge, password);
        let block = STANDARD
            .decode(&challenge.secret_block)
            .expect("the secret block is Base64");
        let message = [
            pool_name.as_bytes(),
            challenge.user_id.as_bytes(),
            &block,
            timestamp.as_bytes(),
        ];
        STANDARD.encode(hmac(&key, &message.concat()))
    }

    #[expect(clippy::many_single_char_names, reason = "the letters of RFC 5054")]
    fn key(&self, pool_name: &str, challenge: &SrpChallenge, password: &str) -> [u8; 16] {
        let (n, b) = (&*MODULUS, number(&challenge.srp_b));
        let user_id = &challenge.user_id;
        let identity = sha256(format!("{pool_name}{user_id}:{password}").as_bytes());
        let salt = pad_hex(&number(&challenge.salt));
        let x = BigUint::from_bytes_be(&sha256(&[salt, identity.to_vec()].concat()));
        let u = sha256(&[pad_hex(&self.public), pad_hex(&b)].concat());
        let u = BigUint::from_bytes_be(&u);
        let masked = number(vector("k_hex")) * BigUint::from(2_u8).modpow(&x, n) % n;
        let base = (b + n - masked) % n;
        let s = base.modpow(&(&self.secret + &u * x), n);
        let prk = hmac(&pad_hex(&u), &pad_hex(&s));
        let mut key = [0; 16];
        key.copy_from_slice(&hmac(&prk, b"Caldera Derived Key\x01")[..16]);
        key
    }
}

/// The bytes of a number as `BigInteger.toByteArray` gives them.
fn pad_hex(number: &BigUint) -> Vec<u8> {
    let mut text = number.to_str_radix(16);
    if text.len() % 2 == 1 {
        text.insert(0, '0');
    } else if b"89abcdef".contains(&text.as_bytes()[0]) {
        text.insert_str(0, "00");
    }
    hex::decode(text).expect("the digits are even in number")
}

/// HMAC-SHA-256 by its definition.
/// Source: RFC 2104 section 2.
fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut block = [0; 64];
    match key.len() {
        0..=64 => block[..key.len()].copy_from_slice(key),
        _ => block[..32].copy_from_slice(&sha256(key)),
    }
    let inner = sha256(&[&block.map(|byte| byte ^ 0x36), message].concat());
    sha256(&[&block.map(|byte| byte ^ 0x5c)[..], &inner].concat())
}
