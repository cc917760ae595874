//! Serving until told to stop.

use std::future::Future;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use poolhouse_config::{Config, Profile};
use poolhouse_server::{App, Listeners};
use poolhouse_service::Service;
use tokio::task::JoinHandle;

use crate::listen::{self, Listening};
use crate::stop::{self, Stop};
use crate::tls::{self, Https};
use crate::wiring::{self, House};
use crate::{banner, housekeeping, logging, ready_file, seed};

/// How long a stop waits for the outbox, after the last request was answered: it gives messages on
/// their way a moment of its own, then notes which have not left.
const OUTBOX_STOP_TTL: Duration = Duration::from_secs(2);

/// What is there before the first request is served.
pub(crate) struct Started {
    /// The use cases.
    pub(crate) service: Arc<Service>,
    /// The certificate of the local CA, where https is served with it.
    pub(crate) ca_file: Option<PathBuf>,
}

/// `poolhouse serve`
/// # Errors
/// When the server cannot start, or its store cannot be closed.
pub(crate) fn run(config: &Config) -> anyhow::Result<()> {
    run_with(config, |_| async { Ok(()) })
}

/// Serves; `before` runs when everything is there but nothing was served yet.
/// # Errors
/// When the server cannot start, `before` fails, or the store cannot be closed.
pub(crate) fn run_with<Before, Running>(config: &Config, before: Before) -> anyhow::Result<()>
where
    Before: FnOnce(Started) -> Running,
    Running: Future<Output = anyhow::Result<()>>,
{
    refuse_production(config)?;
    logging::start(&config.log)?;
    let runtime = tokio::runtime::Runtime::new().context("no threads can be started")?;
    runtime.block_on(async {
        let stop = stop::on_signal()?;
        let listening = listen::bind(&config.server.listen, config.server.tls.scheme()).await?;
        let public_url = match &config.server.public_url {
            Some(url) => url.as_str().to_owned(),
            None => listening.url.clone(),
        };
        let house = wiring::build(config, &public_url).await?;
        let outcome = async {
            if let Some(file) = &config.storage.seed {
                seed::seed_at_start(&house.service, file).await?;
            }
            let https = tls::prepare(config, &house.service)?;
            before(Started {
                service: Arc::clone(&house.service),
                ca_file: https.as_ref().and_then(|https| https.ca_file.clone()),
            })
            .await?;
            serve(config, &house, listening, https, stop).await
        };
        let outcome = outcome.await;
        let closed = house
            .storage
            .close()
            .context("the store was not closed cleanly");
        outcome.and(closed)
    })
}

/// # Errors
/// In the production profile, which is not built yet.
pub(crate) fn refuse_production(config: &Config) -> anyhow::Result<()> {
    if config.profile == Profile::Production {
        bail!(
            "the production profile is not built yet, so nothing is served: it will verify AWS \
             signatures, insist on https and keep an audit log. Use --profile dev on a machine \
             that is yours alone"
        );
    }
    Ok(())
}

async fn serve(
    config: &Config,
    house: &House,
    listening: Listening,
    https: Option<Https>,
    stop: Stop,
) -> anyhow::Result<()> {
    let outbox = start_outbox(house, stop.clone());
    let purge = housekeeping::run(Arc::clone(&house.storage) as _, Arc::clone(&house.clock));
    let purge = tokio::spawn(purge);
    let ca_file = https.as_ref().and_then(|https| https.ca_file.as_deref());
    eprint!(
        "{}",
        banner::write(config, &house.service, &listening.url, ca_file)
    );
    if config.server.allows_remote_dev {
        tracing::warn!("the dev profile may be open to other machines, whose users own every pool");
    }
    if config.profile == Profile::Dev && !config.server.trusted_proxies.is_empty() {
        tracing::warn!("whoever reaches the proxy in front of the dev profile owns every pool");
    }
    if let Some(path) = &config.server.ready_file {
        ready_file::write(path, &listening.url)
            .with_context(|| format!("the ready file {} cannot be written", path.display()))?;
    }
    let settings = wiring::server_settings(config);
    let clock = house.movable_clock.clone();
    let app = App::with_clock(Arc::clone(&house.service), settings, clock);
    let listeners = Listeners {
        sockets: listening.listeners,
        certificates: https.as_ref().map(|https| Arc::clone(&https.certificates)),
    };
    poolhouse_server::serve(listeners, app, stop.requested()).await?;
    purge.abort();
    if tokio::time::timeout(OUTBOX_STOP_TTL, outbox).await.is_err() {
        tracing::warn!(
            "the outbox did not end in time; messages on their way are sent again later"
        );
    }
    Ok(())
}

fn start_outbox(house: &House, stop: Stop) -> JoinHandle<()> {
    let service = Arc::clone(&house.service);
    tokio::spawn(async move { service.run_outbox(stop.requested()).await })
}
