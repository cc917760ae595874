//! Causes and remedies of what the page at the end of a confirmation link says.

use poolhouse_templates::Confirmation as Fact;

use super::words::dictionary;

dictionary! { Fact;
    Fact::Done | Fact::DoneBefore => [],
        "The link was followed.",
        "Nothing is left to do.";
    Fact::Expired => [Fact::Expired],
        "The link is older than 24 hours, or a newer one was sent.",
        "Follow the newest link; ResendConfirmationCode sends another.";
    Fact::Invalid => [Fact::Invalid],
        "The link is not one that was sent, or a part of it is missing.",
        "Copy the whole link out of the mail.";
    Fact::AddressTaken => [Fact::AddressTaken],
        "Another user has confirmed the same address.",
        "Sign in as that user, or sign up with another address.";
    Fact::TooManyTries => [Fact::TooManyTries],
        "Too many links or codes were tried for this user.",
        "Wait for an hour.";
}
