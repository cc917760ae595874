//! Made-up answers for names that nobody has, the same at every call.
//!
//! Source: RFC 5054 section 2.5.1.3; AWS developer guide, "Managing user existence error
//! responses".

use crypto_bigint::U3072;
use poolhouse_model::{Rng, RngExt};
use zeroize::Zeroizing;

use super::{
    SrpVerifier,
    group::{ELEMENT_BYTES, read_element},
    salt::{SALT_BYTES, Salt},
};
use crate::hash::hmac_sha256;

/// Bytes that depend only on a key, a purpose and a name.
struct Derived<'a> {
    key: &'a [u8; 32],
    purpose: &'static str,
    name: &'a str,
}

impl Derived<'_> {
    fn block(&self, counter: u32) -> [u8; 32] {
        let purpose = self.purpose.as_bytes();
        hmac_sha256(
            self.key,
            &[purpose, b"\0", &counter.to_be_bytes(), self.name.as_bytes()],
        )
    }
}

impl Rng for Derived<'_> {
    fn fill(&self, dest: &mut [u8]) {
        for (counter, chunk) in (0..).zip(dest.chunks_mut(32)) {
            chunk.copy_from_slice(&self.block(counter)[..chunk.len()]);
        }
    }
}

/// Makes up the salt of an unknown `name`, shaped and spread as [`Salt::generate`]'s.
///
/// `key` belongs to one pool, `name` is the folded name that was typed.
pub fn fake_salt(key: &[u8; 32], name: &str) -> Salt {
    let derived = Derived {
        key,
        purpose: "salt",
        name,
    };
    let mut counter = 0;
    loop {
        let mut bytes = [0; SALT_BYTES];
        bytes.copy_from_slice(&derived.block(counter)[..SALT_BYTES]);
        if let Some(salt) = Salt::without_leading_zero_digit(bytes) {
            return salt;
        }
        counter += 1;
    }
}

/// Makes up the `USER_ID_FOR_SRP` of an unknown `name`: a UUID of version 4.
pub fn fake_uuid(key: &[u8; 32], name: &str) -> String {
    Derived {
        key,
        purpose: "user id",
        name,
    }
    .uuid()
}

/// Makes up a verifier that no password fits, so that an unknown name costs what a known one does.
///
/// It is one block of 32 secret bytes, repeated: B hides it, and repeating costs no more than
/// opening a stored verifier. The caller refuses every proof for an unknown name in any case.
pub fn fake_verifier(key: &[u8; 32], name: &str) -> SrpVerifier {
    let block = Zeroizing::new(
        Derived {
            key,
            purpose: "verifier",
            name,
        }
        .block(0),
    );
    let mut bytes = Zeroizing::new([0; ELEMENT_BYTES]);
    for chunk in bytes.chunks_mut(block.len()) {
        chunk.copy_from_slice(&*block);
    }
    // Without its top bit a number of this length lies below N.
    bytes[0] &= 0x7f;
    let verifier = read_element(&*bytes).unwrap_or(U3072::ONE);
    SrpVerifier {
        salt: fake_salt(key, name),
        verifier,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn made_up_answers_are_stable_for_a_name_in_a_pool() {
        let (one, other) = ([1; 32], [2; 32]);
        assert_eq!(
            fake_salt(&one, "eve").to_hex(),
            fake_salt(&one, "eve").to_hex()
        );
        assert_eq!(fake_uuid(&one, "eve"), fake_uuid(&one, "eve"));
        assert_eq!(
            fake_verifier(&one, "eve").verifier,
            fake_verifier(&one, "eve").verifier
        );

        assert_ne!(
            fake_salt(&one, "eve").to_hex(),
            fake_salt(&other, "eve").to_hex()
        );
        assert_ne!(fake_uuid(&one, "eve"), fake_uuid(&other, "eve"));
        assert_ne!(
            fake_verifier(&one, "eve").verifier,
            fake_verifier(&other, "eve").verifier
        );
    }

    #[test]
    fn made_up_answers_look_like_real_ones() {
        let key = [3; 32];
        let mut salts = HashSet::new();
        for index in 0..300 {
            let name = format!("user{index}");
            let salt = fake_salt(&key, &name).to_hex();
            assert_eq!(salt.len(), 32);
            assert!(salts.insert(salt));
            assert!(fake_verifier(&key, &name).verifier > U3072::ONE);
            let uuid = fake_uuid(&key, &name);
            assert_eq!(uuid.len(), 36);
            assert_eq!(&uuid[14..15], "4");
            assert!(matches!(&uuid[19..20], "8" | "9" | "a" | "b"));
        }
    }
}
