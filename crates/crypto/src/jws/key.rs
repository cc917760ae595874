//! RSA keys that sign and check tokens.

use std::fmt;

use aws_lc_rs::{
    encoding::AsDer,
    rsa::{KeyPair, KeySize, PublicKey},
    signature::{KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use zeroize::Zeroizing;

use crate::{SystemRng, hash::sha256};

/// Bits of the modulus of a key made here.
/// Source: AWS developer guide, "Verifying JSON web tokens".
const MODULUS_BITS: usize = 2048;

/// Why a key could not be made or read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The generator gave no key.
    #[error("no RSA key could be generated")]
    NotGenerated,
    /// The bytes are no RSA private key of 2,048 bits in PKCS #8.
    #[error("the bytes are no 2048-bit RSA private key in PKCS #8")]
    NotAPrivateKey,
    /// The bytes are no RSA public key of 2,048 to 8,192 bits.
    #[error("the bytes are no usable RSA public key")]
    NotAPublicKey,
}

/// A private RSA key of 2,048 bits with everything a signature needs prepared.
pub struct SigningKey {
    pair: KeyPair,
    public: VerifyingKey,
    encoded_header: String,
    rng: SystemRng,
}

impl SigningKey {
    /// Generates a key, some 100 ms; the randomness is the system's, drawn inside aws-lc.
    /// # Errors
    /// [`KeyError::NotGenerated`].
    pub fn generate() -> Result<Self, KeyError> {
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError::NotGenerated)?;
        Self::prepare(pair).ok_or(KeyError::NotGenerated)
    }

    /// Reads a key from PKCS #8 DER.
    /// # Errors
    /// [`KeyError::NotAPrivateKey`].
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, KeyError> {
        let pair = KeyPair::from_pkcs8(der).map_err(|_| KeyError::NotAPrivateKey)?;
        if pair.public_modulus_len() * 8 != MODULUS_BITS {
            return Err(KeyError::NotAPrivateKey);
        }
        Self::prepare(pair).ok_or(KeyError::NotAPrivateKey)
    }

    fn prepare(pair: KeyPair) -> Option<Self> {
        let public = VerifyingKey::new(pair.public_key())?;
        // A kid is base64, which JSON needs no escape for.
        let header = format!(r#"{{"kid":"{}","alg":"RS256"}}"#, public.kid);
        let encoded_header = URL_SAFE_NO_PAD.encode(header);
        Some(Self {
            pair,
            public,
            encoded_header,
            rng: SystemRng::new(),
        })
    }

    /// The key in PKCS #8 DER, to be sealed.
    /// # Panics
    /// When memory runs out.
    pub fn to_pkcs8(&self) -> Zeroizing<Vec<u8>> {
        let der = self.pair.as_der().expect("a key in memory has an encoding");
        Zeroizing::new(der.as_ref().to_vec())
    }

    /// The id of the key, see [`VerifyingKey::kid`].
    pub fn kid(&self) -> &str {
        &self.public.kid
    }

    /// The public half.
    pub fn public_key(&self) -> VerifyingKey {
        self.public.clone()
    }

    /// Signs a payload and returns the compact JWS, about 0.7 ms.
    ///
    /// The header is `{"kid":"...","alg":"RS256"}`, in this order and without `typ`.
    /// Source: decoded tokens of the service.
    /// # Panics
    /// When memory runs out.
    pub fn sign(&self, payload_json: &[u8]) -> String {
        let mut signature = [0; MODULUS_BITS / 8];
        let length = self.encoded_header.len() + (payload_json.len() + signature.len()) * 4 / 3 + 8;
        let mut token = String::with_capacity(length);
        token.push_str(&self.encoded_header);
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(payload_json, &mut token);
        self.pair
            .sign(
                &RSA_PKCS1_SHA256,
                self.rng.as_secure_random(),
                token.as_bytes(),
                &mut signature,
            )
            .expect("a 2048-bit key signs any message into 256 bytes");
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        token
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("kid", &self.public.kid)
            .finish_non_exhaustive()
    }
}

/// A public RSA key, parsed once.
#[derive(Clone)]
pub struct VerifyingKey {
    kid: String,
    spki: Vec<u8>,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
    parsed: ParsedPublicKey,
}

impl VerifyingKey {
    fn new(key: &PublicKey) -> Option<Self> {
        let spki = AsDer::as_der(key).ok()?.as_ref().to_vec();
        let parsed = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &spki).ok()?;
        let kid = STANDARD.encode(sha256(&spki));
        let modulus = key.modulus().big_endian_without_leading_zero().to_vec();
        let exponent = key.exponent().big_endian_without_leading_zero().to_vec();
        let is_allowed = (MODULUS_BITS / 8..=1024).contains(&modulus.len());
        is_allowed.then_some(Self {
            kid,
            spki,
            modulus,
            exponent,
            parsed,
        })
    }

    /// Reads a `SubjectPublicKeyInfo` or an `RSAPublicKey` in DER.
    /// # Errors
    /// [`KeyError::NotAPublicKey`], also for a modulus below 2,048 or above 8,192 bits.
    pub fn from_der(der: &[u8]) -> Result<Self, KeyError> {
        let key = PublicKey::from_der(der).map_err(|_| KeyError::NotAPublicKey)?;
        Self::new(&key).ok_or(KeyError::NotAPublicKey)
    }

    /// The key as `SubjectPublicKeyInfo` in DER.
    pub fn to_der(&self) -> &[u8] {
        &self.spki
    }

    /// The key's id: standard base64, with padding, of the SHA-256 of its `SubjectPublicKeyInfo`.
    ///
    /// Source: decoded headers of the service, whose `kid` has this shape.
    /// Inferred: what the service hashes.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The modulus, big-endian without leading zeros.
    pub fn modulus(&self) -> &[u8] {
        &self.modulus
    }

    /// The public exponent, big-endian without leading zeros.
    pub fn exponent(&self) -> &[u8] {
        &self.exponent
    }

    /// Tells whether `signature` is this key's over `message`.
    pub(crate) fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        self.parsed.verify_sig(message, signature).is_ok()
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyingKey")
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_pkcs8_and_signs_the_same() {
        let key = SigningKey::generate().unwrap();
        let again = SigningKey::from_pkcs8(&key.to_pkcs8()).unwrap();
        assert_eq!(again.kid(), key.kid());
        assert_eq!(again.sign(b"{}"), key.sign(b"{}"));
        let public = VerifyingKey::from_der(key.public_key().to_der()).unwrap();
        assert_eq!(public.kid(), key.kid());
        assert_eq!(public.modulus().len(), 256);
        assert_eq!(public.exponent(), [1, 0, 1]);
    }

    #[test]
    fn a_kid_is_44_characters_of_padded_base64() {
        let key = SigningKey::generate().unwrap();
        assert_eq!(key.kid().len(), 44);
        assert_eq!(
            STANDARD.decode(key.kid()).unwrap(),
            sha256(key.public_key().to_der())
        );
        assert_ne!(key.kid(), SigningKey::generate().unwrap().kid());
    }

    #[test]
    fn the_header_has_the_two_members_in_order() {
        let key = SigningKey::generate().unwrap();
        let token = key.sign(br#"{"sub":"x"}"#);
        let header = URL_SAFE_NO_PAD
            .decode(token.split('.').next().unwrap())
            .unwrap();
        let expected = format!(r#"{{"kid":"{}","alg":"RS256"}}"#, key.kid());
        assert_eq!(String::from_utf8(header).unwrap(), expected);
    }

    #[test]
    fn other_bytes_and_other_sizes_are_no_keys() {
        assert_eq!(
            SigningKey::from_pkcs8(b"").err(),
            Some(KeyError::NotAPrivateKey)
        );
        assert_eq!(
            VerifyingKey::from_der(b"junk").err(),
            Some(KeyError::NotAPublicKey)
        );
        let large = KeyPair::generate(KeySize::Rsa3072).unwrap();
        let der = large.as_der().unwrap();
        assert_eq!(
            SigningKey::from_pkcs8(der.as_ref()).err(),
            Some(KeyError::NotAPrivateKey)
        );
    }

    #[test]
    fn debug_prints_only_the_kid() {
        let key = SigningKey::generate().unwrap();
        assert_eq!(
            format!("{key:?}"),
            format!("SigningKey {{ kid: {:?}, .. }}", key.kid())
        );
    }
}
