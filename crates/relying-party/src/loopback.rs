//! Catches the answer of a sign-in on a port of this machine.
//!
//! Source: RFC 8252 sections 7.3 and 8.3.

mod connection;

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use poolhouse_model::SecretString;
use url::{Host, Url};

use crate::authorization::{Answer, AnswerError, SignIn};
use connection::{Page, read_query, send};

/// Most connections that are read at a time; what comes beyond is closed.
const MOST_CONNECTIONS: usize = 32;

/// Listens where an answer will come.
#[derive(Debug)]
pub struct Loopback {
    listeners: Vec<TcpListener>,
    redirect_uri: Url,
}

/// Why nothing can be caught, or was.
#[derive(Debug, thiserror::Error)]
pub enum LoopbackError {
    /// The port cannot be had.
    #[error(
        "port {port} of this machine cannot be listened on ({source}): choose another with --port or --redirect-uri, which must be registered with the client"
    )]
    Port {
        /// The port.
        port: u16,
        /// Why.
        source: io::Error,
    },
    /// Nothing came.
    #[error("no answer came in time")]
    TimedOut,
    /// An answer came, and is a refusal.
    #[error(transparent)]
    Answer(#[from] AnswerError),
}

/// What happens while an answer is awaited.
enum Event {
    Came { query: String, stream: TcpStream },
    TimedOut,
}

/// Whether an address is one that can be caught here: plain http to this machine.
pub fn can_catch(redirect_uri: &Url) -> bool {
    let is_loopback = match redirect_uri.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip == Ipv4Addr::LOCALHOST,
        Some(Host::Ipv6(ip)) => ip == Ipv6Addr::LOCALHOST,
        None => false,
    };
    redirect_uri.scheme() == "http" && is_loopback && redirect_uri.fragment().is_none()
}

impl Loopback {
    /// Listens; port 0 becomes a free one.
    /// # Errors
    /// [`LoopbackError::Port`]
    pub fn listen(redirect_uri: &Url) -> Result<Self, LoopbackError> {
        let port = redirect_uri.port_or_known_default().unwrap_or_default();
        let fault = |source| LoopbackError::Port { port, source };
        let mut listeners = Vec::new();
        let mut chosen = port;
        for ip in addresses(redirect_uri) {
            match TcpListener::bind(SocketAddr::new(ip, chosen)) {
                Ok(listener) => {
                    chosen = listener.local_addr().map_err(fault)?.port();
                    listeners.push(listener);
                }
                // A machine without IPv6 has localhost once.
                Err(source) if listeners.is_empty() => return Err(fault(source)),
                Err(_) => {}
            }
        }
        let mut redirect_uri = redirect_uri.clone();
        if port == 0 {
            // A URL with a host has a port.
            let _ = redirect_uri.set_port(Some(chosen));
        }
        Ok(Self {
            listeners,
            redirect_uri,
        })
    }

    /// Where the answer will come.
    pub fn redirect_uri(&self) -> &str {
        self.redirect_uri.as_str()
    }

    /// Waits for the one answer that belongs to a sign-in. What belongs to another is answered with
    /// a page and told to `note`, and does not end the wait.
    /// # Errors
    /// [`LoopbackError::TimedOut`], [`LoopbackError::Answer`]
    pub fn catch(
        self,
        sign_in: &SignIn,
        timeout: Duration,
        note: &mut dyn FnMut(&AnswerError),
    ) -> Result<SecretString, LoopbackError> {
        let events = self.start(timeout);
        while let Ok(event) = events.recv() {
            let Event::Came { query, stream } = event else {
                break;
            };
            match sign_in.code(&Answer::of_query(&query)) {
                Ok(code) => {
                    send(stream, Page::Caught);
                    return Ok(code);
                }
                Err(error @ AnswerError::Refused(_)) => {
                    send(stream, Page::Refused);
                    return Err(error.into());
                }
                Err(error) => {
                    send(stream, Page::NotOurs);
                    note(&error);
                }
            }
        }
        Err(LoopbackError::TimedOut)
    }

    fn start(self, timeout: Duration) -> Receiver<Event> {
        let (sender, events) = channel();
        let alarm = sender.clone();
        thread::spawn(move || {
            thread::sleep(timeout);
            let _ = alarm.send(Event::TimedOut);
        });
        let place = Arc::new(self.redirect_uri);
        let open = Arc::new(AtomicUsize::new(0));
        for listener in self.listeners {
            let (sender, place, open) = (sender.clone(), Arc::clone(&place), Arc::clone(&open));
            thread::spawn(move || accept(&listener, &sender, &place, &open));
        }
        events
    }
}

/// Reads each connection on a thread of its own, so that one that says nothing keeps no other.
fn accept(
    listener: &TcpListener,
    sender: &Sender<Event>,
    place: &Arc<Url>,
    open: &Arc<AtomicUsize>,
) {
    while let Ok((stream, _)) = listener.accept() {
        if open.fetch_add(1, Ordering::Relaxed) >= MOST_CONNECTIONS {
            open.fetch_sub(1, Ordering::Relaxed);
            continue;
        }
        let (sender, place, open) = (sender.clone(), Arc::clone(place), Arc::clone(open));
        thread::spawn(move || {
            if let Some((query, stream)) = read_query(stream, &place) {
                // The answer may have been caught meanwhile.
                let _ = sender.send(Event::Came { query, stream });
            }
            open.fetch_sub(1, Ordering::Relaxed);
        });
    }
}

fn addresses(redirect_uri: &Url) -> Vec<std::net::IpAddr> {
    match redirect_uri.host() {
        Some(Host::Ipv4(ip)) => vec![ip.into()],
        Some(Host::Ipv6(ip)) => vec![ip.into()],
        _ => vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()],
    }
}

#[cfg(test)]
mod tests;
