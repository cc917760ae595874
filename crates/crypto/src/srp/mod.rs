//! The server's side of SRP-6a as Cognito's clients compute it (`USER_SRP_AUTH`).
//!
//! Source: amazon-cognito-identity-js and pycognito, whose arithmetic is identical; RFC 5054 for
//! the protocol. H is SHA-256, the group is the 3072-bit one of RFC 3526.
//!
//! A sign-in runs: [`parse_srp_a`], [`EphemeralStock::take`], [`public_b`]; the answer later
//! [`session_key`], [`timestamp::parse`], [`PasswordClaim::verify`].

mod claim;
mod ephemeral;
mod generator;
mod group;
mod salt;
pub mod timestamp;
mod unknown_user;
#[cfg(test)]
mod vectors;

use crypto_bigint::{U256, U3072, Uint};
use poolhouse_model::SecretString;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

pub use claim::PasswordClaim;
pub use ephemeral::{Ephemeral, EphemeralStock, SECRET_BYTES, ServerSecret};
pub use salt::Salt;
pub use unknown_user::{fake_salt, fake_uuid, fake_verifier};

use crate::hash::{hmac_sha256, sha256_of};
use generator::generator_power;
use group::{ELEMENT_BYTES, Element, MULTIPLIER, b2, element_bytes, read_element};

/// Most hex digits of an `SRP_A` that are looked at; N itself has 768.
const MAX_A_DIGITS: usize = 1024;

/// Label of the key derivation.
/// Source: amazon-cognito-identity-js `AuthenticationHelper`.
const KEY_LABEL: &[u8] = b"Caldera Derived Key\x01";

/// Why a number of the exchange was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SrpError {
    /// Empty, signed, or with another character than a hexadecimal digit.
    #[error("the number is not hexadecimal")]
    NotHex,
    /// More digits than any honest client sends.
    #[error("the number has too many digits")]
    TooLong,
    /// Zero, or at least the modulus: all multiples of the modulus are among these.
    #[error("the number is zero or not below the modulus")]
    OutOfRange,
    /// The hash u of both public numbers is zero.
    #[error("the public numbers hash to zero")]
    ZeroScrambler,
    /// Stored bytes that were not written by this module.
    #[error("the stored bytes are malformed")]
    Malformed,
}

/// The client's public number A, in 1..N.
#[derive(Clone, Debug)]
pub struct SrpA(U3072);

/// The server's public number B, in 1..N.
#[derive(Clone, Debug)]
pub struct SrpB(U3072);

macro_rules! public_number {
    ($name:ident) => {
        impl $name {
            /// The number's 384 big-endian bytes.
            pub fn to_bytes(&self) -> [u8; ELEMENT_BYTES] {
                element_bytes(&self.0)
            }

            /// Reads big-endian bytes.
            /// # Errors
            /// [`SrpError::OutOfRange`] unless the number lies in 1..N.
            pub fn from_bytes(bytes: &[u8]) -> Result<Self, SrpError> {
                read_element(bytes).map(Self).ok_or(SrpError::OutOfRange)
            }

            /// Lower-case hexadecimal without leading zeros, the form on the wire.
            pub fn to_hex(&self) -> String {
                number_hex(&self.to_bytes())
            }
        }
    };
}

public_number!(SrpA);
public_number!(SrpB);

/// A salt and the verifier v = g^x that stands for a password.
#[derive(Clone)]
pub struct SrpVerifier {
    salt: Salt,
    verifier: U3072,
}

impl Drop for SrpVerifier {
    fn drop(&mut self) {
        self.verifier.zeroize();
    }
}

impl ZeroizeOnDrop for SrpVerifier {}

impl SrpVerifier {
    /// Takes a verifier that a client computed, as a device does of its own password.
    /// # Errors
    /// [`SrpError::OutOfRange`] unless the big-endian number lies in 1..N.
    pub fn from_parts(salt: Salt, verifier: &[u8]) -> Result<Self, SrpError> {
        let verifier = read_element(verifier).ok_or(SrpError::OutOfRange)?;
        Ok(Self { salt, verifier })
    }

    /// The salt, which the challenge shows.
    pub fn salt(&self) -> &Salt {
        &self.salt
    }

    /// 384 bytes of verifier and then the salt, to be sealed: whoever reads them can guess
    /// passwords offline and can play the server.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(ELEMENT_BYTES + 64));
        bytes.extend_from_slice(&element_bytes(&self.verifier));
        bytes.extend_from_slice(self.salt.as_bytes());
        bytes
    }

    /// Reads what [`SrpVerifier::to_bytes`] gave.
    /// # Errors
    /// [`SrpError::Malformed`] for anything else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SrpError> {
        let (verifier, salt) = bytes
            .split_at_checked(ELEMENT_BYTES)
            .ok_or(SrpError::Malformed)?;
        let salt = Salt::from_bytes(salt).map_err(|_| SrpError::Malformed)?;
        Self::from_parts(salt, verifier).map_err(|_| SrpError::Malformed)
    }
}

