//! Refresh tokens: sealed blobs in the shape of a JWE.
//!
//! A token has five parts of base64url. The first is a fixed header. The second, in the place and
//! size of a wrapped RSA key, holds version, pool and key id in clear and random filling. Then
//! follow nonce, ciphertext and tag of AES-256-GCM-SIV, which authenticates the first two parts.
//! Source: tokens of the service, for the header and the lengths of the parts; they are opaque.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use poolhouse_model::{Rng, UserPoolId};
use zeroize::Zeroizing;

use crate::sealing::{NONCE_BYTES, PoolSealer, Purpose, SealError, TAG_BYTES, peek_pool};

/// `{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}`.
const HEADER: &str = "eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ";

/// Bytes of the second part, 342 characters.
const KEY_PART_BYTES: usize = 256;

/// The ciphertext is a multiple of these bytes (1,024 characters), whatever it holds.
const UNIT_BYTES: usize = 768;

/// Bytes before the payload that tell its length.
const LENGTH_BYTES: usize = 2;

/// Longest payload.
pub const MAX_PAYLOAD_BYTES: usize = 4 * UNIT_BYTES - LENGTH_BYTES;

/// Longest token.
const MAX_TOKEN_BYTES: usize = 5 * 1024;

/// Seals a payload as the refresh token of the sealer's pool.
/// # Errors
/// [`SealError::TooLong`] beyond [`MAX_PAYLOAD_BYTES`].
pub fn seal(sealer: &PoolSealer, payload: &[u8], rng: &dyn Rng) -> Result<String, SealError> {
    let plaintext = pad(payload)?;
    let mut key_part = sealer.wire_head();
    let filled = key_part.len();
    key_part.resize(KEY_PART_BYTES.max(filled), 0);
    rng.fill(&mut key_part[filled..]);

    let blob = sealer.seal_behind(
        Purpose::RefreshToken,
        &key_part,
        Vec::new(),
        &plaintext,
        rng,
    );
    let (nonce, rest) = blob.split_at(NONCE_BYTES);
    let (ciphertext, tag) = rest.split_at(plaintext.len());
    let mut token = String::with_capacity(HEADER.len() + 400 + rest.len() * 4 / 3);
    token.push_str(HEADER);
    for part in [&key_part, nonce, ciphertext, tag] {
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(part, &mut token);
    }
    Ok(token)
}

/// Opens a refresh token of the sealer's pool and returns its payload.
/// # Errors
/// [`SealError::UnknownKey`] of another pool or data key, [`SealError::Damaged`] when a single
/// bit or character differs from what was issued.
pub fn open(sealer: &PoolSealer, token: &str) -> Result<Zeroizing<Vec<u8>>, SealError> {
    if token.len() > MAX_TOKEN_BYTES {
        return Err(SealError::Damaged);
    }
    let (key_part, rest) = split_key_part(token).ok_or(SealError::Damaged)?;
    if !key_part.starts_with(&sealer.wire_head()) {
        return Err(SealError::UnknownKey);
    }
    let mut parts = rest.split('.').map(decode);
    let mut next = || parts.next().flatten().ok_or(SealError::Damaged);
    let (nonce, mut ciphertext, tag) = (next()?, next()?, next()?);
    if parts.next().is_some() || tag.len() != TAG_BYTES {
        return Err(SealError::Damaged);
    }
    ciphertext.extend_from_slice(&tag);
    let plaintext = sealer.open_behind(Purpose::RefreshToken, &key_part, &nonce, &ciphertext)?;
    unpad(&plaintext).ok_or(SealError::Damaged)
}

/// Reads the pool that a refresh token claims to belong to; nothing is verified yet.
pub fn peek_token_pool(token: &str) -> Option<UserPoolId> {
    if token.len() > MAX_TOKEN_BYTES {
        return None;
    }
    peek_pool(&split_key_part(token)?.0)
}

/// Decodes the second part and returns it with the text of the parts behind it.
fn split_key_part(token: &str) -> Option<(Vec<u8>, &str)> {
    let (key_part, rest) = token
        .strip_prefix(HEADER)?
        .strip_prefix('.')?
        .split_once('.')?;
    let key_part = decode(key_part)?;
    (key_part.len() == KEY_PART_BYTES).then_some((key_part, rest))
}

