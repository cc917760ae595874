//! Everything that is sealed under one pool's data key.

use std::sync::OnceLock;

use aws_lc_rs::{aead::LessSafeKey, hkdf, hmac};
use poolhouse_model::{Rng, RngExt, UserPoolId};
use zeroize::Zeroizing;

use super::{
    DataKey, KEY_BYTES, KEY_ID_BYTES, NONCE_BYTES, Purpose, SealError, VERSION, aead_key, derive,
    derive_id, encode_context, open_bytes, seal_tail, take,
};
use crate::hash::hmac_sha256_with;

const PURPOSES: usize = Purpose::ALL.len();

/// Seals, opens and authenticates for one pool; each key is derived when first used and kept.
pub struct PoolSealer {
    pool_id: UserPoolId,
    derived: hkdf::Prk,
    key_id: [u8; KEY_ID_BYTES],
    sealing_keys: [OnceLock<Box<LessSafeKey>>; PURPOSES],
    mac_keys: [OnceLock<Box<hmac::Key>>; PURPOSES],
}

impl PoolSealer {
    /// Prepares the keys of `pool_id` from its data key.
    pub fn new(pool_id: UserPoolId, key: &DataKey) -> Self {
        let salt = hkdf::Salt::new(hkdf::HKDF_SHA256, b"poolhouse data key");
        let derived = salt.extract(&*key.0);
        let key_id = derive_id(&derived);
        let sealing_keys = [const { OnceLock::new() }; PURPOSES];
        let mac_keys = [const { OnceLock::new() }; PURPOSES];
        Self {
            pool_id,
            derived,
            key_id,
            sealing_keys,
            mac_keys,
        }
    }

    /// The pool.
    pub fn pool_id(&self) -> &UserPoolId {
        &self.pool_id
    }

    /// Seals what is stored in the row that `row` names within this pool and purpose.
    pub fn seal(&self, purpose: Purpose, row: &str, plaintext: &[u8], rng: &dyn Rng) -> Vec<u8> {
        let mut head = vec![VERSION];
        head.extend_from_slice(&self.key_id);
        self.seal_behind(
            purpose,
            &self.row_context(purpose, row),
            head,
            plaintext,
            rng,
        )
    }

    /// Opens what [`PoolSealer::seal`] gave for the same purpose and row.
    /// # Errors
    /// [`SealError::UnknownKey`] under another data key, else [`SealError::Damaged`].
    pub fn open(
        &self,
        purpose: Purpose,
        row: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let mut rest = sealed;
        if take(&mut rest, 1)? != [VERSION] {
            return Err(SealError::Damaged);
        }
        if take(&mut rest, KEY_ID_BYTES)? != self.key_id {
            return Err(SealError::UnknownKey);
        }
        let nonce = take(&mut rest, NONCE_BYTES)?;
        open_bytes(
            self.sealing_key(purpose),
            nonce,
            &self.row_context(purpose, row),
            rest,
        )
    }

    /// Seals what travels through a client; it begins with version, pool and key id in clear.
    pub fn seal_wire(&self, purpose: Purpose, plaintext: &[u8], rng: &dyn Rng) -> Vec<u8> {
        let head = self.wire_head();
        let context = wire_context(purpose, &head);
        self.seal_behind(purpose, &context, head, plaintext, rng)
    }

    /// Opens what [`PoolSealer::seal_wire`] gave for the same purpose.
    /// # Errors
    /// [`SealError::UnknownKey`] of another pool or data key, else [`SealError::Damaged`].
    pub fn open_wire(
        &self,
        purpose: Purpose,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let head = self.wire_head();
        let mut rest = sealed.strip_prefix(&*head).ok_or(SealError::UnknownKey)?;
        let nonce = take(&mut rest, NONCE_BYTES)?;
        open_bytes(
            self.sealing_key(purpose),
            nonce,
            &wire_context(purpose, &head),
            rest,
        )
    }

    /// The HMAC key of a purpose, for what is derived elsewhere.
    pub fn mac_key(&self, purpose: Purpose) -> Zeroizing<[u8; KEY_BYTES]> {
        derive(&self.derived, &[b"mac", purpose.name().as_bytes()])
    }

    /// Computes HMAC-SHA-256 under the key of a purpose, for names and codes that are compared
    /// but not kept.
    pub fn mac(&self, purpose: Purpose, data: &[u8]) -> [u8; 32] {
        let key = self.mac_keys[purpose.index()]
            .get_or_init(|| Box::new(hmac::Key::new(hmac::HMAC_SHA256, &*self.mac_key(purpose))));
        hmac_sha256_with(key, &[data])
    }