/// Computes the verifier of a password, about 0.4 ms.
///
/// `pool_name` is the pool id's part after the `_`, `user_id` the immutable `USER_ID_FOR_SRP`.
pub fn verifier(
    pool_name: &str,
    user_id: &str,
    password: &SecretString,
    salt: Salt,
) -> SrpVerifier {
    let x = private_exponent(pool_name, user_id, password, &salt);
    let verifier = generator_power(&x).retrieve();
    SrpVerifier { salt, verifier }
}

/// x = H(B2(salt) ‖ H(pool name ‖ user id ‖ ":" ‖ password)).
fn private_exponent(
    pool_name: &str,
    user_id: &str,
    password: &SecretString,
    salt: &Salt,
) -> Zeroizing<U256> {
    let identity = Zeroizing::new(sha256_of(&[
        pool_name.as_bytes(),
        user_id.as_bytes(),
        b":",
        password.expose().as_bytes(),
    ]));
    let [sign, digits] = b2(salt.as_bytes());
    let x = Zeroizing::new(sha256_of(&[sign, digits, &*identity]));
    Zeroizing::new(U256::from_be_slice(&*x))
}

/// Reads `SRP_A`.
///
/// Every honest A is below N, so that refusing the rest refuses all multiples of N.
/// # Errors
/// [`SrpError::NotHex`], [`SrpError::TooLong`] beyond 1,024 digits, [`SrpError::OutOfRange`].
pub fn parse_srp_a(text: &str) -> Result<SrpA, SrpError> {
    if text.len() > MAX_A_DIGITS {
        return Err(SrpError::TooLong);
    }
    SrpA::from_bytes(&decode_hex(text)?)
}

/// Computes B = k·v + g^b.
pub fn public_b(verifier: &SrpVerifier, ephemeral: &Ephemeral) -> SrpB {
    let masked = MULTIPLIER.mul(&Element::new(&verifier.verifier));
    SrpB(masked.add(&Element::new(&ephemeral.power)).retrieve())
}

/// Computes the key of 16 bytes that both sides share if the client knew the password.
///
/// Two exponentiations, about 2.5 ms.
/// # Errors
/// [`SrpError::ZeroScrambler`] when u is zero.
pub fn session_key(
    a: &SrpA,
    b: &SrpB,
    secret: &ServerSecret,
    verifier: &SrpVerifier,
) -> Result<Zeroizing<[u8; 16]>, SrpError> {
    let u = scrambler(a, b);
    if u == [0; 32] {
        return Err(SrpError::ZeroScrambler);
    }
    let s = premaster(a, &u, &secret.0, verifier);
    Ok(derive_key(&u, &s))
}

/// u = H(B2(A) ‖ B2(B)).
fn scrambler(a: &SrpA, b: &SrpB) -> [u8; 32] {
    let (a, b) = (a.to_bytes(), b.to_bytes());
    let [[a_sign, a_digits], [b_sign, b_digits]] = [b2(&a), b2(&b)];
    sha256_of(&[a_sign, a_digits, b_sign, b_digits])
}

/// S = (A · v^u)^b.
fn premaster<const LIMBS: usize>(
    a: &SrpA,
    u: &[u8; 32],
    secret: &Uint<LIMBS>,
    verifier: &SrpVerifier,
) -> Zeroizing<[u8; ELEMENT_BYTES]> {
    let masked = power(&Element::new(&verifier.verifier), &U256::from_be_slice(u));
    let base = Zeroizing::new(Element::new(&a.0).mul(&masked));
    let s = Zeroizing::new(power(&base, secret).retrieve());
    Zeroizing::new(element_bytes(&s))
}

/// Computes base^exponent by almost Montgomery multiplication, which reduces fully only at the
/// end: a fifth faster than `Element::pow`. The time depends on the exponent's type alone.
fn power<const LIMBS: usize>(base: &Element, exponent: &Uint<LIMBS>) -> Zeroizing<Element> {
    let bits = Uint::<LIMBS>::BITS;
    let exponent: Zeroizing<U3072> = Zeroizing::new(exponent.resize());
    Zeroizing::new(base.pow_amm_bounded_exp(&exponent, bits))
}

/// The first 16 bytes of HKDF with salt B2(u) and input B2(S).
fn derive_key(u: &[u8; 32], s: &[u8; ELEMENT_BYTES]) -> Zeroizing<[u8; 16]> {
    let salt = b2(u).concat();
    let prk = Zeroizing::new(hmac_sha256(&salt, &b2(s)));
    let block = Zeroizing::new(hmac_sha256(&*prk, &[KEY_LABEL]));
    let mut key = Zeroizing::new([0; 16]);
    key.copy_from_slice(&block[..16]);
    key
}

/// Decodes hexadecimal text of any case and an even or odd number of digits, at least one.
fn decode_hex(text: &str) -> Result<Vec<u8>, SrpError> {
    if text.is_empty() {
        return Err(SrpError::NotHex);
    }
    let decoded = if text.len().is_multiple_of(2) {
        hex::decode(text)
    } else {
        hex::decode(format!("0{text}"))
    };
    decoded.map_err(|_| SrpError::NotHex)
}

/// Writes a big-endian number as `BigInteger.toString(16)` does.
fn number_hex(bytes: &[u8]) -> String {
    hex::encode(bytes).trim_start_matches('0').to_owned()
}
