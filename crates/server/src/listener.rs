//! Accepts connections, with bounds on each, and stops gracefully.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::ServiceExt as _;

use crate::app::App;
use crate::context::ConnectionEnds;
use crate::router::router;
use crate::tls::{self, Spoken, TlsCertificates};

/// Longest head of a request in bytes: room for a `state` of several kilobytes.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// Pause after a failed accept, so that a full table of file descriptors is not a busy loop.
const ACCEPT_RETRY: Duration = Duration::from_millis(50);

/// What is listened on.
pub struct Listeners {
    /// The sockets.
    pub sockets: Vec<TcpListener>,
    /// The certificates of https; `None` for plain http.
    pub certificates: Option<Arc<dyn TlsCertificates>>,
}

/// Serves connections until `shutdown` resolves, then lets requests under way finish.
///
/// New connections are refused as soon as the stop begins; what is not answered within
/// `shutdown_timeout` is cut off.
/// # Errors
/// When a listener has no address.
pub async fn serve(
    listeners: Listeners,
    app: Arc<App>,
    shutdown: impl Future<Output = ()>,
) -> io::Result<()> {
    let limits = app.settings.limits.clone();
    let server = Arc::new(Server {
        router: router(Arc::clone(&app)),
        certificates: listeners.certificates,
        handshake_timeout: limits.handshake_timeout,
        stopping: watch::Sender::new(false),
        app,
        builder: builder(limits.header_timeout),
        places: Arc::new(Semaphore::new(limits.max_connections)),
    });
    let graceful = GracefulShutdown::new();
    {
        let accepting = listeners
            .sockets
            .into_iter()
            .map(|listener| Box::pin(Arc::clone(&server).accept(listener, &graceful)));
        let accepting = futures_util::future::join_all(accepting);
        tokio::select! {
            _ = accepting => {}
            () = shutdown => {}
        }
    }
    server.stopping.send_replace(true);
    if tokio::time::timeout(limits.shutdown_timeout, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests were cut off by the stop");
    }
    Ok(())
}

fn builder(header_timeout: Duration) -> auto::Builder<TokioExecutor> {
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(header_timeout)
        .max_buf_size(MAX_HEAD_BYTES)
        .half_close(false);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_header_list_size(u32::try_from(MAX_HEAD_BYTES).unwrap_or(u32::MAX))
        .keep_alive_interval(Some(Duration::from_secs(20)));
    builder
}

struct Server {
    router: Router,
    certificates: Option<Arc<dyn TlsCertificates>>,
    handshake_timeout: Duration,
    stopping: watch::Sender<bool>,
    app: Arc<App>,
    builder: auto::Builder<TokioExecutor>,
    places: Arc<Semaphore>,
}

impl Server {
    async fn accept(self: Arc<Self>, listener: TcpListener, graceful: &GracefulShutdown) {
        loop {
            let Ok(place) = Arc::clone(&self.places).acquire_owned().await else {
                return;
            };
            match listener.accept().await {
                Ok((stream, _)) => {
                    let server = Arc::clone(&self);
                    let watcher = graceful.watcher();
                    tokio::spawn(async move {
                        server.connection(stream, watcher).await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(error = %error, "a connection could not be accepted");
                    tokio::time::sleep(ACCEPT_RETRY).await;
                }
            }
        }
    }

    async fn connection(self: Arc<Self>, stream: TcpStream, watcher: Watcher) {
        // Answers are small and waited for.
        let _ = stream.set_nodelay(true);
        let addresses = stream.peer_addr().ok().zip(stream.local_addr().ok());
        let ends = addresses.map(|(peer, local)| ConnectionEnds { peer, local });
        let Some(certificates) = &self.certificates else {
            return self.serve_http(stream, ends, watcher).await;
        };
        let mut stopping = self.stopping.subscribe();
        let accepted = tokio::select! {
            accepted = tls::accept(stream, &**certificates, self.handshake_timeout) => accepted,
            // A stop does not wait for clients that have asked nothing yet.
            _ = stopping.wait_for(|is_stopping| *is_stopping) => return,
        };
        match accepted {
            Ok(Spoken::Tls(stream)) => self.serve_http(stream, ends, watcher).await,
            Ok(Spoken::Plain(stream)) => self.refuse_plain(stream, watcher).await,
            Err(error) => tracing::debug!(error = %error, "a TLS handshake failed"),
        }
    }

    async fn serve_http<S>(&self, stream: S, ends: Option<ConnectionEnds>, watcher: Watcher)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let router = self.router.clone();
        let service = tower::service_fn(move |request: Request<Incoming>| {
            let mut request = request.map(axum::body::Body::new);
            if let Some(ends) = ends {
                request.extensions_mut().insert(ends);
            }
            router.clone().oneshot(request)
        });
        let connection = self
            .builder
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
            .into_owned();
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(error = %error, "a connection ended early");
        }
    }

    async fn refuse_plain(&self, stream: TcpStream, watcher: Watcher) {
        let app = Arc::clone(&self.app);
        let service = hyper::service::service_fn(move |_: Request<Incoming>| {
            let answer = tls::refuse_plain(&app.service.settings().public_url);
            async move { Ok::<_, Infallible>(answer) }
        });
        let connection = self
            .builder
            .serve_connection(TokioIo::new(stream), service)
            .into_owned();
        if let Err(error) = watcher.watch(connection).await {
            tracing::debug!(error = %error, "a connection in plain http ended early");
        }
    }
}
