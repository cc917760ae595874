//! Every setting: its flag, environment variable, key in the file, default and help.

use crate::setting::Setting;

/// Port that is listened on unless configured.
pub const DEFAULT_PORT: u16 = 9229;

/// What most rows have.
const ROW: Setting = Setting {
    flag: None,
    variable: "",
    key: None,
    value_name: "",
    help: "",
    default: "",
    is_secret: false,
};

pub(crate) const CONFIG: Setting = Setting {
    flag: Some("config"),
    variable: "POOLHOUSE_CONFIG",
    value_name: "FILE",
    help: "Reads settings from a TOML file; flags and environment win over it.",
    ..ROW
};

pub(crate) const PROFILE: Setting = Setting {
    flag: Some("profile"),
    variable: "POOLHOUSE_PROFILE",
    key: Some("profile"),
    value_name: "dev|production",
    help: "Whom the server is for: dev accepts any AWS credentials and has tools; production is \
           not built yet and refuses to start.",
    default: "dev",
    ..ROW
};

pub(crate) const LISTEN: Setting = Setting {
    flag: Some("listen"),
    variable: "POOLHOUSE_LISTEN",
    key: Some("server.listen"),
    value_name: "HOST:PORT",
    help: "Addresses to listen on, separated by commas; localhost means 127.0.0.1 and ::1, and \
           port 0 any free port.",
    default: "localhost:9229",
    ..ROW
};

pub(crate) const PUBLIC_URL: Setting = Setting {
    flag: Some("public-url"),
    variable: "POOLHOUSE_PUBLIC_URL",
    key: Some("server.public_url"),
    value_name: "URL",
    help: "Origin that browsers and apps reach the server by; issuers and links are built from it.",
    default: "the address listened on",
    ..ROW
};

pub(crate) const TLS: Setting = Setting {
    flag: Some("tls"),
    variable: "POOLHOUSE_TLS",
    key: Some("server.tls"),
    value_name: "off|self-signed",
    help: "self-signed serves https with certificates of a local CA, which is made in the data \
           directory at the first start; `poolhouse ca` says how to trust it.",
    default: "off",
    ..ROW
};

pub(crate) const TLS_CERTIFICATE: Setting = Setting {
    flag: Some("tls-certificate"),
    variable: "POOLHOUSE_TLS_CERTIFICATE",
    key: Some("server.tls_certificate"),
    value_name: "FILE",
    help: "Serves https with this certificate and those between it and its root, as PEM; read \
           again on SIGHUP and when it changes.",
    ..ROW
};

pub(crate) const TLS_KEY: Setting = Setting {
    flag: Some("tls-key"),
    variable: "POOLHOUSE_TLS_KEY",
    key: Some("server.tls_key"),
    value_name: "FILE",
    help: "The private key of the certificate, as PEM.",
    ..ROW
};

pub(crate) const TRUSTED_PROXIES: Setting = Setting {
    flag: Some("trusted-proxies"),
    variable: "POOLHOUSE_TRUSTED_PROXIES",
    key: Some("server.trusted_proxies"),
    value_name: "NETWORK,...",
    help: "Addresses or networks (10.0.0.0/8) of the proxies in front: from them alone \
           X-Forwarded-For, X-Forwarded-Host and Forwarded tell client and host.",
    ..ROW
};

pub(crate) const ALLOWED_HOSTS: Setting = Setting {
    flag: Some("allowed-hosts"),
    variable: "POOLHOUSE_ALLOWED_HOSTS",
    key: Some("server.allowed_hosts"),
    value_name: "HOST,...",
    help: "Host names that are answered beside loopback names, the public URL's and the domains \
           of pools; others get 421.",
    ..ROW
};

pub(crate) const DOMAIN_SUFFIX: Setting = Setting {
    flag: Some("domain-suffix"),
    variable: "POOLHOUSE_DOMAIN_SUFFIX",
    key: Some("server.domain_suffix"),
    value_name: "HOST",
    help: "What comes after a pool's prefix in the host name of its pages: PREFIX.auth.example.com \
           for auth.example.com. Links and discovery lead there then; the names must lead here.",
    ..ROW
};

pub(crate) const ALLOWED_ORIGINS: Setting = Setting {
    flag: Some("allowed-origins"),
    variable: "POOLHOUSE_ALLOWED_ORIGINS",
    key: Some("server.allowed_origins"),
    value_name: "ORIGIN,...",
    help: "Origins, beside loopback ones, whose pages may call signed operations in the dev \
           profile.",
    ..ROW
};

pub(crate) const ALLOW_REMOTE_DEV: Setting = Setting {
    flag: Some("allow-remote-dev"),
    variable: "POOLHOUSE_ALLOW_REMOTE_DEV",
    help: "Lets the dev profile listen on an address that other machines reach: whoever reaches \
           it owns every pool. Needs the variable set to yes as well.",
    ..ROW
};

