//! How many messages leave in an hour: to one address, and of one pool.
//!
//! Every batch that sends a message counts it, in the same write: no sender can forget to, none
//! counts a message that was not sent, and of many at once no more than the limit get through.
//! How often a *user* may ask for codes is in `attempt_limits`.

use poolhouse_crypto::hash::sha256;
use poolhouse_model::{Channel, OutboxMessage, Timestamp, Ttl};
use poolhouse_storage::Write;

use crate::service::Service;

/// The window of the limits. Windows follow the clock, so that a pool that is never quiet begins
/// anew each hour.
const WINDOW: Ttl = Ttl::from_hours(1);

impl Service {
    /// Makes the writes that count the messages of a batch, in an order that is the same for all
    /// batches: those of addresses first, and the pool's, which all share, for the shortest time.
    pub(crate) fn count_messages(&self, writes: &[Write]) -> Vec<Write> {
        let messages = writes.iter().filter_map(|write| match write {
            Write::EnqueueMessage(message) if self.leaves(message.channel) => Some(message),
            _ => None,
        });
        let limits = self.settings.message_limits;
        let mut counts = Vec::new();
        for message in messages {
            let of_pool = match message.channel {
                Channel::Email => ("mails".to_owned(), limits.mails_per_pool),
                Channel::Sms => ("sms".to_owned(), limits.sms_per_pool),
            };
            let of_address = (address_key(message), limits.per_address);
            for (key, most) in [of_address, of_pool] {
                counts.extend((most > 0).then(|| self.count_of(message, &key, most)));
            }
        }
        counts.sort_by_key(|count| match count {
            Write::CountMessage { name_key, .. } => name_key.clone(),
            _ => String::new(),
        });
        counts
    }

    /// Whether messages of a channel leave the server.
    pub(crate) fn leaves(&self, channel: Channel) -> bool {
        match channel {
            Channel::Email => self.mail.is_some(),
            Channel::Sms => self.sms.is_some(),
        }
    }

    fn count_of(&self, message: &OutboxMessage, key: &str, most: i64) -> Write {
        let now = self.now();
        let window = now.as_millis().div_euclid(WINDOW.as_millis());
        let end = (window + 1).saturating_mul(WINDOW.as_millis());
        Write::CountMessage {
            pool_id: message.pool_id.clone(),
            name_key: format!("{key}:{window}"),
            most,
            at: now,
            expires_at: Timestamp::from_millis(end),
        }
    }
}

/// What messages to an address are counted under; an address of any length and case has one.
fn address_key(message: &OutboxMessage) -> String {
    let digest = sha256(message.to.to_lowercase().as_bytes());
    format!("address:{}", hex::encode(digest))
}
