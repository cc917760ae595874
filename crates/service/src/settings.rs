//! What the operator decided, as far as use cases need it.

use poolhouse_model::{Region, Ttl, UserPoolId};
use url::Url;

/// What comes after a pool's prefix where every browser finds this machine by itself.
/// Source: RFC 6761 section 6.3.
const LOCAL_DOMAIN_SUFFIX: &str = "auth.localhost";

/// How the issuer of tokens is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IssuerForm {
    /// `{public_url}/{pool_id}`: the keys are found below it.
    #[default]
    PublicUrl,
    /// As AWS writes it, for relying parties that insist on it; they must be told where the keys
    /// are.
    /// Source: AWS page "Verifying JSON web tokens", claim `iss`.
    Aws,
}

/// How many messages leave in an hour, so that nobody makes the operator pay for floods of them or
/// fills a stranger's mailbox. A limit of 0 is none.
///
/// They hold for messages that leave the server; one that only the inbox shows costs nothing.
/// Inferred: the numbers. The service has an allowance for mail and for SMS in a whole account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MessageLimits {
    /// To one address or number of a pool.
    pub per_address: i64,
    /// Mails of a pool.
    pub mails_per_pool: i64,
    /// Text messages of a pool.
    pub sms_per_pool: i64,
}

impl Default for MessageLimits {
    fn default() -> Self {
        Self {
            per_address: 20,
            mails_per_pool: 10_000,
            sms_per_pool: 500,
        }
    }
}

/// Settings of the service, fixed at start.
#[derive(Clone, Debug)]
pub struct ServiceSettings {
    /// Origin that browsers and apps reach the server by, without a slash at the end:
    /// `http://localhost:9229`. Issuers, links and discovery are built from it.
    pub public_url: String,
    /// What comes after a pool's prefix in the host name of its pages, as `auth.example.com`; their
    /// links and discovery lead there then. Lower case.
    pub domain_suffix: Option<String>,
    /// How issuers are written.
    pub issuer_form: IssuerForm,
    /// Former public URLs whose tokens are still accepted.
    pub accepted_issuers: Vec<String>,
    /// Region of pools made by calls that name none.
    pub default_region: Region,
    /// The account number in resource names.
    pub account_id: String,
    /// Whether sent messages are kept and shown in the inbox.
    pub has_inbox: bool,
    /// Whether dev conveniences are on (fixed ids).
    pub is_dev: bool,
    /// Sender of mails.
    pub mail_from: String,
    /// How many messages leave in an hour.
    pub message_limits: MessageLimits,
    /// Whether common passwords are refused.
    pub refuses_common_passwords: bool,
    /// How long authorization codes live.
    pub authorization_code_ttl: Ttl,
    /// How long a browser stays signed in, from the interactive sign-in.
    pub browser_session_ttl: Ttl,
}

impl ServiceSettings {
    /// The defaults of the dev profile for a public URL.
    pub fn dev(public_url: impl Into<String>) -> Self {
        Self {
            public_url: public_url.into(),
            domain_suffix: None,
            issuer_form: IssuerForm::default(),
            accepted_issuers: Vec::new(),
            default_region: Region::new("us-east-1"),
            account_id: "000000000000".to_owned(),
            has_inbox: true,
            is_dev: true,
            mail_from: "no-reply@poolhouse.localhost".to_owned(),
            message_limits: MessageLimits::default(),
            refuses_common_passwords: false,
            authorization_code_ttl: Ttl::from_minutes(5),
            browser_session_ttl: Ttl::from_hours(1),
        }
    }

    /// The issuer of a pool's tokens.
    pub fn issuer(&self, pool_id: &UserPoolId) -> String {
        match self.issuer_form {
            IssuerForm::PublicUrl => format!("{}/{pool_id}", self.public_url),
            IssuerForm::Aws => {
                let region = pool_id.region();
                format!("https://cognito-idp.{region}.amazonaws.com/{pool_id}")
            }
        }
    }

    /// The prefix of a pool that a host name (lower case) begins with, if the rest of it is a
    /// suffix of ours.
    pub(crate) fn prefix_of_host<'a>(&self, host: &'a str) -> Option<&'a str> {
        let suffixes = [Some(LOCAL_DOMAIN_SUFFIX), self.domain_suffix.as_deref()];
        let mut suffixes = suffixes.into_iter().flatten();
        suffixes.find_map(|suffix| host.strip_suffix(suffix)?.strip_suffix('.'))
    }

    /// Where the pages of a pool with a prefix are, if the operator set a domain suffix: scheme and
    /// port are those of the public URL.
    pub(crate) fn prefix_url(&self, prefix: &str) -> Option<String> {
        let suffix = self.domain_suffix.as_deref()?;
        let mut url = Url::parse(&self.public_url).ok()?;
        url.set_host(Some(&format!("{prefix}.{suffix}"))).ok()?;
        Some(url.origin().ascii_serialization())
    }

    /// The issuers whose tokens are accepted for a pool: the current one, then those of former
    /// public URLs.
    pub fn issuers(&self, pool_id: &UserPoolId) -> Vec<String> {
        let former = self.accepted_issuers.iter();
        std::iter::once(self.issuer(pool_id))
            .chain(former.map(|origin| format!("{origin}/{pool_id}")))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_issuer_is_written_by_the_public_url_or_as_aws_does() {
        let pool_id = UserPoolId::new("eu-west-1_AbCdEf123");
        let mut settings = ServiceSettings::dev("http://localhost:9229");
        assert_eq!(
            settings.issuer(&pool_id),
            "http://localhost:9229/eu-west-1_AbCdEf123"
        );
        settings.issuer_form = IssuerForm::Aws;
        settings.accepted_issuers = vec!["https://old.example".to_owned()];
        assert_eq!(
            settings.issuers(&pool_id),
            [
                "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123",
                "https://old.example/eu-west-1_AbCdEf123"
            ]
        );
    }
    #[test]
    fn a_suffix_is_whole_labels_behind_a_prefix() {
        let mut settings = ServiceSettings::dev("http://localhost:9229");
        assert_eq!(
            settings.prefix_of_host("house.auth.localhost"),
            Some("house")
        );
        assert_eq!(settings.prefix_of_host("house.auth.example.com"), None);
        assert_eq!(settings.prefix_url("house"), None);
        settings.domain_suffix = Some("auth.example.com".to_owned());
        assert_eq!(
            settings.prefix_of_host("house.auth.example.com"),
            Some("house")
        );
        for host in [
            "houseauth.example.com",
            "auth.example.com",
            "house.example.com",
        ] {
            assert_eq!(settings.prefix_of_host(host), None, "{host}");
        }
        assert_eq!(
            settings.prefix_url("house").as_deref(),
            Some("http://house.auth.example.com:9229")
        );
        settings.public_url = "https://example.com".to_owned();
        assert_eq!(
            settings.prefix_url("house").as_deref(),
            Some("https://house.auth.example.com")
        );
    }
}
