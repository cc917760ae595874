//! The doors: JSON API, OAuth endpoints, hosted pages, and the pages for developers.
//!
//! A door reads the request, calls one use case of the service and renders what comes back. Status
//! codes, wire names of errors and headers live here; rules do not.

mod app;
mod aws_json;
mod body;
mod branding_paths;
mod context;
mod cors;
mod dev_tools;
pub mod error_dictionary;
mod forwarded;
mod host;
mod hosted_ui;
mod listener;
mod oauth;
mod recent_events;
mod request_id;
mod rfc3339;
mod root;
mod router;
mod security_headers;
mod seed;
mod settings;
mod store_lease;
mod tls;

pub use app::App;
pub use aws_json::compatibility;
pub use context::{ConnectionEnds, RequestContext};
pub use dev_tools::OWN_PATHS;
pub use listener::{Listeners, serve};
pub use router::router;
pub use seed::{SeedError, read_seed, run_seed};
pub use settings::{Limits, ServerSettings};
pub use tls::{ALPN_PROTOCOLS, TlsCertificates};
