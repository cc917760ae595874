//! What the cryptography alone costs on this machine, at this moment, in this program.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    KeyPair as _, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256,
};
use crypto_bigint::modular::{FixedMontyForm, FixedMontyParams};
use crypto_bigint::{Odd, U256, U3072};

use crate::cpu;

/// Bytes of a signature by a key of 2,048 bits.
const SIGNATURE_BYTES: usize = 256;

/// What is signed: as long as the claims of a token.
const MESSAGE: [u8; 600] = [7; 600];

/// The group of SRP, as the test vectors of the protocol give it.
const SRP_VECTORS: &str = include_str!("../../../spec/srp-vectors.json");

/// An operation that the server cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Primitive {
    /// A signature by RSA-2048 with SHA-256.
    Sign,
    /// A check of such a signature.
    Verify,
    /// Argon2id of 19 MiB in two passes, in memory that was used before.
    Hash,
    /// Argon2id as the cheap preset of the dev profile has it: 1 MiB in one pass.
    CheapHash,
    /// A power modulo the 3,072-bit prime of SRP with an exponent of 256 bits, in constant time.
    ModularPower,
}

impl Primitive {
    /// How it is called in the table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sign => "RSA-2048 signature",
            Self::Verify => "RSA-2048 check",
            Self::Hash => "Argon2id, 19 MiB, t=2",
            Self::CheapHash => "Argon2id, 1 MiB, t=1",
            Self::ModularPower => "3072-bit power, 256-bit exponent",
        }
    }

    /// How often it is repeated for one reading: some 100 ms.
    fn repeats(self) -> u32 {
        match self {
            Self::Sign => 150,
            Self::Verify => 4000,
            Self::Hash => 4,
            Self::CheapHash => 100,
            Self::ModularPower => 60,
        }
    }
}

/// Everything the operations need, prepared once as a server does.
pub(crate) struct Primitives {
    key: KeyPair,
    public_key: ParsedPublicKey,
    signature: [u8; SIGNATURE_BYTES],
    rng: SystemRandom,
    base: FixedMontyForm<{ U3072::LIMBS }>,
    exponent: U256,
}

impl Primitives {
    /// Makes a key and reads the group.
    ///
    /// # Errors
    /// When either cannot be had.
    #[expect(
        clippy::disallowed_methods,
        reason = "RSA signing takes a source of randomness for blinding; no rule depends on it"
    )]
    pub(crate) fn prepare() -> Result<Self> {
        let vectors: serde_json::Value = serde_json::from_str(SRP_VECTORS)?;
        let modulus = vectors["N_hex"].as_str().context("no modulus")?;
        let modulus = Odd::new(U3072::from_be_hex(&modulus.to_lowercase()));
        let modulus = modulus.into_option().context("the modulus is even")?;
        let params = FixedMontyParams::new(modulus);
        let base = U3072::from_be_hex(&"5a".repeat(384));
        let key = KeyPair::generate(KeySize::Rsa2048).map_err(|_| anyhow!("no key"))?;
        let public_key = key.public_key().as_ref();
        let public_key = ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public_key);
        let rng = SystemRandom::new();
        Ok(Self {
            public_key: public_key.map_err(|_| anyhow!("no public key"))?,
            signature: sign(&key, &rng)?,
            key,
            rng,
            base: FixedMontyForm::new(&base, &params),
            exponent: U256::from_be_hex(&"c3".repeat(32)),
        })
    }

    /// Measures the CPU time of one operation while every core does the same, as under load.
    ///
    /// # Errors
    /// When the kernel keeps no CPU times.
    pub(crate) fn measure(&self, primitive: Primitive) -> Result<Duration> {
        let cores = thread::available_parallelism()?.get();
        let total = Mutex::new(Duration::ZERO);
        thread::scope(|scope| {
            let threads: Vec<_> = (0..cores)
                .map(|_| {
                    scope.spawn(|| -> Result<()> {
                        let used = self.repeat(primitive)?;
                        *total.lock().map_err(|_| anyhow!("a thread failed"))? += used;
                        Ok(())
                    })
                })
                .collect();
            threads
                .into_iter()
                .try_for_each(|thread| thread.join().map_err(|_| anyhow!("a thread failed"))?)
        })?;
        let total = total.into_inner().map_err(|_| anyhow!("a thread failed"))?;
        Ok(total / primitive.repeats() / u32::try_from(cores)?)
    }

    fn repeat(&self, primitive: Primitive) -> Result<Duration> {
        let mut memory = vec![Block::new(); block_count(primitive)?];
        self.run(primitive, &mut memory)?;
        let start = cpu::of_this_thread()?;
        for _ in 0..primitive.repeats() {
            self.run(primitive, &mut memory)?;
        }
        Ok(cpu::of_this_thread()?.saturating_sub(start))
    }

    fn run(&self, primitive: Primitive, memory: &mut [Block]) -> Result<()> {
        match primitive {
            Primitive::Sign => {
                sign(&self.key, &self.rng)?;
            }
            Primitive::Verify => {
                let verified = self.public_key.verify_sig(&MESSAGE, &self.signature);
                verified.map_err(|_| anyhow!("the signature is wrong"))?;
            }
            Primitive::Hash | Primitive::CheapHash => {
                let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params(primitive)?);
                let mut digest = [0; 32];
                argon2
                    .hash_password_into_with_memory(
                        b"Passw0rd!",
                        b"0123456789abcdef",
                        &mut digest,
                        memory,
                    )
                    .map_err(|error| anyhow!("no hash: {error}"))?;
            }
            Primitive::ModularPower => {
                let exponent = std::hint::black_box(self.exponent);
                std::hint::black_box(self.base.pow(&exponent).retrieve());
            }
        }
        Ok(())
    }
}

fn sign(key: &KeyPair, rng: &SystemRandom) -> Result<[u8; SIGNATURE_BYTES]> {
    let mut signature = [0; SIGNATURE_BYTES];
    let message = std::hint::black_box(MESSAGE);
    let signed = key.sign(&RSA_PKCS1_SHA256, rng, &message, &mut signature);
    signed.map_err(|_| anyhow!("no signature"))?;
    Ok(signature)
}

fn params(primitive: Primitive) -> Result<Params> {
    let (memory_kib, passes) = match primitive {
        Primitive::CheapHash => (1024, 1),
        _ => (19 * 1024, 2),
    };
    Params::new(memory_kib, passes, 1, Some(32)).map_err(|error| anyhow!("{error}"))
}

fn block_count(primitive: Primitive) -> Result<usize> {
    match primitive {
        Primitive::Hash | Primitive::CheapHash => Ok(params(primitive)?.block_count()),
        Primitive::Sign | Primitive::Verify | Primitive::ModularPower => Ok(0),
    }
}
