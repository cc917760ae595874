//! Where a code went.

use poolhouse_api_model::types::{CodeDeliveryDetailsType, DeliveryMediumType};
use poolhouse_model::Channel;
use poolhouse_service::CodeDelivery;

/// Says where a code went.
pub(crate) fn details(delivery: &CodeDelivery) -> CodeDeliveryDetailsType {
    let medium = match delivery.channel {
        Channel::Email => DeliveryMediumType::Email,
        Channel::Sms => DeliveryMediumType::Sms,
    };
    CodeDeliveryDetailsType {
        destination: Some(delivery.destination.clone()),
        delivery_medium: Some(medium),
        attribute_name: Some(delivery.attribute.name().to_owned()),
    }
}
