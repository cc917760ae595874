//! Where the stylesheet and the logo of a pool's pages are: pages load them, the API names them.

use poolhouse_model::{Branding, LogoFormat, UserPoolId};
use poolhouse_templates::Branding as BrandingPaths;

/// The route of a stylesheet.
pub(crate) const STYLESHEET: &str =
    "/_poolhouse/branding/{pool_id}/{client_id}/{fingerprint}/style.css";

/// The route of a logo; the name says which format it has.
pub(crate) const LOGO: &str = "/_poolhouse/branding/{pool_id}/{client_id}/{fingerprint}/{logo}";

/// Where the files of a look are.
pub(crate) fn of(pool_id: &UserPoolId, branding: &Branding) -> BrandingPaths {
    let folder = format!("/_poolhouse/branding/{pool_id}/{}", branding.client_id);
    let stylesheet = branding.stylesheet.as_ref();
    let logo = branding.logo.as_ref();
    BrandingPaths {
        stylesheet_path: stylesheet.map(|fingerprint| format!("{folder}/{fingerprint}/style.css")),
        logo_path: logo.map(|(format, fingerprint)| {
            let name = logo_name(*format);
            format!("{folder}/{fingerprint}/{name}")
        }),
    }
}

/// The last part of a logo's path.
pub(crate) fn logo_name(format: LogoFormat) -> String {
    format!("logo.{}", format.as_str())
}