    /// Version, pool and key id, the clear part of a blob on the wire.
    pub(crate) fn wire_head(&self) -> Vec<u8> {
        let pool_id = self.pool_id.as_str();
        let length = u8::try_from(pool_id.len()).expect("a pool id has at most 55 characters");
        let mut head = vec![VERSION, length];
        head.extend_from_slice(pool_id.as_bytes());
        head.extend_from_slice(&self.key_id);
        head
    }

    /// Appends nonce, ciphertext and tag to `head`.
    pub(crate) fn seal_behind(
        &self,
        purpose: Purpose,
        context: &[u8],
        head: Vec<u8>,
        plaintext: &[u8],
        rng: &dyn Rng,
    ) -> Vec<u8> {
        let nonce = rng.bytes();
        let mut sealed = head;
        sealed.reserve_exact(NONCE_BYTES + plaintext.len() + super::TAG_BYTES);
        sealed.extend_from_slice(&nonce);
        let start = sealed.len();
        sealed.extend_from_slice(plaintext);
        seal_tail(
            self.sealing_key(purpose),
            nonce,
            context,
            &mut sealed,
            start,
        );
        sealed
    }

    /// Opens ciphertext and tag that another container carries.
    pub(crate) fn open_behind(
        &self,
        purpose: Purpose,
        context: &[u8],
        nonce: &[u8],
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, SealError> {
        open_bytes(self.sealing_key(purpose), nonce, context, sealed)
    }

    fn sealing_key(&self, purpose: Purpose) -> &LessSafeKey {
        self.sealing_keys[purpose.index()].get_or_init(|| {
            Box::new(aead_key(&derive(
                &self.derived,
                &[b"seal", purpose.name().as_bytes()],
            )))
        })
    }

    fn row_context(&self, purpose: Purpose, row: &str) -> Vec<u8> {
        encode_context(&[
            b"row",
            &[VERSION],
            purpose.name().as_bytes(),
            self.pool_id.as_str().as_bytes(),
            row.as_bytes(),
            &self.key_id,
        ])
    }
}

fn wire_context(purpose: Purpose, head: &[u8]) -> Vec<u8> {
    encode_context(&[b"wire", purpose.name().as_bytes(), head])
}

/// Reads the pool that a blob on the wire claims to belong to; nothing is verified yet.
pub fn peek_pool(sealed: &[u8]) -> Option<UserPoolId> {
    let [VERSION, length, rest @ ..] = sealed else {
        return None;
    };
    let pool_id = std::str::from_utf8(rest.get(..usize::from(*length))?).ok()?;
    let is_plausible = !pool_id.is_empty()
        && pool_id
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    is_plausible.then(|| UserPoolId::new(pool_id))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;
    use crate::seeded_rng::SeededRng;

    fn sealer(pool: &str, seed: u64) -> PoolSealer {
        PoolSealer::new(
            UserPoolId::new(pool),
            &DataKey::generate(&SeededRng::new(seed)),
        )
    }

    #[test]
    fn s07_a_row_opens_only_in_its_place() {
        let rng = SeededRng::new(9);
        let ours = sealer("us-east-1_A", 1);
        let sealed = ours.seal(Purpose::TotpSeed, "user1", b"seed", &rng);
        assert_eq!(
            **ours.open(Purpose::TotpSeed, "user1", &sealed).unwrap(),
            *b"seed"
        );

        let damaged = Some(SealError::Damaged);
        assert_eq!(
            ours.open(Purpose::TotpSeed, "user2", &sealed).err(),
            damaged
        );
        assert_eq!(
            ours.open(Purpose::SrpVerifier, "user1", &sealed).err(),
            damaged
        );
        assert_eq!(
            ours.open_wire(Purpose::TotpSeed, &sealed).err(),
            Some(SealError::UnknownKey)
        );
        let same_key = sealer("us-east-1_B", 1);
        assert_eq!(
            same_key.open(Purpose::TotpSeed, "user1", &sealed).err(),
            damaged
        );
        let other_key = sealer("us-east-1_A", 2);
        let unknown = Some(SealError::UnknownKey);
        assert_eq!(
            other_key.open(Purpose::TotpSeed, "user1", &sealed).err(),
            unknown
        );
    }

    #[test]
    fn s07_a_wire_blob_opens_only_in_its_pool_and_for_its_purpose() {
        let rng = SeededRng::new(9);
        let ours = sealer("us-east-1_A", 1);
        let sealed = ours.seal_wire(Purpose::PageToken, b"page", &rng);
        assert_eq!(
            **ours.open_wire(Purpose::PageToken, &sealed).unwrap(),
            *b"page"
        );
        assert!(ours.open_wire(Purpose::ChallengeSession, &sealed).is_err());
        assert!(
            sealer("us-east-1_B", 1)
                .open_wire(Purpose::PageToken, &sealed)
                .is_err()
        );
        assert!(
            sealer("us-east-1_A", 2)
                .open_wire(Purpose::PageToken, &sealed)
                .is_err()
        );
        assert!(ours.open(Purpose::PageToken, "", &sealed).is_err());
    }

    #[test]
    fn s07_every_bit_and_every_byte_counts() {
        let rng = SeededRng::new(9);
        let ours = sealer("us-east-1_A", 1);
        let row = ours.seal(Purpose::TotpSeed, "user1", b"a seed", &rng);
        let wire = ours.seal_wire(Purpose::PageToken, b"a page", &rng);
        let opens = |row: &[u8], wire: &[u8]| {
            let opened = ours.open(Purpose::TotpSeed, "user1", row).is_ok();
            (opened, ours.open_wire(Purpose::PageToken, wire).is_ok())
        };
        assert_eq!(opens(&row, &wire), (true, true));
        let flipped = |bytes: &[u8], bit: usize| {
            let mut changed = bytes.to_vec();
            changed[bit / 8 % bytes.len()] ^= 1 << (bit % 8);
            changed
        };
        for bit in 0..8 * row.len().max(wire.len()) {
            let changed = opens(&flipped(&row, bit), &flipped(&wire, bit));
            assert_eq!(changed, (false, false), "bit {bit}");
        }
        for length in 0..row.len().min(wire.len()) {
            assert_eq!(
                opens(&row[..length], &wire[..length]),
                (false, false),
                "{length}"
            );
        }
        let longer = [&row[..], &[0]].concat();
        assert_eq!(opens(&longer, &[&wire[..], &[0]].concat()), (false, false));
    }

    #[test]
    fn s07_what_is_sealed_shows_nothing_and_never_repeats() {
        let rng = SeededRng::new(9);
        let ours = sealer("us-east-1_A", 1);
        let mut seen = HashSet::new();
        for _ in 0..1000 {
            let sealed = ours.seal(Purpose::ClientSecret, "client", b"the very secret", &rng);
            assert!(
                !sealed
                    .windows(4)
                    .any(|window| b"the very secret".starts_with(window))
            );
            assert!(seen.insert(sealed));
        }
    }

    #[test]
    fn a_pool_is_read_without_a_key() {
        let sealed =
            sealer("eu-west-1_Zz", 1).seal_wire(Purpose::PageToken, b"", &SeededRng::new(9));
        assert_eq!(peek_pool(&sealed), Some(UserPoolId::new("eu-west-1_Zz")));
        for bytes in [
            &b""[..],
            &[1],
            &[1, 0, 65],
            &[2, 1, 65],
            &[1, 9, 65],
            &[1, 2, b'.', b'/'],
        ] {
            assert_eq!(peek_pool(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn each_purpose_and_pool_has_keys_of_its_own() {
        let (one, other) = (sealer("us-east-1_A", 1), sealer("us-east-1_B", 2));
        let mut seen = HashSet::new();
        for purpose in Purpose::ALL {
            for sealer in [&one, &other] {
                assert!(seen.insert(*sealer.mac_key(purpose)));
                assert!(seen.insert(sealer.mac(purpose, b"name")));
                let derived = derive(&sealer.derived, &[b"seal", purpose.name().as_bytes()]);
                assert!(seen.insert(*derived));
            }
        }
        assert_eq!(
            one.mac(Purpose::NameKey, b"name"),
            one.mac(Purpose::NameKey, b"name")
        );
    }

    proptest! {
        #[test]
        fn whatever_is_sealed_is_opened(row in ".{0,20}", data: Vec<u8>, seed: u64) {
            let ours = sealer("us-east-1_A", 1);
            let rng = SeededRng::new(seed);
            let sealed = ours.seal(Purpose::MailBody, &row, &data, &rng);
            prop_assert_eq!(&**ours.open(Purpose::MailBody, &row, &sealed).unwrap(), &*data);
            let sealed = ours.seal_wire(Purpose::MailBody, &data, &rng);
            prop_assert_eq!(&**ours.open_wire(Purpose::MailBody, &sealed).unwrap(), &*data);
        }

        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>) {
            let ours = sealer("us-east-1_A", 1);
            prop_assert!(ours.open(Purpose::MailBody, "row", &bytes).is_err());
            prop_assert!(ours.open_wire(Purpose::MailBody, &bytes).is_err());
            let _ = peek_pool(&bytes);
        }
    }
}