/// Decodes one part; the engine refuses padding, stray bits and other alphabets.
fn decode(part: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(part).ok()
}

fn pad(payload: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
    let length = u16::try_from(payload.len()).map_err(|_| SealError::TooLong)?;
    if payload.len() > MAX_PAYLOAD_BYTES {
        return Err(SealError::TooLong);
    }
    let total = (LENGTH_BYTES + payload.len()).next_multiple_of(UNIT_BYTES);
    let mut plaintext = Zeroizing::new(Vec::with_capacity(total));
    plaintext.extend_from_slice(&length.to_be_bytes());
    plaintext.extend_from_slice(payload);
    plaintext.resize(total, 0);
    Ok(plaintext)
}

fn unpad(plaintext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (length, rest) = plaintext.split_first_chunk::<LENGTH_BYTES>()?;
    let payload = rest.get(..usize::from(u16::from_be_bytes(*length)))?;
    Some(Zeroizing::new(payload.to_vec()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE};
    use proptest::prelude::*;

    use super::*;
    use crate::{sealing::DataKey, seeded_rng::SeededRng};

    const PAYLOAD: &[u8] = br#"{"family":"3f2504e0-4f89-41d3-9a0c-0305e82c3301"}"#;

    fn sealer(pool: &str, seed: u64) -> PoolSealer {
        PoolSealer::new(
            UserPoolId::new(pool),
            &DataKey::generate(&SeededRng::new(seed)),
        )
    }

    fn ours() -> PoolSealer {
        sealer("us-east-1_AbCdEf123", 1)
    }

    fn token() -> String {
        seal(&ours(), PAYLOAD, &SeededRng::new(2)).unwrap()
    }

    #[test]
    fn a_token_has_the_shape_of_the_service() {
        let token = token();
        let parts: Vec<_> = token.split('.').collect();
        assert_eq!(parts[0], HEADER);
        let header = URL_SAFE_NO_PAD.decode(HEADER).unwrap();
        assert_eq!(header, br#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#);
        let lengths: Vec<_> = parts.iter().map(|part| part.len()).collect();
        assert_eq!(lengths, [62, 342, 16, 1024, 22]);
        assert_eq!(**open(&ours(), &token).unwrap(), *PAYLOAD);
        assert_eq!(
            peek_token_pool(&token),
            Some(UserPoolId::new("us-east-1_AbCdEf123"))
        );
        assert!(!token.contains(&STANDARD_NO_PAD.encode(PAYLOAD)[..12]));
    }

    #[test]
    fn s05_a_token_changed_at_any_position_is_refused() {
        let (ours, token) = (ours(), token());
        for index in 0..token.len() {
            let old = token.as_bytes()[index];
            for new in [
                old ^ 1,
                if old == b'A' { b'B' } else { b'A' },
                b'.',
                b'=',
                b'+',
                b'\n',
            ] {
                let mut changed = token.clone().into_bytes();
                changed[index] = new;
                let changed = String::from_utf8(changed).unwrap();
                let is_same = changed.as_bytes()[index] == old;
                assert_eq!(
                    open(&ours, &changed).is_ok(),
                    is_same,
                    "{index}: {}",
                    new as char
                );
            }
        }
    }

    #[test]
    fn s05_every_bit_of_every_part_is_authenticated() {
        let (ours, token) = (ours(), token());
        let parts: Vec<_> = token
            .split('.')
            .map(|p| URL_SAFE_NO_PAD.decode(p).unwrap())
            .collect();
        for (index, part) in parts.iter().enumerate() {
            for bit in 0..part.len() * 8 {
                let mut changed = parts.clone();
                changed[index][bit / 8] ^= 1 << (bit % 8);
                let encoded: Vec<_> = changed.iter().map(|p| URL_SAFE_NO_PAD.encode(p)).collect();
                assert!(
                    open(&ours, &encoded.join(".")).is_err(),
                    "part {index}, bit {bit}"
                );
            }
        }
    }

    #[test]
    fn s05_a_token_cut_or_extended_is_refused() {
        let (ours, token) = (ours(), token());
        for length in 0..token.len() {
            assert!(open(&ours, &token[..length]).is_err(), "cut to {length}");
            assert!(
                open(&ours, &token[token.len() - length..]).is_err(),
                "last {length}"
            );
            if (1..token.len() - 1).contains(&length) {
                let without = format!("{}{}", &token[..length], &token[length + 1..]);
                assert!(open(&ours, &without).is_err(), "without {length}");
                let doubled = format!("{}{}", &token[..=length], &token[length..]);
                assert!(open(&ours, &doubled).is_err(), "doubled {length}");
            }
        }
        for added in [
            "A",
            "AAAA",
            "=",
            "==",
            ".",
            ".A",
            " ",
            "\n",
            "\0",
            &"A".repeat(100_000),
        ] {
            assert!(
                open(&ours, &format!("{token}{added}")).is_err(),
                "{added:?} after"
            );
            assert!(
                open(&ours, &format!("{added}{token}")).is_err(),
                "{added:?} before"
            );
        }
    }

    #[test]
    fn s05_a_token_in_another_base64_is_refused() {
        let (ours, token) = (ours(), token());
        let reencode = |encode: &dyn Fn(&[u8]) -> String| {
            let parts = token
                .split('.')
                .map(|part| URL_SAFE_NO_PAD.decode(part).unwrap());
            parts
                .map(|part| encode(&part))
                .collect::<Vec<_>>()
                .join(".")
        };
        assert_eq!(reencode(&|part| URL_SAFE_NO_PAD.encode(part)), token);
        assert!(open(&ours, &reencode(&|part| URL_SAFE.encode(part))).is_err());
        let standard = reencode(&|part| STANDARD_NO_PAD.encode(part));
        assert_ne!(standard, token);
        assert!(open(&ours, &standard).is_err());
        assert!(open(&ours, &reencode(&|part| hex::encode(part))).is_err());
    }

    #[test]
    fn s05_a_token_of_another_pool_or_key_is_refused() {
        let token = token();
        let unknown = Some(SealError::UnknownKey);
        assert_eq!(
            open(&sealer("us-east-1_AbCdEf123", 2), &token).err(),
            unknown
        );
        assert_eq!(
            open(&sealer("us-east-1_Other1234", 1), &token).err(),
            unknown
        );
    }

    #[test]
    fn s05_parts_of_two_tokens_do_not_mix() {
        let (ours, rng) = (ours(), SeededRng::new(3));
        let tokens = [(); 2].map(|()| seal(&ours, PAYLOAD, &rng).unwrap());
        let [one, other] = tokens
            .each_ref()
            .map(|token| token.split('.').collect::<Vec<_>>());
        for index in 1..5 {
            let mut mixed = one.clone();
            mixed[index] = other[index];
            assert!(open(&ours, &mixed.join(".")).is_err(), "part {index}");
        }
    }

    #[test]
    fn s08_tokens_of_one_payload_never_repeat() {
        let (ours, rng) = (ours(), crate::SystemRng::new());
        let mut seen = HashSet::new();
        for _ in 0..2000 {
            assert!(seen.insert(seal(&ours, PAYLOAD, &rng).unwrap()));
        }
    }

    #[test]
    fn a_payload_grows_the_token_by_whole_units_up_to_a_bound() {
        let (ours, rng) = (ours(), SeededRng::new(4));
        let lengths = [0, 1, 766, 767, MAX_PAYLOAD_BYTES];
        let characters = lengths.map(|length| {
            let payload = vec![7; length];
            let token = seal(&ours, &payload, &rng).unwrap();
            assert_eq!(**open(&ours, &token).unwrap(), *payload);
            token.split('.').nth(3).unwrap().len()
        });
        assert_eq!(characters, [1024, 1024, 1024, 2048, 4096]);
        for length in [MAX_PAYLOAD_BYTES + 1, 100_000] {
            assert_eq!(
                seal(&ours, &vec![7; length], &rng).err(),
                Some(SealError::TooLong)
            );
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}") {
            prop_assert!(open(&ours(), &text).is_err());
            let headed = [HEADER, &text].join(".");
            prop_assert!(open(&ours(), &headed).is_err());
            let _ = peek_token_pool(&text);
        }
    }
}
