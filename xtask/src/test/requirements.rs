//! What the rings need beyond cargo, and how to get it.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{Ring, apt, postgres};
use crate::process;

/// Names under which Chromium is installed.
const CHROMIUM: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Names under which Chromium is installed without its windows.
const HEADLESS_SHELL: [&str; 2] = ["chromium-headless-shell", "chrome-headless-shell"];

/// Where Debian puts the module of Apache.
const MOD_AUTH_OPENIDC: &str = "/usr/lib/apache2/modules/mod_auth_openidc.so";

/// Where Debian puts the shell of the base image, and what tells containers each other's names.
const BUSYBOX: &str = "/bin/busybox";
const AARDVARK: &str = "/usr/lib/podman/aardvark-dns";

/// A program that some rings cannot do without.
struct Requirement {
    what: &'static str,
    /// The packages of Debian that bring it.
    packages: &'static [&'static str],
    rings: &'static [Ring],
    is_there: fn() -> bool,
}

const REQUIREMENTS: [Requirement; 10] = [
    Requirement {
        what: "PostgreSQL 15 or newer, for the tests on that engine",
        packages: &["postgresql"],
        rings: &[
            Ring::Rust,
            Ring::Sdk,
            Ring::Oidc,
            Ring::Browser,
            Ring::Examples,
        ],
        is_there: || postgres::programs().is_some(),
    },
    Requirement {
        what: "Python 3.10 or newer with venv, for the Python clients",
        packages: &["python3", "python3-venv"],
        rings: &[Ring::Sdk, Ring::Browser, Ring::Examples, Ring::Pages],
        is_there: || {
            succeeds(
                "python3",
                &[
                    "-c",
                    "import ensurepip, sys; assert sys.version_info >= (3, 10)",
                ],
            )
        },
    },
    Requirement {
        what: "Node.js 20 or newer with npm, for the JavaScript clients",
        packages: &["nodejs", "npm"],
        rings: &[
            Ring::Sdk,
            Ring::Oidc,
            Ring::Browser,
            Ring::Examples,
            Ring::Pages,
            Ring::Containers,
        ],
        is_there: || node_is_there() && process::find("npm").is_some(),
    },
    Requirement {
        what: "curl, jq and openssl, for the commands that the papers and the playground show",
        packages: &["curl", "jq", "openssl"],
        rings: &[Ring::Browser, Ring::Pages],
        is_there: || {
            let mut programs = ["bash", "curl", "jq", "openssl"].iter();
            programs.all(|name| process::find(name).is_some())
        },
    },
    Requirement {
        what: "nginx, as the proxy in front",
        packages: &["nginx-light"],
        rings: &[Ring::Oidc],
        is_there: || process::find("nginx").is_some() || Path::new("/usr/sbin/nginx").exists(),
    },
    Requirement {
        what: "Caddy, as another one",
        packages: &["caddy"],
        rings: &[Ring::Oidc],
        is_there: || process::find("caddy").is_some(),
    },
    Requirement {
        what: "certutil, by which Chromium is told to trust a CA",
        packages: &["libnss3-tools"],
        rings: &[Ring::Browser],
        is_there: || process::find("certutil").is_some(),
    },
    Requirement {
        what: "Chromium, for the pages in a browser",
        packages: &["chromium", "chromium-headless-shell"],
        rings: &[Ring::Browser, Ring::Examples],
        // Where there are no packages to take the shell from, the browser does.
        is_there: || {
            let has_shell = headless_shell().is_some();
            chromium().is_some() && (has_shell || process::find("apt-get").is_none())
        },
    },
    Requirement {
        what: "Podman with podman-compose, for the recipe for containers",
        packages: &[
            "podman",
            "podman-compose",
            "runc",
            "netavark",
            "aardvark-dns",
            "iptables",
            "busybox-static",
            "binutils",
            "curl",
        ],
        rings: &[Ring::Containers],
        is_there: || {
            let mut programs = ["podman", "podman-compose", "runc", "strip", "curl"].iter();
            programs.all(|name| process::find(name).is_some())
                && [BUSYBOX, AARDVARK]
                    .iter()
                    .all(|file| Path::new(file).exists())
        },
    },
    // Not the package `apache2`: it would start a server of its own.
    Requirement {
        what: "Apache with mod_auth_openidc, as one of the relying parties",
        packages: &["apache2-bin", "libapache2-mod-auth-openidc"],
        rings: &[Ring::Browser],
        is_there: || process::find("apache2").is_some() && Path::new(MOD_AUTH_OPENIDC).exists(),
    },
];

/// Installs what `rings` need and is not there; returns what is still missing, in words.
pub(super) fn install(rings: &[Ring]) -> Vec<String> {
    let absent = absent(rings);
    if absent.is_empty() {
        return Vec::new();
    }
    let updated = apt::update().map_err(|error| format!("{error:#}"));
    absent
        .iter()
        .filter_map(|absent| absent.install(updated.as_ref().err()))
        .collect()
}

impl Requirement {
    /// Installs it, unless something stands in the way; says what is missing if that fails.
    fn install(&self, in_the_way: Option<&String>) -> Option<String> {
        let why = match in_the_way {
            Some(why) => why.clone(),
            None => apt::install(self.packages).err()?.to_string(),
        };
        let packages = self.packages.join(" ");
        let line = format!("{} (Debian: {packages}); not installed: {why}", self.what);
        eprintln!("missing: {line}");
        Some(line)
    }
}

/// Finds Chromium.
pub(super) fn chromium() -> Option<PathBuf> {
    CHROMIUM.iter().find_map(|name| process::find(name))
}

/// Finds the browser without its windows.
pub(super) fn headless_shell() -> Option<PathBuf> {
    HEADLESS_SHELL.iter().find_map(|name| process::find(name))
}

fn absent(rings: &[Ring]) -> Vec<&'static Requirement> {
    let is_needed = |needed: &&Requirement| needed.rings.iter().any(|ring| rings.contains(ring));
    REQUIREMENTS
        .iter()
        .filter(is_needed)
        .filter(|needed| !(needed.is_there)())
        .collect()
}

fn node_is_there() -> bool {
    succeeds(
        "node",
        &[
            "-e",
            "process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)",
        ],
    )
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    process::output(Command::new(program).args(arguments)).is_ok()
}
