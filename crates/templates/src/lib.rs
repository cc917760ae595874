//! The pages of Poolhouse: typed contexts and their templates.
//!
//! A context is plain text and flags; every value is escaped where it is written. The pages need
//! no script and no inline style, so the strictest content security policy fits them; the
//! playground alone, which is for developers, is made of modules. Names and
//! ids of the classic hosted pages that scripts rely on are kept.

pub mod assets;
mod callback_page;
mod confirm_sign_up_page;
mod confirmation_page;
mod error_page;
mod forgot_password_page;
mod frame;
mod inbox_page;
mod language;
mod new_password_page;
mod page;
mod password_demand;
pub mod playground_assets;
mod playground_page;
mod qr_code;
mod reset_password_page;
mod second_factor_page;
mod second_factor_setup_page;
mod sign_in_page;
mod sign_up_page;
mod start;

pub use callback_page::{CallbackPage, ReceivedParameter};
pub use confirm_sign_up_page::{CodeWay, ConfirmSignUpPage};
pub use confirmation_page::{Confirmation, ConfirmationPage};
pub use error_page::{Comparison, ErrorPage, Explanation, MarkedText, RegisteredValue};
pub use forgot_password_page::ForgotPasswordPage;
pub use frame::{Branding, Frame, Problem};
pub use inbox_page::{InboxPage, MessageOnPage};
pub use language::Language;
pub use new_password_page::NewPasswordPage;
pub use page::{Page, RenderError};
pub use password_demand::{PasswordDemand, Verdict};
pub use playground_page::PlaygroundPage;
pub use qr_code::QrPicture;
pub use reset_password_page::ResetPasswordPage;
pub use second_factor_page::SecondFactorPage;
pub use second_factor_setup_page::{AuthenticatorKey, SecondFactorSetupPage};
pub use sign_in_page::{NameKind, SignInPage};
pub use sign_up_page::{AttributeField, Limits, SignUpPage};
pub use start::{
    ClientOnPage, ClientPage, Crumb, DoneNote, EventEntry, EventOnPage, EventPage, EventsPage,
    FormField, FormFieldKind, FormOption, FormPage, GroupOfUser, GroupOnPage, MissingPage,
    PoolOnPage, PoolPage, SignInLink, Snippet, StartForm, StartFrame, StartPage, UserOnPage,
    UserPage, UserSearchOnPage,
};
