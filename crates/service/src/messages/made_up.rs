//! Where a code would have gone, for a name that no code is sent for.

use poolhouse_crypto::sealing::Purpose;
use poolhouse_model::{ContactAttribute, UserPool};

use super::{CodeDelivery, channel_of, mask};
use crate::pool_keys::PoolKeyring;

/// Makes up where a code would have gone: to what was typed, if it is an address or number of a
/// kind that codes go to, else to one that stays the same for a name. `candidates` are the kinds
/// that codes go to; there must be one.
/// Source: AWS page "Managing user existence error responses": the kind follows from the form of
/// the name and the settings of the pool.
pub(crate) fn made_up_delivery(
    pool: &UserPool,
    keys: &PoolKeyring,
    typed: &str,
    candidates: &[ContactAttribute],
) -> CodeDelivery {
    let folded = pool.settings.fold_name(typed);
    let typed_attribute = form_of(&folded).filter(|attribute| candidates.contains(attribute));
    let attribute = typed_attribute.unwrap_or_else(|| likeliest(pool, candidates));
    let destination = if typed_attribute.is_some() {
        mask(attribute, &folded)
    } else {
        mask(attribute, &made_up_destination(keys, &folded))
    };
    CodeDelivery {
        destination,
        channel: channel_of(attribute),
        attribute,
    }
}

fn form_of(name: &str) -> Option<ContactAttribute> {
    if name.starts_with('+') {
        Some(ContactAttribute::PhoneNumber)
    } else if name.contains('@') {
        Some(ContactAttribute::Email)
    } else {
        None
    }
}

/// What most users of the pool have: what it verifies by itself, and an address before a number.
fn likeliest(pool: &UserPool, candidates: &[ContactAttribute]) -> ContactAttribute {
    let verified = &pool.settings.auto_verified_attributes;
    let is_verified = |attribute: &ContactAttribute| verified.contains(attribute);
    let any_verified = candidates.iter().any(is_verified);
    let is_email_likely = candidates.contains(&ContactAttribute::Email)
        && (!any_verified || is_verified(&ContactAttribute::Email));
    if is_email_likely {
        ContactAttribute::Email
    } else {
        ContactAttribute::PhoneNumber
    }
}

/// An address and number in one, of which the mask shows two letters or four digits.
fn made_up_destination(keys: &PoolKeyring, folded: &str) -> String {
    let name = format!("delivery\n{folded}");
    let mac = keys.sealer.mac(Purpose::UnknownUser, name.as_bytes());
    let letter = |byte: u8| char::from(b'a' + byte % 26);
    let digits: String = mac[2..6]
        .iter()
        .map(|byte| char::from(b'0' + byte % 10))
        .collect();
    format!("{}@{}{digits}", letter(mac[0]), letter(mac[1]))
}
