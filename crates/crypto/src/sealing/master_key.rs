//! The master key and the data keys that it wraps.

use aws_lc_rs::hkdf;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use poolhouse_model::{Rng, RngExt, SecretString, UserPoolId};
use zeroize::Zeroizing;

use super::{
    KEY_ID_BYTES, NONCE_BYTES, SealError, VERSION, aead_key, derive, derive_id, encode_context,
    open_bytes, seal_tail, take,
};
use crate::constant_time;
use crate::hash::hmac_sha256;

/// Bytes of a master key and of a data key.
pub const KEY_BYTES: usize = 32;

/// The key outside the database, under which the pools' data keys are wrapped.
pub struct MasterKey {
    bytes: Zeroizing<[u8; KEY_BYTES]>,
    derived: hkdf::Prk,
    id: [u8; KEY_ID_BYTES],
}

impl MasterKey {
    /// Draws a new key.
    pub fn generate(rng: &dyn Rng) -> Self {
        Self::of(Zeroizing::new(rng.bytes()))
    }

    /// Takes the key's 32 bytes.
    /// # Errors
    /// [`SealError::BadKey`] for another length, or one byte repeated.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SealError> {
        let key: [u8; KEY_BYTES] = bytes.try_into().map_err(|_| SealError::BadKey)?;
        if key.iter().all(|byte| *byte == key[0]) {
            return Err(SealError::BadKey);
        }
        Ok(Self::of(Zeroizing::new(key)))
    }

    /// Reads 64 hexadecimal digits or 44 characters of base64; white space around is ignored.
    /// # Errors
    /// [`SealError::BadKey`].
    pub fn parse(text: &SecretString) -> Result<Self, SealError> {
        let text = text.expose().trim();
        let decoded = if text.len() == 2 * KEY_BYTES {
            hex::decode(text).ok()
        } else {
            STANDARD.decode(text).ok()
        };
        Self::from_bytes(&Zeroizing::new(decoded.ok_or(SealError::BadKey)?))
    }

    fn of(bytes: Zeroizing<[u8; KEY_BYTES]>) -> Self {
        let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"poolhouse master key");
        let derived = salt.extract(&*bytes);
        let id = derive_id(&derived);
        Self { bytes, derived, id }
    }

    /// The key as 64 hexadecimal digits, for the file it is kept in.
    pub fn to_hex(&self) -> SecretString {
        hex::encode(*self.bytes).into()
    }

    /// A text to store beside the data, by which a wrong key is noticed at start.
    pub fn check_value(&self) -> String {
        hex::encode(*derive(&self.derived, &[b"check value"]))
    }

    /// Tells whether a stored check value is this key's.
    pub fn has_check_value(&self, stored: &str) -> bool {
        constant_time::equal(self.check_value().as_bytes(), stored.as_bytes())
    }

    /// Computes HMAC-SHA-256 of `data` under a key derived for `label`, for texts that belong to no
    /// pool.
    pub fn mac(&self, label: &str, data: &[u8]) -> [u8; 32] {
        hmac_sha256(
            &*derive(&self.derived, &[b"mac", label.as_bytes()]),
            &[data],
        )
    }

    fn wrap(&self, key: &DataKey, pool_id: &UserPoolId, rng: &dyn Rng) -> Vec<u8> {
        let nonce = rng.bytes();
        let mut wrapped = vec![VERSION];
        wrapped.extend_from_slice(&self.id);
        wrapped.extend_from_slice(&nonce);
        let start = wrapped.len();
        wrapped.extend_from_slice(&*key.0);
        seal_tail(
            &self.wrapping_key(),
            nonce,
            &self.context(pool_id),
            &mut wrapped,
            start,
        );
        wrapped
    }

    fn wrapping_key(&self) -> aws_lc_rs::aead::LessSafeKey {
        aead_key(&derive(&self.derived, &[b"data key"]))
    }

    fn context(&self, pool_id: &UserPoolId) -> Vec<u8> {
        encode_context(&[
            b"data key",
            &[VERSION],
            pool_id.as_str().as_bytes(),
            &self.id,
        ])
    }
}

/// The master key in force and, while keys are changed, the one before it.
pub struct MasterKeys {
    current: MasterKey,
    previous: Option<MasterKey>,
}

/// A data key that was opened.
pub struct UnwrappedDataKey {
    /// The key.
    pub key: DataKey,
    /// It was wrapped under the previous master key and should be wrapped anew.
    pub needs_rewrap: bool,
}

impl MasterKeys {
    /// Wraps under `current`, opens under both.
    pub fn new(current: MasterKey, previous: Option<MasterKey>) -> Self {
        Self { current, previous }
    }

    /// The key in force.
    pub fn current(&self) -> &MasterKey {
        &self.current
    }

    /// Tells whether a stored check value belongs to one of the keys.
    pub fn knows_check_value(&self, stored: &str) -> bool {
        self.all().any(|key| key.has_check_value(stored))
    }

    /// Wraps a pool's data key under the key in force.
    pub fn wrap(&self, key: &DataKey, pool_id: &UserPoolId, rng: &dyn Rng) -> Vec<u8> {
        self.current.wrap(key, pool_id, rng)
    }

