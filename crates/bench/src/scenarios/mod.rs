//! The rows of the table, in files by what they are about.

mod accounts;
mod browser;
mod documents;
mod lists;
mod machine;
mod sign_ins;
mod start;
mod tokens;

pub(crate) use accounts::{admin_create_user, sign_up};
pub(crate) use documents::{discovery, jwks};
pub(crate) use lists::{email_filter, sign_in_among_many, users_page};
pub(crate) use sign_ins::{password_sign_in, srp_sign_in};
pub(crate) use start::{idle_memory, loaded_memory, start};
pub(crate) use tokens::{client_credentials, code_exchange, get_user, refresh, user_info};