pub(crate) const MAX_BODY_BYTES: Setting = Setting {
    flag: Some("max-body-bytes"),
    variable: "POOLHOUSE_MAX_BODY_BYTES",
    key: Some("server.max_body_bytes"),
    value_name: "BYTES",
    help: "Longest body of a request.",
    default: "1048576",
    ..ROW
};

pub(crate) const MAX_CONNECTIONS: Setting = Setting {
    flag: Some("max-connections"),
    variable: "POOLHOUSE_MAX_CONNECTIONS",
    key: Some("server.max_connections"),
    value_name: "NUMBER",
    help: "Connections served at the same time; others wait.",
    default: "4096",
    ..ROW
};

pub(crate) const READY_FILE: Setting = Setting {
    flag: Some("ready-file"),
    variable: "POOLHOUSE_READY_FILE",
    value_name: "FILE",
    help: "Writes the URL that the server is reached by on this machine to a file, once it \
           listens.",
    ..ROW
};

pub(crate) const SEED: Setting = Setting {
    flag: Some("seed"),
    variable: "POOLHOUSE_SEED",
    key: Some("storage.seed"),
    value_name: "FILE",
    help: "Makes the pools, groups, resource servers, clients and users of a YAML or JSON document \
           at the start, where they are not there yet; for the dev profile.",
    ..ROW
};

pub(crate) const DATA_DIR: Setting = Setting {
    flag: Some("data-dir"),
    variable: "POOLHOUSE_DATA_DIR",
    key: Some("storage.data_dir"),
    value_name: "DIR",
    help: "Directory of the database and of the master key file; made if it is missing.",
    default: "./poolhouse-data",
    ..ROW
};

pub(crate) const EPHEMERAL: Setting = Setting {
    flag: Some("ephemeral"),
    variable: "POOLHOUSE_EPHEMERAL",
    key: Some("storage.ephemeral"),
    help: "Keeps everything in memory, to be gone at the end; wins over --data-dir and \
           --database.",
    ..ROW
};

pub(crate) const DATABASE: Setting = Setting {
    flag: Some("database"),
    variable: "POOLHOUSE_DATABASE",
    key: Some("storage.database"),
    value_name: "URL",
    help: "PostgreSQL database to use instead of the file in the data directory: \
           postgres://USER:PASSWORD@HOST:PORT/NAME. Give it by the environment: other users of \
           the machine can see flags.",
    is_secret: true,
    ..ROW
};

pub(crate) const MASTER_KEY: Setting = Setting {
    variable: "POOLHOUSE_MASTER_KEY",
    help: "The key that seals the secrets in the database: 32 random bytes, in hexadecimal or \
           base64.",
    default: "the master key file",
    is_secret: true,
    ..ROW
};

pub(crate) const MASTER_KEY_FILE: Setting = Setting {
    flag: Some("master-key-file"),
    variable: "POOLHOUSE_MASTER_KEY_FILE",
    key: Some("keys.master_key_file"),
    value_name: "FILE",
    help: "File that holds the master key; made at the first start. Without it the secrets in the \
           database cannot be opened: keep a copy apart from the database's.",
    default: "master.key in the data directory, postgres-master.key with --database",
    ..ROW
};

pub(crate) const ISSUER_FORM: Setting = Setting {
    flag: Some("issuer-form"),
    variable: "POOLHOUSE_ISSUER_FORM",
    key: Some("issuer.form"),
    value_name: "public-url|aws",
    help: "Issuer of tokens: PUBLIC_URL/POOL_ID, or as AWS writes it, \
           https://cognito-idp.REGION.amazonaws.com/POOL_ID, for apps that insist on it (they \
           must then be told where the keys are).",
    default: "public-url",
    ..ROW
};

pub(crate) const ACCEPTED_ISSUERS: Setting = Setting {
    flag: Some("accepted-issuers"),
    variable: "POOLHOUSE_ACCEPTED_ISSUERS",
    key: Some("issuer.accepted"),
    value_name: "URL,...",
    help: "Former public URLs, whose tokens are still accepted.",
    ..ROW
};

pub(crate) const REGION: Setting = Setting {
    flag: Some("region"),
    variable: "POOLHOUSE_REGION",
    key: Some("aws.region"),
    value_name: "REGION",
    help: "Region of calls that name none.",
    default: "us-east-1",
    ..ROW
};

pub(crate) const ACCOUNT_ID: Setting = Setting {
    flag: Some("account-id"),
    variable: "POOLHOUSE_ACCOUNT_ID",
    key: Some("aws.account_id"),
    value_name: "DIGITS",
    help: "Account number in resource names.",
    default: "000000000000",
    ..ROW
};

pub(crate) const PASSWORD_HASHING: Setting = Setting {
    flag: Some("password-hashing"),
    variable: "POOLHOUSE_PASSWORD_HASHING",
    key: Some("passwords.hashing"),
    value_name: "standard|dev-only",
    help: "Cost of a password hash; dev-only is fast and protects nothing, for test runs in the \
           dev profile.",
    default: "standard",
    ..ROW
};

