use super::*;

fn try_load(
    flags: &[(&'static str, &str)],
    environment: &[(&str, &str)],
    file: &str,
) -> Result<Config, String> {
    let environment = environment
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    load(&Flags::of(flags), &environment, Purpose::Serve, |path| {
        assert_eq!(path, Path::new("poolhouse.toml"));
        Ok(file.to_owned())
    })
    .map_err(|error| error.to_string())
}

fn from_file(file: &str) -> Result<Config, String> {
    try_load(&[("config", "poolhouse.toml")], &[], file)
}

fn from_environment(name: &str, value: &str) -> Result<Config, String> {
    try_load(&[], &[(name, value)], "")
}

#[test]
fn without_any_source_the_dev_profile_keeps_its_data_beside_and_listens_on_loopback() {
    let config = try_load(&[], &[], "").unwrap();
    assert_eq!(config.profile, Profile::Dev);
    assert_eq!(
        config.server.listen,
        [ListenAddress::Localhost { port: 9229 }]
    );
    assert_eq!(config.server.public_url, None);
    assert!(matches!(config.storage.kind, StoreKind::DataDir));
    assert_eq!(config.storage.data_dir, Path::new("./poolhouse-data"));
    let key_file = config.keys.file(&config.storage);
    assert_eq!(key_file, Path::new("./poolhouse-data/master.key"));
    let config = from_environment("POOLHOUSE_DATABASE", "postgres://db/x").unwrap();
    let key_file = config.keys.file(&config.storage);
    assert_eq!(key_file, Path::new("./poolhouse-data/postgres-master.key"));
    assert_eq!(config.aws.region.as_str(), "us-east-1");
    assert_eq!(config.aws.account_id, "000000000000");
}

#[test]
fn a_flag_wins_over_the_environment_and_the_environment_over_the_file() {
    let file = "[aws]\nregion = \"eu-west-1\"\n";
    let flag = ("region", "eu-west-3");
    let variable = ("POOLHOUSE_REGION", "eu-west-2");
    let at = ("config", "poolhouse.toml");
    let region = |flags: &[_], environment: &[_]| {
        let config = try_load(flags, environment, file).unwrap();
        config.aws.region.as_str().to_owned()
    };
    assert_eq!(region(&[at], &[]), "eu-west-1");
    assert_eq!(region(&[at], &[variable]), "eu-west-2");
    assert_eq!(region(&[at, flag], &[variable]), "eu-west-3");
    assert_eq!(region(&[at], &[("POOLHOUSE_REGION", "")]), "eu-west-1");
    assert_eq!(region(&[], &[("POOLHOUSE_CONFIG", at.1)]), "eu-west-1");
}

#[test]
fn every_section_can_be_written_in_the_file() {
    let config = from_file(
        r#"
        profile = "dev"
        [server]
        listen = ["127.0.0.1:1000", "[::1]:1000"]
        public_url = "https://auth.example.com"
        allowed_hosts = ["Proxy.internal"]
        domain_suffix = "Auth.example.com"
        allowed_origins = ["https://app.example.com"]
        max_body_bytes = 2048
        max_connections = 7
        tls_certificate = "/etc/poolhouse/tls.pem"
        tls_key = "/etc/poolhouse/tls-key.pem"
        trusted_proxies = ["10.1.2.3/8", "::1"]
        [storage]
        data_dir = "/var/lib/poolhouse"
        database = "postgres://u:p@db/poolhouse"
        [keys]
        master_key_file = "/run/secrets/key"
        [issuer]
        form = "aws"
        accepted = ["https://old.example.com"]
        [aws]
        region = "eu-central-1"
        account_id = "123456789012"
        [passwords]
        hashing = "dev-only"
        common = "refused"
        [mail]
        smtp_url = "smtp://mail.internal"
        from = "Accounts <accounts@example.com>"
        [sms]
        gateway_url = "https://sms.internal/send"
        gateway_token_file = "/run/secrets/sms"
        [messages]
        per_address = 5
        mails_per_pool = 0
        sms_per_pool = 10
        [log]
        filter = "warn"
        "#,
    )
    .unwrap();
    assert_eq!(config.server.listen.len(), 2);
    assert_eq!(config.server.allowed_hosts, ["proxy.internal"]);
    let suffix = config.server.domain_suffix.as_deref();
    assert_eq!(suffix, Some("auth.example.com"));
    assert_eq!(config.server.max_body_bytes, Some(2048));
    let files = Tls::Files {
        certificate: "/etc/poolhouse/tls.pem".into(),
        key: "/etc/poolhouse/tls-key.pem".into(),
    };
    assert_eq!(config.server.tls, files);
    let proxies = config.server.trusted_proxies.iter();
    let proxies: Vec<_> = proxies.map(ToString::to_string).collect();
    assert_eq!(proxies, ["10.0.0.0/8", "::1/128"]);
    assert!(matches!(config.storage.kind, StoreKind::Postgres(_)));
    assert_eq!(config.issuer.form, IssuerForm::Aws);
    assert_eq!(
        config.issuer.accepted[0].as_str(),
        "https://old.example.com"
    );
    assert_eq!(config.passwords.hashing, PasswordHashing::DevOnly);
    let url = config.sms.gateway_url.as_deref();
    assert_eq!(url, Some("https://sms.internal/send"));
    assert!(config.passwords.refuses_common);
    assert_eq!(config.messages.per_address, Some(5));
    assert_eq!(config.messages.mails_per_pool, Some(0));
    assert_eq!(config.messages.sms_per_pool, Some(10));
    assert_eq!(config.log.filter, "warn");
}

#[test]
fn an_unknown_key_is_refused_with_its_file_and_what_there_is() {
    let error = from_file("[server]\nlisten_on = \"localhost:1\"\n").unwrap_err();
    assert!(
        error.starts_with("poolhouse.toml: there is no setting `server.listen_on`"),
        "{error}"
    );
    assert!(error.contains("[server] has listen, public_url"), "{error}");
    for (file, key) in [
        ("listen = \"localhost:1\"", "`listen`"),
        ("[sever]\nlisten = 1", "`sever`"),
        ("server = 1", "`server`"),
        ("[profile]\na = 1", "`profile`"),
        ("[keys]\nmaster_key = \"00\"", "`keys.master_key`"),
    ] {
        let error = from_file(file).unwrap_err();
        assert!(error.contains(key), "{error}");
    }
}

#[test]
fn a_value_that_makes_no_sense_is_named_by_where_it_stands() {
    let error = try_load(&[("listen", "example.com:80")], &[], "").unwrap_err();
    assert!(error.starts_with("--listen cannot be used"), "{error}");
    assert!(error.contains("\"example.com:80\""), "{error}");
    let error = from_environment("POOLHOUSE_EPHEMERAL", "maybe").unwrap_err();
    assert!(error.starts_with("POOLHOUSE_EPHEMERAL"), "{error}");
    let error = from_file("[server]\nmax_body_bytes = 0").unwrap_err();
    assert!(
        error.starts_with("`server.max_body_bytes` in poolhouse.toml"),
        "{error}"
    );
    for (name, value) in [
        ("POOLHOUSE_PROFILE", "prod"),
        ("POOLHOUSE_PUBLIC_URL", "https://example.com/auth"),
        ("POOLHOUSE_ALLOWED_HOSTS", "http://example.com"),
        ("POOLHOUSE_ALLOWED_ORIGINS", "example.com"),
        ("POOLHOUSE_DATABASE", "mysql://db"),
        ("POOLHOUSE_ISSUER_FORM", "AWS"),
        ("POOLHOUSE_ACCEPTED_ISSUERS", "https://a.example/pool"),
        ("POOLHOUSE_REGION", "US_EAST"),
        ("POOLHOUSE_ACCOUNT_ID", "1"),
        ("POOLHOUSE_PASSWORD_HASHING", "none"),
        ("POOLHOUSE_SMTP_URL", "mail.internal"),
        ("POOLHOUSE_MAIL_FROM", "nobody"),
        ("POOLHOUSE_MAX_CONNECTIONS", "-1"),
        ("POOLHOUSE_COMMON_PASSWORDS", "yes"),
        ("POOLHOUSE_MESSAGES_PER_ADDRESS", "-1"),
        ("POOLHOUSE_MAILS_PER_POOL", "many"),
        ("POOLHOUSE_SMS_PER_POOL", "1e9"),
    ] {
        let error = from_environment(name, value).unwrap_err();
        assert!(error.starts_with(name), "{error}");
    }
}

#[test]
fn a_file_of_the_wrong_types_is_refused() {
    for file in [
        "profile = [\"dev\"]",
        "[server]\npublic_url = 1.5",
        "[storage]\ndata_dir = [\"a\", \"b\"]",
        "[server]\nallowed_hosts = [[\"a\"]]",
        "[server]\ndomain_suffix = \".example.com\"",
        "[server]\ndomain_suffix = \"https://example.com\"",
    ] {
        assert!(from_file(file).is_err(), "{file}");
    }
}

#[test]
fn s67_no_message_and_no_debug_form_repeats_a_password() {
    for (name, value) in [
        ("POOLHOUSE_DATABASE", "mysql://u:hunter2@db"),
        ("POOLHOUSE_SMTP_URL", "http://u:hunter2@mail"),
    ] {
        let error = from_environment(name, value).unwrap_err();
        assert!(!error.contains("hunter2"), "{error}");
    }
    let error = from_file("[mail]\nsmtp_url = \"smtp://u:hunter2@mail\n").unwrap_err();
    assert!(
        error.contains("line 2") && !error.contains("hunter2"),
        "{error}"
    );
    let secrets = [
        ("POOLHOUSE_DATABASE", "postgres://u:hunter2@db"),
        ("POOLHOUSE_SMTP_URL", "smtp://u:hunter2@mail"),
        ("POOLHOUSE_MASTER_KEY", "hunter2"),
    ];
    let config = try_load(&[], &secrets, "").unwrap();
    assert!(!format!("{config:?}").contains("hunter2"));
}

#[test]
fn ephemeral_wins_over_every_other_store() {
    let flags = [
        ("ephemeral", "true"),
        ("data-dir", "/var/lib/poolhouse"),
        ("database", "postgres://db/poolhouse"),
    ];
    let config = try_load(&flags, &[], "").unwrap();
    assert!(matches!(config.storage.kind, StoreKind::Ephemeral));
    let off = [("ephemeral", "false")];
    let config = try_load(&off, &[("POOLHOUSE_EPHEMERAL", "1")], "").unwrap();
    assert!(matches!(config.storage.kind, StoreKind::DataDir));
}

#[test]
fn s65_the_dev_profile_leaves_loopback_only_when_told_twice() {
    let listen = ("listen", "localhost:1,0.0.0.0:1");
    let flag = ("allow-remote-dev", "true");
    let variable = ("POOLHOUSE_ALLOW_REMOTE_DEV", "yes");
    for (flags, environment) in [
        (&[listen][..], &[][..]),
        (&[listen, flag], &[]),
        (&[listen], &[variable]),
        (&[listen, flag], &[("POOLHOUSE_ALLOW_REMOTE_DEV", "no")]),
        (&[listen, ("allow-remote-dev", "false")], &[variable]),
    ] {
        let error = try_load(flags, environment, "").unwrap_err();
        assert!(error.contains("--listen names 0.0.0.0:1"), "{error}");
        assert!(error.contains("POOLHOUSE_ALLOW_REMOTE_DEV=yes"), "{error}");
    }
    let config = try_load(&[listen, flag], &[variable], "").unwrap();
    assert!(config.server.allows_remote_dev);
    // Who only asks the server opens nothing.
    let no_file = |_: &Path| unreachable!("no file is named");
    let asked = load(
        &Flags::of(&[listen]),
        &Environment::new(),
        Purpose::Use,
        no_file,
    );
    assert_eq!(asked.unwrap().server.listen.len(), 2);
    let file = "[server]\nallow_remote_dev = true";
    assert!(from_file(file).unwrap_err().contains("there is no setting"));
}

#[test]
fn a_master_key_comes_from_one_place() {
    let both = [
        ("POOLHOUSE_MASTER_KEY", "k"),
        ("POOLHOUSE_MASTER_KEY_FILE", "/k"),
    ];
    assert!(try_load(&[], &both, "").is_err());
    assert!(from_environment("POOLHOUSE_MASTER_KEY", "k").is_ok());
}

#[test]
fn names_in_all_sources_follow_from_one_another() {
    for setting in settings::ALL {
        assert!(!setting.help.is_empty(), "{}", setting.variable);
        let Some(flag) = setting.flag else {
            continue;
        };
        let variable = format!("POOLHOUSE_{}", flag.to_uppercase().replace('-', "_"));
        assert_eq!(setting.variable, variable);
    }
}

#[test]
fn the_help_names_each_flag_with_its_variable_and_key() {
    let command = clap::Command::new("serve").args(arguments());
    let help = command.clone().render_long_help().to_string();
    for setting in settings::ALL {
        if let Some(flag) = setting.flag {
            assert!(help.contains(&format!("--{flag}")), "{flag}");
            assert!(help.contains(setting.variable), "{flag}");
        }
    }
    command.debug_assert();
}

#[test]
fn flags_are_read_from_a_command_line() {
    let command = clap::Command::new("serve").args(arguments());
    let line = [
        "serve",
        "--ephemeral",
        "--listen",
        "localhost:0",
        "--log=debug",
    ];
    let matches = command.try_get_matches_from(line).unwrap();
    let flags = Flags::from_matches(&matches);
    let config = load(
        &flags,
        &Environment::new(),
        Purpose::Serve,
        |_| unreachable!(),
    )
    .unwrap();
    assert!(matches!(config.storage.kind, StoreKind::Ephemeral));
    assert_eq!(config.server.listen, [ListenAddress::Localhost { port: 0 }]);
    assert_eq!(config.log.filter, "debug");
}

#[test]
fn the_page_on_configuration_has_every_setting_with_all_its_names_and_no_other() {
    let page = include_str!("../../../docs/configuration.md");
    for setting in settings::ALL {
        let row = |line: &&str| line.contains(&format!("`{}`", setting.variable));
        let row = page.lines().filter(|line| line.starts_with('|')).find(row);
        let row = row.unwrap_or_else(|| panic!("{} is missing", setting.variable));
        if let Some(flag) = setting.flag {
            assert!(row.contains(&format!("`--{flag}")), "{row}");
        }
        if let Some(key) = setting.key {
            assert!(row.contains(&format!("`{key}`")), "{row}");
        }
    }
    let rows = page.lines().filter(|line| line.starts_with('|'));
    let rows = rows.filter(|line| line.contains("`POOLHOUSE_")).count();
    assert_eq!(
        rows,
        settings::ALL.len(),
        "the page has a setting that is none"
    );
}

#[test]
fn the_local_ca_is_kept_in_the_data_directory_but_by_a_run_that_leaves_nothing_behind() {
    let directory = |flags: &[_]| try_load(flags, &[], "").unwrap().server.local_ca_directory;
    let (data_dir, in_memory) = (("data-dir", "data"), ("ephemeral", "true"));
    for (flags, expected) in [
        (&[][..], Some("./poolhouse-data/tls")),
        (&[data_dir], Some("data/tls")),
        (&[in_memory], None),
        (&[in_memory, data_dir], Some("data/tls")),
    ] {
        assert_eq!(directory(flags).as_deref(), expected.map(Path::new));
    }
}

#[test]
fn plain_http_is_spoken_unless_https_is_asked_for() {
    let tls = |flags: &[_]| try_load(flags, &[], "").unwrap().server.tls;
    assert_eq!(tls(&[("tls", "self-signed")]), Tls::SelfSigned);
    assert_eq!(tls(&[("tls", "off")]), Tls::Off);
    assert!(!tls(&[]).is_on());
}

#[test]
fn half_a_certificate_and_two_ways_at_once_are_refused() {
    let (certificate, key) = (("tls-certificate", "c.pem"), ("tls-key", "k.pem"));
    for (flags, expected) in [
        (
            &[certificate][..],
            "--tls-certificate cannot be used: --tls-key",
        ),
        (&[key], "--tls-key cannot be used: --tls-certificate"),
        (
            &[certificate, key, ("tls", "self-signed")],
            "which is meant",
        ),
        (&[certificate, key, ("tls", "off")], "which is meant"),
        (&[("tls", "on")], "it is off or self-signed"),
        (
            &[("tls", "self-signed"), ("public-url", "http://localhost:1")],
            "--public-url begins with http://",
        ),
        (
            &[("tls", "self-signed"), ("profile", "production")],
            "no user's browser trusts",
        ),
    ] {
        let error = try_load(flags, &[], "").unwrap_err();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn s55_a_proxy_is_named_by_address_or_network_and_never_by_everybody() {
    for bad in [
        "0.0.0.0/0",
        "::/0",
        "proxy.internal",
        "10.0.0.0/33",
        "10.0.0",
    ] {
        let error = try_load(&[("trusted-proxies", bad)], &[], "").unwrap_err();
        assert!(error.contains(bad), "{error}");
    }
}
