//! What is known of a request before a door looks at it.

use std::net::{IpAddr, SocketAddr};

use poolhouse_model::UserPoolId;

use crate::recent_events::Report;

/// The two ends of the connection that a request came by.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionEnds {
    /// The client's address.
    pub peer: SocketAddr,
    /// The address of ours that it connected to.
    pub local: SocketAddr,
}

/// What is known of a request before a door looks at it; every request carries one as extension.
#[derive(Clone, Debug)]
pub struct RequestContext {
    /// Random id, in every answer and log line of the request.
    pub request_id: String,
    /// The host that was asked, lower case, without port.
    pub host: String,
    /// The pool whose own domain was asked; `None` on the server's own host.
    pub host_pool: Option<UserPoolId>,
    /// The client's address, if the request came over a network: behind the operator's proxies
    /// the one that they name.
    pub client_address: Option<IpAddr>,
    /// Takes down what the door knows of the request.
    pub(crate) report: Report,
}
