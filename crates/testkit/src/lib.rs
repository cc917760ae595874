//! What tests of several crates share: a real service on a fresh store, a clock that stands still
//! until it is moved, repeatable random bytes, builders that default everything but what a test is
//! about, an independent SRP client, and doors that are called in process.
#![expect(
    clippy::missing_panics_doc,
    reason = "a test kit panics wherever a test would"
)]

mod builders;
mod clock;
mod door;
mod groups;
mod hosted;
mod inbox;
mod mail;
mod postgres;
mod resets;
mod rng;
mod second_factors;
mod sign_in;
mod signing_keys;
mod srp_client;
mod test_service;

pub use builders::{
    CALLBACK_URL, LOGOUT_URL, PASSWORD, TestClient, admin_request, attributes, sign_up_request,
};
pub use clock::{START, TestClock};
pub use door::{DoorAnswer, TestApp};
pub use mail::{Recording, RecordingMail, RecordingSms};
pub use postgres::TestDatabase;
pub use rng::SeededRng;
pub use second_factors::{TestAuthenticator, associate, verify};
pub use sign_in::{SignInExt, auth_parameters};
pub use signing_keys::signing_key_der;
pub use srp_client::{SrpChallenge, SrpClient};
pub use test_service::{PUBLIC_URL, TestService, on_every_engine};
