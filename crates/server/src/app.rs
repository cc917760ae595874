//! What every door works with.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use poolhouse_model::MovableClock;
use poolhouse_service::Service;
use url::Url;

use crate::recent_events::RecentEvents;
use crate::settings::ServerSettings;

/// The doors' shared state: the service behind them and their settings.
pub struct App {
    /// The use cases.
    pub service: Arc<Service>,
    /// What the operator decided about the doors.
    pub settings: ServerSettings,
    /// The service's clock, where it can be moved.
    pub(crate) clock: Option<Arc<MovableClock>>,
    /// The latest requests, in the dev profile.
    pub(crate) recent_events: Option<RecentEvents>,
    public_host: Option<String>,
    public_port: Option<u16>,
    is_public_url_https: bool,
    has_hinted_at_host: AtomicBool,
}

impl App {
    /// Puts the doors' state together.
    pub fn new(service: Arc<Service>, settings: ServerSettings) -> Arc<Self> {
        Self::with_clock(service, settings, None)
    }

    /// Puts the doors' state together, with the service's own clock to be moved.
    pub fn with_clock(
        service: Arc<Service>,
        settings: ServerSettings,
        clock: Option<Arc<MovableClock>>,
    ) -> Arc<Self> {
        let public_url = Url::parse(&service.settings().public_url).ok();
        let public_host = public_url
            .as_ref()
            .and_then(|url| url.host_str().map(str::to_lowercase));
        let public_port = public_url.as_ref().and_then(Url::port);
        let is_public_url_https = public_url.is_some_and(|url| url.scheme() == "https");
        Arc::new(Self {
            recent_events: settings.is_dev.then(RecentEvents::default),
            service,
            settings,
            clock,
            public_host,
            public_port,
            is_public_url_https,
            has_hinted_at_host: AtomicBool::new(false),
        })
    }

    /// The host of the public URL, lower case, without port.
    pub fn public_host(&self) -> Option<&str> {
        self.public_host.as_deref()
    }

    /// The port that the public URL names; none for the usual one of its scheme.
    pub fn public_port(&self) -> Option<u16> {
        self.public_port
    }

    /// Whether browsers reach the server by https: cookies are then `Secure`.
    pub fn is_public_url_https(&self) -> bool {
        self.is_public_url_https
    }

    /// Says once in the log that tokens name another origin than the one they were asked for at:
    /// a client that compares the issuer with the address it knows would refuse them.
    pub(crate) fn hint_at_host(&self, host: &str) {
        let is_public = self.public_host.as_deref() == Some(host);
        if is_public || self.has_hinted_at_host.swap(true, Ordering::Relaxed) {
            return;
        }
        tracing::info!(
            request.host = %host,
            issuer.origin = %self.service.settings().public_url,
            "tokens were asked for at a host that their issuer does not name; --public-url sets it"
        );
    }
}
