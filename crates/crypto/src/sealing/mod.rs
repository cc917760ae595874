//! Sealing of secrets, at rest and on the wire.
//!
//! A master key, kept outside the database, wraps one random data key a pool. Below the data key
//! HKDF gives one AES-256-GCM-SIV key and one HMAC key for each [`Purpose`]; what is sealed is
//! bound to its purpose, pool, row and key, so that nothing sealed can stand in another's place.
//! Source: RFC 8452 (AES-GCM-SIV), RFC 5869 (HKDF).

mod master_key;
mod pool_sealer;
mod purpose;

use aws_lc_rs::{
    aead::{AES_256_GCM_SIV, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    hkdf,
};
use zeroize::Zeroizing;

pub use master_key::{DataKey, KEY_BYTES, MasterKey, MasterKeys, UnwrappedDataKey};
pub use pool_sealer::{PoolSealer, peek_pool};
pub use purpose::Purpose;

/// The first byte of everything sealed; another layout takes another number.
const VERSION: u8 = 1;

/// Bytes of the id that names a key without telling it.
const KEY_ID_BYTES: usize = 8;

/// Bytes of the tag that GCM-SIV appends.
pub(crate) const TAG_BYTES: usize = 16;

/// Bytes of a nonce.
pub(crate) const NONCE_BYTES: usize = NONCE_LEN;

/// Why something sealed was not opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The bytes are no 32 bytes in hexadecimal or base64, or a key that nobody drew at random.
    #[error("the key is not 32 random bytes in hexadecimal or base64")]
    BadKey,
    /// Sealed under a key that is not at hand.
    #[error("the sealed data belongs to another key")]
    UnknownKey,
    /// Cut, changed, or sealed for another purpose, pool or row.
    #[error("the sealed data is damaged or belongs elsewhere")]
    Damaged,
    /// More than the container holds.
    #[error("the data is too long to be sealed")]
    TooLong,
}

/// Writes each part with its length before it, so that no two lists of parts read alike.
fn encode_context(parts: &[&[u8]]) -> Vec<u8> {
    let mut context = Vec::with_capacity(parts.iter().map(|part| part.len() + 8).sum());
    for part in parts {
        context.extend_from_slice(&(part.len() as u64).to_be_bytes());
        context.extend_from_slice(part);
    }
    context
}

/// Derives 32 bytes for the use that the parts name.
fn derive(parent: &hkdf::Prk, info: &[&[u8]]) -> Zeroizing<[u8; KEY_BYTES]> {
    let mut key = Zeroizing::new([0; KEY_BYTES]);
    parent
        .expand(&[&encode_context(info)], hkdf::HKDF_SHA256)
        .and_then(|okm| okm.fill(&mut *key))
        .expect("one block of HKDF is always available");
    key
}

fn derive_id(parent: &hkdf::Prk) -> [u8; KEY_ID_BYTES] {
    let mut id = [0; KEY_ID_BYTES];
    id.copy_from_slice(&derive(parent, &[b"key id"])[..KEY_ID_BYTES]);
    id
}

fn aead_key(key: &[u8; KEY_BYTES]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM_SIV, key).expect("the key has 32 bytes"))
}

/// Encrypts `data[start..]` in place and appends the tag.
fn seal_tail(
    key: &LessSafeKey,
    nonce: [u8; NONCE_BYTES],
    context: &[u8],
    data: &mut Vec<u8>,
    start: usize,
) {
    let nonce = Nonce::assume_unique_for_key(nonce);
    let tag = key
        .seal_in_place_separate_tag(nonce, Aad::from(context), &mut data[start..])
        .expect("far below the most that one nonce may seal");
    data.extend_from_slice(tag.as_ref());
}

/// Opens ciphertext with its tag behind it.
fn open_bytes(
    key: &LessSafeKey,
    nonce: &[u8],
    context: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::Damaged)?;
    let mut buffer = Zeroizing::new(sealed.to_vec());
    let length = key
        .open_in_place(nonce, Aad::from(context), &mut buffer)
        .map_err(|_| SealError::Damaged)?
        .len();
    buffer.truncate(length);
    Ok(buffer)
}

/// Takes the first `length` bytes off.
fn take<'a>(bytes: &mut &'a [u8], length: usize) -> Result<&'a [u8], SealError> {
    let (head, tail) = bytes.split_at_checked(length).ok_or(SealError::Damaged)?;
    *bytes = tail;
    Ok(head)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_contexts_read_alike() {
        assert_ne!(
            encode_context(&[b"ab", b"c"]),
            encode_context(&[b"a", b"bc"])
        );
        assert_ne!(encode_context(&[b"ab"]), encode_context(&[b"ab", b""]));
    }
}
