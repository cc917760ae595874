//! Being told to stop.

use std::io;

use tokio::sync::watch;

/// Tells every part of the program that it is time to stop.
#[derive(Clone)]
pub(crate) struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Waits until it is time to stop.
    pub(crate) async fn requested(mut self) {
        // The sender is gone only when its task is, with the runtime.
        let _ = self.0.wait_for(|is_requested| *is_requested).await;
    }
}

/// Listens to Ctrl-C and SIGTERM. The first asks for a graceful stop, the second ends the process
/// at once.
/// # Errors
/// When the signals cannot be listened to.
pub(crate) fn on_signal() -> io::Result<Stop> {
    let mut signals = Signals::new()?;
    let (request, requested) = watch::channel(false);
    tokio::spawn(async move {
        signals.next().await;
        tracing::info!("stopping: requests under way are answered first");
        let _ = request.send(true);
        signals.next().await;
        std::process::exit(1);
    });
    Ok(Stop(requested))
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[expect(clippy::unnecessary_wraps, reason = "the Unix form can fail")]
    fn new() -> io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}
