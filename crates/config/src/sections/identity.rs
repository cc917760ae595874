//! What tokens and resource names say of the server.

use poolhouse_model::Region;

use super::Origin;
use crate::error::ConfigError;
use crate::settings;
use crate::sources::Sources;

/// How the issuer of tokens is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IssuerForm {
    /// `{public_url}/{pool_id}`
    PublicUrl,
    /// `https://cognito-idp.{region}.amazonaws.com/{pool_id}`
    Aws,
}

/// What tokens say of who issued them.
#[derive(Clone, Debug)]
pub struct IssuerConfig {
    /// How it is written; by the public URL by default.
    pub form: IssuerForm,
    /// Former public URLs whose tokens are still accepted.
    pub accepted: Vec<Origin>,
}

impl IssuerConfig {
    pub(crate) fn load(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        let form = sources.parse(&settings::ISSUER_FORM, |text| match text {
            "public-url" => Ok(IssuerForm::PublicUrl),
            "aws" => Ok(IssuerForm::Aws),
            _ => Err("it is public-url or aws".to_owned()),
        })?;
        Ok(Self {
            form: form.unwrap_or(IssuerForm::PublicUrl),
            accepted: sources.parse_list(&settings::ACCEPTED_ISSUERS, Origin::parse)?,
        })
    }
}

/// What resource names say.
#[derive(Clone, Debug)]
pub struct AwsConfig {
    /// Region of calls that name none; `us-east-1` by default.
    pub region: Region,
    /// Account number of twelve digits; zeros by default.
    pub account_id: String,
}

impl AwsConfig {
    pub(crate) fn load(sources: &Sources<'_>) -> Result<Self, ConfigError> {
        let region = sources.parse(&settings::REGION, parse_region)?;
        let account_id = sources.parse(&settings::ACCOUNT_ID, parse_account_id)?;
        Ok(Self {
            region: region.unwrap_or_else(|| Region::new(settings::REGION.default)),
            account_id: account_id.unwrap_or_else(|| settings::ACCOUNT_ID.default.to_owned()),
        })
    }
}

/// Reads a region: short enough for a pool id, which begins with it, to keep to its 55 characters.
fn parse_region(text: &str) -> Result<Region, String> {
    let is_sound = (1..=32).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if is_sound {
        Ok(Region::new(text))
    } else {
        Err("it is like us-east-1".to_owned())
    }
}

fn parse_account_id(text: &str) -> Result<String, String> {
    if text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(text.to_owned())
    } else {
        Err("it has twelve digits".to_owned())
    }
}