    /// Opens a pool's data key.
    /// # Errors
    /// [`SealError::UnknownKey`] under another master key; [`SealError::Damaged`], also for
    /// another pool's.
    pub fn unwrap(
        &self,
        wrapped: &[u8],
        pool_id: &UserPoolId,
    ) -> Result<UnwrappedDataKey, SealError> {
        let mut rest = wrapped;
        if take(&mut rest, 1)? != [VERSION] {
            return Err(SealError::Damaged);
        }
        let id = take(&mut rest, KEY_ID_BYTES)?;
        let master = self
            .all()
            .find(|key| key.id == id)
            .ok_or(SealError::UnknownKey)?;
        let nonce = take(&mut rest, NONCE_BYTES)?;
        let opened = open_bytes(
            &master.wrapping_key(),
            nonce,
            &master.context(pool_id),
            rest,
        )?;
        let bytes = opened
            .as_slice()
            .try_into()
            .map_err(|_| SealError::Damaged)?;
        let needs_rewrap = master.id != self.current.id;
        Ok(UnwrappedDataKey {
            key: DataKey(Zeroizing::new(bytes)),
            needs_rewrap,
        })
    }

    fn all(&self) -> impl Iterator<Item = &MasterKey> {
        std::iter::once(&self.current).chain(&self.previous)
    }
}

/// The random key of one pool, from which [`super::PoolSealer`] derives all others.
pub struct DataKey(pub(super) Zeroizing<[u8; KEY_BYTES]>);

impl DataKey {
    /// Draws a new key.
    pub fn generate(rng: &dyn Rng) -> Self {
        Self(Zeroizing::new(rng.bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded_rng::SeededRng;

    fn pool() -> UserPoolId {
        UserPoolId::new("us-east-1_AbCdEf123")
    }

    #[test]
    fn a_key_is_read_from_hexadecimal_and_base64() {
        let key = MasterKey::generate(&SeededRng::new(1));
        let hex = MasterKey::parse(&format!(" {}\n", key.to_hex().expose()).into()).unwrap();
        assert!(hex.has_check_value(&key.check_value()));
        let base64 = MasterKey::parse(&STANDARD.encode(*key.bytes).into()).unwrap();
        assert!(base64.has_check_value(&key.check_value()));
    }

    #[test]
    fn s07_a_master_key_that_nobody_drew_at_random_is_refused() {
        let zeros = "0".repeat(64);
        let ones = "f".repeat(64);
        for text in [
            "",
            "secret",
            &zeros,
            &ones,
            &"z1".repeat(32),
            &"ab".repeat(31),
            "AAAA",
        ] {
            let read = MasterKey::parse(&(*text).into());
            assert_eq!(read.err(), Some(SealError::BadKey), "{text}");
        }
    }

    #[test]
    fn s07_a_wrong_master_key_is_named_by_its_check_value() {
        let rng = SeededRng::new(2);
        let (one, other) = (MasterKey::generate(&rng), MasterKey::generate(&rng));
        let stored = one.check_value();
        assert!(!stored.contains(one.to_hex().expose()));
        assert!(!other.has_check_value(&stored));
        assert!(!one.has_check_value(""));
        assert!(!MasterKeys::new(other, None).knows_check_value(&stored));
        let third = MasterKey::generate(&rng);
        assert!(MasterKeys::new(third, Some(one)).knows_check_value(&stored));
    }

    #[test]
    fn a_data_key_outlives_one_change_of_the_master_key() {
        let rng = SeededRng::new(3);
        let first = MasterKeys::new(MasterKey::generate(&rng), None);
        let key = DataKey::generate(&rng);
        let wrapped = first.wrap(&key, &pool(), &rng);
        let opened = first.unwrap(&wrapped, &pool()).unwrap();
        assert!(!opened.needs_rewrap);
        assert_eq!(*opened.key.0, *key.0);

        let second = MasterKeys::new(MasterKey::generate(&rng), Some(first.current));
        let opened = second.unwrap(&wrapped, &pool()).unwrap();
        assert!(opened.needs_rewrap);
        let rewrapped = second.wrap(&opened.key, &pool(), &rng);
        assert!(!second.unwrap(&rewrapped, &pool()).unwrap().needs_rewrap);

        let third = MasterKeys::new(MasterKey::generate(&rng), Some(second.current));
        assert_eq!(
            third.unwrap(&wrapped, &pool()).err(),
            Some(SealError::UnknownKey)
        );
    }

    #[test]
    fn s07_a_wrapped_key_of_another_pool_or_changed_anywhere_is_refused() {
        let rng = SeededRng::new(4);
        let masters = MasterKeys::new(MasterKey::generate(&rng), None);
        let key = DataKey::generate(&rng);
        let wrapped = masters.wrap(&key, &pool(), &rng);
        assert!(
            !wrapped
                .windows(8)
                .any(|window| key.0.windows(8).any(|secret| secret == window))
        );
        let other = UserPoolId::new("us-east-1_AbCdEf124");
        assert_eq!(
            masters.unwrap(&wrapped, &other).err(),
            Some(SealError::Damaged)
        );
        for bit in 0..wrapped.len() * 8 {
            let mut changed = wrapped.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(masters.unwrap(&changed, &pool()).is_err(), "bit {bit}");
        }
        for length in 0..wrapped.len() {
            assert!(
                masters.unwrap(&wrapped[..length], &pool()).is_err(),
                "cut to {length}"
            );
        }
    }
}
