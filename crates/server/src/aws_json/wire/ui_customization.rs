//! The look of hosted pages.

use poolhouse_api_model::types::UICustomizationType;
use poolhouse_model::{ClientId, Timestamp, UiCustomization};

use super::{client_id, instant};
use crate::branding_paths;
use crate::rfc3339::rfc3339;

/// Reads whose pages are meant.
pub(crate) fn whose(client: Option<poolhouse_api_model::Sensitive<String>>) -> Option<ClientId> {
    client.map(client_id)
}

/// Describes a look; nothing where none was set.
/// Source: API reference, `GetUICustomization` (an empty object when nothing was set) and its
/// sample answers.
pub(crate) fn to_wire(found: Option<UiCustomization>, public_url: &str) -> UICustomizationType {
    let Some(found) = found else {
        return UICustomizationType::default();
    };
    let logo = branding_paths::of(&found.pool_id, &found.branding()).logo_path;
    UICustomizationType {
        user_pool_id: Some(found.pool_id.as_str().to_owned()),
        client_id: Some(found.client_id.as_str().into()),
        image_url: logo.map(|path| format!("{public_url}{path}")),
        css: found.stylesheet.map(|sheet| sheet.source),
        css_version: Some(css_version(found.updated_at)),
        last_modified_date: Some(instant(found.updated_at)),
        creation_date: Some(instant(found.created_at)),
    }
}

/// The instant of a change as digits: `20250117005911`.
/// Source: API reference, sample answers. Inferred: that the digits are year to second, in UTC.
fn css_version(changed_at: Timestamp) -> String {
    let digits = rfc3339(changed_at);
    let digits = digits.chars().filter(char::is_ascii_digit);
    digits.take("yyyyMMddHHmmss".len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_second_of_the_change() {
        let at = Timestamp::from_millis(1_737_075_551_999);
        assert_eq!(css_version(at), "20250117005911");
    }
}
