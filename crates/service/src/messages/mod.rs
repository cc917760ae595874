//! Codes and messages: made with the change they belong to, sent after it is on disk.

mod codes;
mod compose;
mod html;
mod inbox;
mod made_up;
mod outbox;
mod template;
mod verification_links;

pub use codes::CodeDelivery;
pub(crate) use codes::{
    ContactProof, DeadCode, attribute_to_verify, channel_of, is_confirmed_by_link, mask, spend_code,
};
pub(crate) use compose::{MessageContent, MessageKind, compose};
pub use inbox::InboxMessage;
pub(crate) use made_up::made_up_delivery;
pub(crate) use outbox::OutboxState;
pub(crate) use template::{CODE_PLACEHOLDER, USERNAME_PLACEHOLDER, has_link};
pub(crate) use verification_links::{hash_link_code, is_link_code};
