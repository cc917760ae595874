//! Putting the parts together: the only place that knows which adapter stands behind which port.

use std::sync::Arc;

use anyhow::Context as _;
use poolhouse_config::{
    Config, IssuerForm, MailConfig, MessagesConfig, PasswordHashing, Profile, SmsConfig, Tls,
};
use poolhouse_crypto::SystemRng;
use poolhouse_crypto::key_stock::SigningKeyStock;
use poolhouse_crypto::password::{HasherOptions, PasswordHasher, Preset};
use poolhouse_crypto::srp::EphemeralStock;
use poolhouse_delivery::{SmsGateway, SmtpTransport};
use poolhouse_model::{Clock, MovableClock, Rng, SecretString};
use poolhouse_server::{Limits, ServerSettings};
use poolhouse_service::{
    IssuerForm as ServiceIssuerForm, MailTransport, MessageLimits, SmsTransport,
};
use poolhouse_service::{Service, ServiceParts, ServiceSettings};
use poolhouse_storage_sql::SqlStorage;

use crate::master_key::FoundKey;
use crate::store;
use crate::system_clock::SystemClock;

/// Signing keys made ahead: one new pool takes two.
const SIGNING_KEYS_READY: usize = 2;

/// SRP pairs made ahead.
const SRP_PAIRS_READY: usize = 16;

/// The parts that the program itself holds on to.
pub(crate) struct House {
    /// The use cases.
    pub(crate) service: Arc<Service>,
    /// The store, to be cared for and closed.
    pub(crate) storage: Arc<SqlStorage>,
    /// The clock that everything reads.
    pub(crate) clock: Arc<dyn Clock>,
    /// The same clock, in the dev profile, where test suites move it.
    pub(crate) movable_clock: Option<Arc<MovableClock>>,
}

/// Opens the store and puts the service together.
/// # Errors
/// When the store, the master key or the settings of mail and SMS cannot be used.
pub(crate) async fn build(config: &Config, public_url: &str) -> anyhow::Result<House> {
    let rng: Arc<dyn Rng> = Arc::new(SystemRng::new());
    let machine: Arc<dyn Clock> = Arc::new(SystemClock);
    let is_dev = config.profile == Profile::Dev;
    let movable_clock = is_dev.then(|| Arc::new(MovableClock::new(Arc::clone(&machine))));
    let clock = match &movable_clock {
        Some(movable) => Arc::clone(movable) as _,
        None => machine,
    };
    let mail = mail_transport(&config.mail)?;
    let sms = sms_transport(&config.sms)?;
    let found_key = FoundKey::look(&config.keys, &config.storage)?;
    let must_exist = found_key.database_must_exist();
    let storage = Arc::new(store::open(&config.storage, must_exist).await?);
    let master_keys = found_key.settle(&*storage, &*rng).await?;
    let service = Service::new(ServiceParts {
        storage: Arc::clone(&storage) as _,
        clock: Arc::clone(&clock),
        hasher: PasswordHasher::new(HasherOptions::new(preset(config)), &*rng)?,
        srp_stock: EphemeralStock::new(SRP_PAIRS_READY, Arc::clone(&rng))?,
        key_stock: SigningKeyStock::new(SIGNING_KEYS_READY)?,
        master_keys,
        settings: service_settings(config, public_url),
        mail,
        sms,
        rng,
    });
    Ok(House {
        service: Arc::new(service),
        storage,
        clock,
        movable_clock,
    })
}

fn preset(config: &Config) -> Preset {
    match config.passwords.hashing {
        PasswordHashing::Standard => Preset::Standard,
        PasswordHashing::DevOnly => Preset::DevOnly,
    }
}

fn mail_transport(config: &MailConfig) -> anyhow::Result<Option<Arc<dyn MailTransport>>> {
    poolhouse_delivery::check_sender(&config.from).context("the sender of mails")?;
    let Some(url) = &config.smtp_url else {
        return Ok(None);
    };
    let transport = SmtpTransport::new(url.expose()).context("the URL of the mail server")?;
    Ok(Some(Arc::new(transport)))
}

fn sms_transport(config: &SmsConfig) -> anyhow::Result<Option<Arc<dyn SmsTransport>>> {
    let from_file = config.gateway_token_file.as_deref().map(|path| {
        let text = std::fs::read_to_string(path).with_context(|| {
            let path = path.display();
            format!("the file {path} with the token for the SMS gateway")
        })?;
        anyhow::Ok(SecretString::from(text.trim()))
    });
    let token = from_file.transpose()?.or(config.gateway_token.clone());
    let Some(url) = &config.gateway_url else {
        return Ok(None);
    };
    let gateway =
        SmsGateway::new(url, token.as_ref()).context("the settings of the SMS gateway")?;
    Ok(Some(Arc::new(gateway)))
}

fn service_settings(config: &Config, public_url: &str) -> ServiceSettings {
    let is_dev = config.profile == Profile::Dev;
    let accepted = config.issuer.accepted.iter();
    ServiceSettings {
        domain_suffix: config.server.domain_suffix.clone(),
        issuer_form: match config.issuer.form {
            IssuerForm::PublicUrl => ServiceIssuerForm::PublicUrl,
            IssuerForm::Aws => ServiceIssuerForm::Aws,
        },
        accepted_issuers: accepted.map(ToString::to_string).collect(),
        default_region: config.aws.region.clone(),
        account_id: config.aws.account_id.clone(),
        has_inbox: is_dev,
        is_dev,
        mail_from: config.mail.from.clone(),
        message_limits: message_limits(&config.messages),
        refuses_common_passwords: config.passwords.refuses_common,
        ..ServiceSettings::dev(public_url)
    }
}

fn message_limits(config: &MessagesConfig) -> MessageLimits {
    let defaults = MessageLimits::default();
    let limit = |configured: Option<u32>, default| configured.map_or(default, i64::from);
    MessageLimits {
        per_address: limit(config.per_address, defaults.per_address),
        mails_per_pool: limit(config.mails_per_pool, defaults.mails_per_pool),
        sms_per_pool: limit(config.sms_per_pool, defaults.sms_per_pool),
    }
}

/// What the doors are told.
pub(crate) fn server_settings(config: &Config) -> ServerSettings {
    let server = &config.server;
    let defaults = Limits::default();
    ServerSettings {
        is_dev: config.profile == Profile::Dev,
        allowed_hosts: server.allowed_hosts.clone(),
        allowed_origins: server
            .allowed_origins
            .iter()
            .map(ToString::to_string)
            .collect(),
        trusted_proxies: server.trusted_proxies.clone(),
        // Where the CA is not trusted yet, browsers would let nobody go on.
        sends_strict_transport: server.tls != Tls::SelfSigned,
        limits: Limits {
            max_body_bytes: server.max_body_bytes.unwrap_or(defaults.max_body_bytes),
            max_connections: server.max_connections.unwrap_or(defaults.max_connections),
            ..defaults
        },
    }
}
