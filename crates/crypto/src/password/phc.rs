//! The text form of a stored hash.

use argon2::password_hash::phc::PasswordHash as PhcText;
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use zeroize::Zeroizing;

use super::{HasherError, memory_hard::Cost};

/// Longest text that is read.
const MAX_TEXT_BYTES: usize = 512;

/// Bounds of imported hashes, so that one sign-in cannot take the machine.
const MAX_COST: Cost = Cost {
    memory_kib: 256 * 1024,
    passes: 16,
    lanes: 16,
};

/// Most blocks an imported hash may fill: four passes over the most memory, about a second.
const MAX_WORK: u64 = 4 * 256 * 1024;

/// Shortest digest that is compared; fewer bytes could be met by chance.
const MIN_DIGEST_BYTES: usize = 16;

/// The version of Argon2 since 2016, 0x13.
const VERSION: u32 = 19;

/// A stored hash, taken apart.
/// Source: the PHC string format; RFC 9106 for the parameters.
pub(super) struct Phc {
    pub(super) cost: Cost,
    pub(super) salt: Vec<u8>,
    pub(super) digest: Zeroizing<Vec<u8>>,
}

impl Phc {
    pub(super) fn parse(text: &str) -> Result<Self, HasherError> {
        Self::read(text).ok_or(HasherError::UnusableHash)
    }

    fn read(text: &str) -> Option<Self> {
        if text.len() > MAX_TEXT_BYTES {
            return None;
        }
        let phc = PhcText::new(text).ok()?;
        if phc.algorithm.as_str() != "argon2id" || phc.version != Some(VERSION) {
            return None;
        }
        // Pepper ids and associated data (`keyid`, `data`) are not ours to know.
        if phc
            .params
            .iter()
            .any(|(name, _)| !["m", "t", "p"].contains(&name.as_str()))
        {
            return None;
        }
        let cost = Cost {
            memory_kib: phc.params.get_decimal("m")?,
            passes: phc.params.get_decimal("t")?,
            lanes: phc.params.get_decimal("p")?,
        };
        let salt = phc.salt?.as_ref().to_vec();
        let digest = Zeroizing::new(phc.hash?.as_bytes().to_vec());
        let is_bounded = cost.memory_kib <= MAX_COST.memory_kib
            && cost.passes <= MAX_COST.passes
            && cost.lanes <= MAX_COST.lanes
            && cost.work() <= MAX_WORK
            && digest.len() >= MIN_DIGEST_BYTES
            && salt.len() >= argon2::MIN_SALT_LEN;
        cost.params(digest.len())?;
        is_bounded.then_some(Self { cost, salt, digest })
    }

    pub(super) fn to_text(&self) -> String {
        let Cost {
            memory_kib,
            passes,
            lanes,
        } = self.cost;
        format!(
            "$argon2id$v={VERSION}$m={memory_kib},t={passes},p={lanes}${}${}",
            STANDARD_NO_PAD.encode(&self.salt),
            STANDARD_NO_PAD.encode(&*self.digest)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SALT_AND_HASH: &str = "c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc";

    fn parse(start: &str) -> Option<Phc> {
        Phc::parse(&format!("{start}${SALT_AND_HASH}")).ok()
    }

    #[test]
    fn a_text_survives_being_taken_apart() {
        let text = format!("$argon2id$v=19$m=256,t=2,p=2${SALT_AND_HASH}");
        let phc = Phc::parse(&text).unwrap();
        assert_eq!(
            phc.cost,
            Cost {
                memory_kib: 256,
                passes: 2,
                lanes: 2
            }
        );
        assert_eq!(phc.salt, b"somesalt");
        assert_eq!(phc.to_text(), text);
    }

    #[test]
    fn other_algorithms_and_versions_are_refused() {
        assert!(parse("$argon2id$v=19$m=256,t=2,p=2").is_some());
        for start in [
            "$argon2i$v=19$m=256,t=2,p=2",
            "$argon2d$v=19$m=256,t=2,p=2",
            "$argon2id$v=16$m=256,t=2,p=2",
            "$argon2id$m=256,t=2,p=2",
            "$argon2id$v=19$m=256,t=2",
            "$argon2id$v=19$m=256,t=2,p=2,keyid=AAAA",
            "$argon2id$v=19$m=256,t=2,p=2,data=AAAA",
            "$argon2id$v=19$m=x,t=2,p=2",
            "$argon2id$v=19$m=-1,t=2,p=2",
            "$scrypt$ln=4,r=8,p=1",
            "argon2id$v=19$m=256,t=2,p=2",
            "",
        ] {
            assert!(parse(start).is_none(), "{start}");
        }
        assert!(Phc::parse("$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ").is_err());
        assert!(Phc::parse("$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$AAAA").is_err());
        assert!(Phc::parse("$2b$12$abcdefghijklmnopqrstuu").is_err());
        assert!(Phc::parse(&"$".repeat(100_000)).is_err());
    }

    #[test]
    fn costs_beyond_the_bounds_are_refused() {
        assert!(parse("$argon2id$v=19$m=262144,t=4,p=4").is_some());
        for start in [
            "$argon2id$v=19$m=262145,t=1,p=1",
            "$argon2id$v=19$m=4294967295,t=1,p=1",
            "$argon2id$v=19$m=1024,t=17,p=1",
            "$argon2id$v=19$m=262144,t=5,p=1",
            "$argon2id$v=19$m=1024,t=1,p=17",
            "$argon2id$v=19$m=7,t=1,p=1",
            "$argon2id$v=19$m=1024,t=0,p=1",
            "$argon2id$v=19$m=1024,t=1,p=0",
        ] {
            assert!(parse(start).is_none(), "{start}");
        }
    }
}
