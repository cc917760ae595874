//! Whether the issuer signed the token.

use std::str::FromStr as _;

use jsonwebtoken::Algorithm;
use jsonwebtoken::crypto::verify;

use super::report::{Check, Failure, failed, held, skipped};
use crate::key_set::{KeyFault, KeySet, kind_of};
use crate::shown::shown;
use crate::token::SignedToken;

const ALG: &str = "algorithm";
const KEY: &str = "key";
const SIGNATURE: &str = "signature";

/// Checks algorithm, key and signature; what a failure makes pointless is skipped.
pub(super) fn checks(token: &SignedToken, keys: &KeySet) -> Vec<Check> {
    let alg = match algorithm(token) {
        Ok(alg) => alg,
        Err(fault) => {
            let why = "not looked at, the algorithm is refused";
            return vec![fault, skipped(KEY, why), skipped(SIGNATURE, why)];
        }
    };
    let alg_check = held(ALG, format!("{alg:?}"));
    let key = keys.of(token, alg).and_then(|key| key.ready(alg));
    let key = match key {
        Ok(key) => key,
        Err(fault) => {
            let why = "not looked at, there is no key";
            return vec![alg_check, key_failure(fault, keys), skipped(SIGNATURE, why)];
        }
    };
    let kid = token.header_text("kid").unwrap_or("the only fitting one");
    let is_signed = verify(&token.signature, token.signed.as_bytes(), &key, alg).unwrap_or(false);
    let signature = if is_signed {
        held(
            SIGNATURE,
            "made with that key, and nothing was changed since",
        )
    } else {
        let detail = "not made with that key, or the token was changed since";
        failed(SIGNATURE, Failure::SignatureMismatch, detail)
    };
    vec![alg_check, held(KEY, shown(kid)), signature]
}

fn algorithm(token: &SignedToken) -> Result<Algorithm, Check> {
    let name = token.header_text("alg").unwrap_or_default();
    let refuse = |failure, detail: String| Err(failed(ALG, failure, detail));
    if token.header.contains_key("crit") {
        let detail = "the header demands an extension (crit) that is not understood here";
        return refuse(Failure::CriticalHeader, detail.to_owned());
    }
    if name.eq_ignore_ascii_case("none") {
        let detail = "\"none\": the token is not signed, anybody can have written it";
        return refuse(Failure::AlgNone, detail.to_owned());
    }
    let Ok(alg) = Algorithm::from_str(name) else {
        let detail = format!("\"{}\" is no algorithm that is known here", shown(name));
        return refuse(Failure::AlgUnknown, detail);
    };
    if kind_of(alg).is_none() {
        let detail =
            format!("{name} uses a shared secret; with the public key as secret anybody can sign");
        return refuse(Failure::AlgSymmetric, detail);
    }
    Ok(alg)
}

fn key_failure(fault: KeyFault, keys: &KeySet) -> Check {
    let count = keys.count();
    match fault {
        KeyFault::Unknown(kid) => {
            let detail = format!("none of the issuer's {count} keys is \"{}\"", shown(&kid));
            failed(KEY, Failure::KeyUnknown, detail)
        }
        KeyFault::Ambiguous => {
            let detail =
                "the token names no key (kid), and the issuer has several that it could be";
            failed(KEY, Failure::KeyUnknown, detail)
        }
        KeyFault::Unusable(why) => {
            let detail = format!("the key it names cannot be used: {}", shown(&why));
            failed(KEY, Failure::KeyUnusable, detail)
        }
    }
}
