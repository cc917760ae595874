//! What a start says of itself.

use std::fmt::Write as _;
use std::path::Path;

use poolhouse_config::{Config, Profile};
use poolhouse_model::UserPoolId;
use poolhouse_service::Service;

/// Writes the lines that say who the server is for, where its data is, who issues its tokens and
/// what to open.
pub(crate) fn write(config: &Config, service: &Service, url: &str, ca: Option<&Path>) -> String {
    let settings = service.settings();
    let profile = match config.profile {
        Profile::Dev => "dev (any AWS credentials are accepted; for this machine only)",
        Profile::Production => "production",
    };
    let mut text = format!("Poolhouse {}\n", env!("CARGO_PKG_VERSION"));
    let mut line = |name: &str, value: &str| {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {name:<10} {value}");
    };
    line("profile", profile);
    line("storage", &service.describe_storage());
    line("issuer", &settings.issuer(&UserPoolId::new("POOL_ID")));
    line("endpoint", &settings.public_url);
    if settings.public_url != url {
        line("listening", url);
    }
    if let Some(file) = ca {
        let mut value = format!("{} (`poolhouse ca` says how to trust it)", file.display());
        if config.server.local_ca_directory.is_none() {
            value = format!("{} (for this run; --data-dir keeps it)", file.display());
        }
        line("local CA", &value);
    }
    line("open", &format!("{}/_poolhouse/", settings.public_url));
    text
}
