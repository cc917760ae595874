//! Seeds of authenticator apps at rest: sealed, each for its user and place.

use poolhouse_crypto::sealing::Purpose;
use poolhouse_crypto::totp::TotpSeed;
use poolhouse_model::{Rng, SealedSeed, Sub};

use crate::error::ServiceError;
use crate::pool_keys::PoolKeyring;

/// Where a seed lies; one that waits for its first code cannot be put in the place of one that
/// proves sign-ins.
#[derive(Clone, Copy)]
pub(super) enum SeedPlace {
    /// It waits for its first code.
    Pending,
    /// It proves sign-ins.
    Active,
}

fn row(sub: &Sub, place: SeedPlace) -> String {
    match place {
        SeedPlace::Pending => format!("{sub}/pending"),
        SeedPlace::Active => format!("{sub}/active"),
    }
}

/// Seals a seed.
pub(super) fn seal(
    keys: &PoolKeyring,
    sub: &Sub,
    place: SeedPlace,
    seed: &TotpSeed,
    rng: &dyn Rng,
) -> SealedSeed {
    let sealer = &keys.sealer;
    SealedSeed(sealer.seal(Purpose::TotpSeed, &row(sub, place), seed.as_bytes(), rng))
}

/// Opens a seed.
pub(super) fn open(
    keys: &PoolKeyring,
    sub: &Sub,
    place: SeedPlace,
    sealed: &SealedSeed,
) -> Result<TotpSeed, ServiceError> {
    let opened = keys
        .sealer
        .open(Purpose::TotpSeed, &row(sub, place), &sealed.0)?;
    Ok(TotpSeed::from_bytes(&opened))
}

/// Opens a seed that waits for its first code.
pub(crate) fn open_pending(
    keys: &PoolKeyring,
    sub: &Sub,
    sealed: &SealedSeed,
) -> Result<TotpSeed, ServiceError> {
    open(keys, sub, SeedPlace::Pending, sealed)
}
