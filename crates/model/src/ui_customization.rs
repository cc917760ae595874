//! The look that an owner gives the hosted pages: a stylesheet and a logo.

use crate::ids::{ClientId, UserPoolId};
use crate::time::Timestamp;

/// Stylesheet and logo of the pages of one app client, or of all that have none of their own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UiCustomization {
    /// The pool.
    pub pool_id: UserPoolId,
    /// The client, or [`UiCustomization::ALL_CLIENTS`].
    pub client_id: ClientId,
    /// The stylesheet.
    pub stylesheet: Option<Stylesheet>,
    /// The logo.
    pub logo: Option<Logo>,
    /// When it was first set.
    pub created_at: Timestamp,
    /// When it was last set.
    pub updated_at: Timestamp,
    /// Rises by one with each change; guards writes.
    pub version: i64,
}

/// A stylesheet as its owner wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stylesheet {
    /// The text.
    pub source: String,
    /// Tells it from every other.
    pub fingerprint: String,
}

/// A logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// What kind of image it is.
    pub format: LogoFormat,
    /// The file.
    pub bytes: Vec<u8>,
    /// Tells it from every other.
    pub fingerprint: String,
}

/// The kinds of image that a logo can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogoFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

/// Which customization the pages of a client have, without its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Branding {
    /// The client that it was set for, or [`UiCustomization::ALL_CLIENTS`].
    pub client_id: ClientId,
    /// Fingerprint of the stylesheet.
    pub stylesheet: Option<String>,
    /// Format and fingerprint of the logo.
    pub logo: Option<(LogoFormat, String)>,
}

impl UiCustomization {
    /// What stands in the place of a client's id where every client is meant that has no
    /// customization of its own.
    /// Source: API reference, `SetUICustomization`.
    pub const ALL_CLIENTS: &str = "ALL";

    /// Whether it is for every client that has none of its own.
    pub fn is_for_all_clients(&self) -> bool {
        self.client_id.as_str() == Self::ALL_CLIENTS
    }

    /// It, without its content.
    pub fn branding(&self) -> Branding {
        let logo = self.logo.as_ref();
        Branding {
            client_id: self.client_id.clone(),
            stylesheet: self
                .stylesheet
                .as_ref()
                .map(|sheet| sheet.fingerprint.clone()),
            logo: logo.map(|logo| (logo.format, logo.fingerprint.clone())),
        }
    }
}

impl LogoFormat {
    /// Its name, which is also the end of a file's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
        }
    }

    /// The format of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Png, Self::Jpeg]
            .into_iter()
            .find(|format| format.as_str() == name)
    }
}