pub(crate) const COMMON_PASSWORDS: Setting = Setting {
    flag: Some("common-passwords"),
    variable: "POOLHOUSE_COMMON_PASSWORDS",
    key: Some("passwords.common"),
    value_name: "allowed|refused",
    help: "Whether a new password may be one of the ten thousand most common, with some digits, \
           symbols and capital letters or without; the list is built in.",
    default: "allowed",
    ..ROW
};

pub(crate) const MESSAGES_PER_ADDRESS: Setting = Setting {
    flag: Some("messages-per-address"),
    variable: "POOLHOUSE_MESSAGES_PER_ADDRESS",
    key: Some("messages.per_address"),
    value_name: "NUMBER",
    help: "Messages to one address or number that a user pool sends in an hour; 0 is no limit. \
           Messages that only the inbox shows are not counted.",
    default: "20",
    ..ROW
};

pub(crate) const MAILS_PER_POOL: Setting = Setting {
    flag: Some("mails-per-pool"),
    variable: "POOLHOUSE_MAILS_PER_POOL",
    key: Some("messages.mails_per_pool"),
    value_name: "NUMBER",
    help: "Mails that a user pool sends in an hour; 0 is no limit.",
    default: "10000",
    ..ROW
};

pub(crate) const SMS_PER_POOL: Setting = Setting {
    flag: Some("sms-per-pool"),
    variable: "POOLHOUSE_SMS_PER_POOL",
    key: Some("messages.sms_per_pool"),
    value_name: "NUMBER",
    help: "Text messages that a user pool sends in an hour; 0 is no limit.",
    default: "500",
    ..ROW
};

pub(crate) const SMTP_URL: Setting = Setting {
    flag: Some("smtp-url"),
    variable: "POOLHOUSE_SMTP_URL",
    key: Some("mail.smtp_url"),
    value_name: "URL",
    help: "Mail server: smtp://USER:PASSWORD@HOST:PORT (add ?tls=required or ?tls=opportunistic \
           for STARTTLS) or smtps://... Without it mails stay in the inbox. Give it by the \
           environment: other users of the machine can see flags.",
    is_secret: true,
    ..ROW
};

pub(crate) const MAIL_FROM: Setting = Setting {
    flag: Some("mail-from"),
    variable: "POOLHOUSE_MAIL_FROM",
    key: Some("mail.from"),
    value_name: "ADDRESS",
    help: "Sender of mails.",
    default: "no-reply@poolhouse.localhost",
    ..ROW
};

pub(crate) const SMS_GATEWAY_URL: Setting = Setting {
    flag: Some("sms-gateway-url"),
    variable: "POOLHOUSE_SMS_GATEWAY_URL",
    key: Some("sms.gateway_url"),
    value_name: "URL",
    help: "HTTP gateway that text messages are posted to as JSON. Without it they stay in the \
           inbox.",
    ..ROW
};

pub(crate) const SMS_GATEWAY_TOKEN: Setting = Setting {
    variable: "POOLHOUSE_SMS_GATEWAY_TOKEN",
    help: "Bearer token that the SMS gateway is sent.",
    is_secret: true,
    ..ROW
};

pub(crate) const SMS_GATEWAY_TOKEN_FILE: Setting = Setting {
    flag: Some("sms-gateway-token-file"),
    variable: "POOLHOUSE_SMS_GATEWAY_TOKEN_FILE",
    key: Some("sms.gateway_token_file"),
    value_name: "FILE",
    help: "File that holds the token for the SMS gateway.",
    ..ROW
};

pub(crate) const LOG: Setting = Setting {
    flag: Some("log"),
    variable: "POOLHOUSE_LOG",
    key: Some("log.filter"),
    value_name: "FILTER",
    help: "What is logged to standard error: a level (error, warn, info, debug, trace), or levels \
           by module as in poolhouse_server=debug,info.",
    default: "info",
    ..ROW
};

/// All of them, in the order of the help.
pub(crate) const ALL: [&Setting; 36] = [
    &LISTEN,
    &PUBLIC_URL,
    &TLS,
    &TLS_CERTIFICATE,
    &TLS_KEY,
    &PROFILE,
    &CONFIG,
    &READY_FILE,
    &DATA_DIR,
    &EPHEMERAL,
    &DATABASE,
    &SEED,
    &MASTER_KEY,
    &MASTER_KEY_FILE,
    &TRUSTED_PROXIES,
    &ALLOWED_HOSTS,
    &DOMAIN_SUFFIX,
    &ALLOWED_ORIGINS,
    &ALLOW_REMOTE_DEV,
    &ISSUER_FORM,
    &ACCEPTED_ISSUERS,
    &REGION,
    &ACCOUNT_ID,
    &PASSWORD_HASHING,
    &COMMON_PASSWORDS,
    &SMTP_URL,
    &MAIL_FROM,
    &SMS_GATEWAY_URL,
    &SMS_GATEWAY_TOKEN,
    &SMS_GATEWAY_TOKEN_FILE,
    &MESSAGES_PER_ADDRESS,
    &MAILS_PER_POOL,
    &SMS_PER_POOL,
    &LOG,
    &MAX_BODY_BYTES,
    &MAX_CONNECTIONS,
];
