//! The start page of the dev profile and the pages that it leads to.

mod client_page;
mod event_pages;
mod form;
mod form_page;
mod frame;
mod missing_page;
mod overview_page;
mod pool_page;
mod user_page;

pub use client_page::{ClientPage, SignInLink, Snippet};
pub use event_pages::{EventEntry, EventOnPage, EventPage, EventsPage};
pub use form::{FormField, FormFieldKind, FormOption, StartForm};
pub use form_page::FormPage;
pub use frame::{Crumb, DoneNote, StartFrame};
pub use missing_page::MissingPage;
pub use overview_page::{ClientOnPage, PoolOnPage, StartPage};
pub use pool_page::{GroupOnPage, PoolPage, UserOnPage, UserSearchOnPage};
pub use user_page::{GroupOfUser, UserPage};
