//! As much of HTTP/1.1 as the tests need, over a connection that they hold in their hands.

use std::fmt::Write as _;
use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

/// How long an answer may take.
const ANSWER_TTL: Duration = Duration::from_secs(20);

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Answer {
    /// The value of a header, by its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// What requests and answers go over.
trait Stream: Read + Write {}

impl<S: Read + Write> Stream for S {}

/// A connection to the server.
pub(crate) struct Connection {
    stream: BufReader<Box<dyn Stream>>,
    host: String,
}

impl Connection {
    /// Connects to the server of a URL.
    pub(crate) fn open(url: &str) -> io::Result<Self> {
        let host = url.strip_prefix("http://").expect("plain http");
        Ok(Self::over(connect(host)?, host))
    }

    /// Connects to the server of a URL by TLS, as a client that trusts one CA alone, and asks it
    /// for a name.
    pub(crate) fn open_tls(url: &str, ca_file: &Path, name: &str) -> io::Result<Self> {
        let port = url.rsplit(':').next().expect("a port");
        let stream = tls(url, ca_file, name, &[])?;
        Ok(Self::over(stream, &format!("{name}:{port}")))
    }

    fn over(stream: impl Stream + 'static, host: &str) -> Self {
        Self {
            stream: BufReader::new(Box::new(stream)),
            host: host.to_owned(),
        }
    }

    /// Sends a request and reads the answer.
    pub(crate) fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> io::Result<Answer> {
        self.send_head(method, path, headers, body.len())?;
        self.send_raw(body.as_bytes())?;
        self.read_answer()
    }

    /// Sends a request without its body.
    pub(crate) fn send_head(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        length: usize,
    ) -> io::Result<()> {
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.host);
        // Writing to a String cannot fail.
        for (name, value) in headers {
            let _ = write!(head, "{name}: {value}\r\n");
        }
        let _ = write!(head, "Content-Length: {length}\r\n\r\n");
        self.send_raw(head.as_bytes())
    }

    /// Sends bytes as they are.
    pub(crate) fn send_raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.get_mut().write_all(bytes)
    }

    /// Reads one answer, also one that only says to go on.
    pub(crate) fn read_answer(&mut self) -> io::Result<Answer> {
        let status = self.read_line()?;
        let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.ok_or(io::ErrorKind::UnexpectedEof)?;
        let mut headers = Vec::new();
        loop {
            let line = self.read_line()?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            headers.push((name.to_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Answer {
            status,
            headers,
            body: String::new(),
        };
        let length = answer.header("content-length").unwrap_or("0");
        let mut body = vec![0; length.parse().expect("a length")];
        self.stream.read_exact(&mut body)?;
        answer.body = String::from_utf8(body).expect("text");
        Ok(answer)
    }

    fn read_line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}

fn connect(host: &str) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(ANSWER_TTL))?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

/// Connects to the server of a URL by TLS and does the handshake.
pub(crate) fn tls(
    url: &str,
    ca_file: &Path,
    name: &str,
    alpn: &[&[u8]],
) -> io::Result<StreamOwned<ClientConnection, TcpStream>> {
    let mut roots = RootCertStore::empty();
    let ca = CertificateDer::from_pem_file(ca_file).expect("a certificate");
    roots.add(ca).expect("a certificate");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("protocol versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = alpn.iter().map(|name| name.to_vec()).collect();
    let name = ServerName::try_from(name.to_owned()).expect("a name");
    let connection = ClientConnection::new(Arc::new(config), name).expect("a client");
    let host = url.strip_prefix("https://").expect("https");
    let mut stream = StreamOwned::new(connection, connect(host)?);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock)?;
    }
    Ok(stream)
}

/// Sends one request over a connection of its own.
pub(crate) fn get(url: &str, path: &str) -> Answer {
    Connection::open(url)
        .and_then(|mut connection| connection.send("GET", path, &[], ""))
        .expect("the server answers")
}
