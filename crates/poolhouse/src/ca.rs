//! `poolhouse ca`: where the local CA is, and how to let programs trust it.

use std::io::{self, ErrorKind, Write as _};

use anyhow::{Context as _, bail};
use poolhouse_config::Config;
use poolhouse_model::Clock as _;

use crate::logging;
use crate::system_clock::SystemClock;
use crate::tls::authority::{Authority, CERTIFICATE_FILE};
use crate::tls::{configured_hosts, host_of};

/// How programs are told to trust a certificate; `FILE` stands for it.
const HOW: &str = "\
Nothing on this machine is changed by Poolhouse. To trust the CA, do what your programs need:

  curl                   curl --cacert FILE https://localhost:9229/_poolhouse/health
  Node.js                export NODE_EXTRA_CA_CERTS=FILE
  Python requests        export REQUESTS_CA_BUNDLE=FILE
  AWS CLI, boto3         export AWS_CA_BUNDLE=FILE
  Go, OpenSSL, Ruby      export SSL_CERT_FILE=FILE   (only this CA is trusted then)
  Java                   keytool -importcert -noprompt -alias poolhouse -file FILE -cacerts

  Debian, Ubuntu         sudo cp FILE /usr/local/share/ca-certificates/poolhouse.crt
                         sudo update-ca-certificates
  Fedora, RHEL           sudo trust anchor FILE
  Chromium on Linux      certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n poolhouse -i FILE
                         (Debian package libnss3-tools; restart the browser)
  Firefox                Settings, Privacy & Security, View Certificates, Authorities, Import
  macOS, with Safari     sudo security add-trusted-cert -d -r trustRoot \\
    and Chrome             -k /Library/Keychains/System.keychain FILE
  Windows, with Edge     certutil -addstore -user Root FILE
    and Chrome

It may vouch for localhost, *.localhost, .test, .example, .internal, .local, .home.arpa, private
addresses and the configured hosts alone, so that a stolen key is of no use elsewhere. Remove it
from where it is trusted when you no longer need it.
";

/// `poolhouse ca`
/// # Errors
/// When there is no lasting CA, or its files cannot be used.
pub(crate) fn run(is_pem: bool, config: &Config) -> anyhow::Result<()> {
    logging::start(&config.log)?;
    let Some(directory) = &config.server.local_ca_directory else {
        bail!(
            "with --ephemeral each start has a CA of its own, and its banner names the file; \
             name a directory that keeps it with --data-dir"
        );
    };
    let public_url = config.server.public_url.as_ref();
    let hosts = configured_hosts(config, public_url.and_then(|url| host_of(url.as_str())));
    let authority = Authority::open_or_make(directory, &hosts, SystemClock.now())?;
    if is_pem {
        return print(authority.pem());
    }
    let file = std::path::absolute(directory.join(CERTIFICATE_FILE))?;
    let file = file.display().to_string();
    let ends_at = authority.ends_at()?.as_secs();
    let ends_at = time::OffsetDateTime::from_unix_timestamp(ends_at)
        .context("the certificate's end")?
        .date();
    let how = HOW.replace("FILE", &file);
    print(&format!(
        "{file}\n\nThe certificate of the CA that `--tls self-signed` makes certificates with, good \
         until {ends_at}.\n{how}"
    ))
}

/// Prints a text; who reads it may have closed the pipe after the first line.
fn print(text: &str) -> anyhow::Result<()> {
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        outcome => Ok(outcome?),
    }
}
