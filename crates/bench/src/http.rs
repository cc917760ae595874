//! A small HTTP/1.1 client that keeps its connection: as little as possible stands between the
//! measurement and the server.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};

/// How long an answer may take: far longer than any should.
const ANSWER_TTL: Duration = Duration::from_secs(30);

/// A request, ready to be sent again and again.
pub(crate) struct Request {
    head: String,
    body: String,
}

impl Request {
    /// A request without a body.
    pub(crate) fn get(path: &str) -> Self {
        Self {
            head: format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n"),
            body: String::new(),
        }
    }

    /// A request with a body.
    pub(crate) fn post(path: &str, media_type: &str, body: String) -> Self {
        let length = body.len();
        Self {
            head: format!(
                "POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: {media_type}\r\n\
                 content-length: {length}\r\n"
            ),
            body,
        }
    }

    /// A form, as browsers and OAuth clients send it.
    pub(crate) fn form(path: &str, pairs: &[(&str, &str)]) -> Self {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(pairs)
            .finish();
        Self::post(path, "application/x-www-form-urlencoded", body)
    }

    /// The request with a header more.
    pub(crate) fn with_header(mut self, name: &str, value: &str) -> Self {
        self.head.extend([name, ": ", value, "\r\n"]);
        self
    }
}

/// What came back.
pub(crate) struct Answer {
    /// The status code.
    pub(crate) status: u16,
    /// The body.
    pub(crate) body: String,
    headers: Vec<(String, String)>,
}

impl Answer {
    /// The values of a header, by its name in lower case.
    pub(crate) fn headers<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let headers = self.headers.iter();
        headers
            .filter(move |(found, _)| found == name)
            .map(|(_, value)| value.as_str())
    }

    /// Insists on a status.
    ///
    /// # Errors
    /// With the body, when it is another.
    pub(crate) fn expect(self, status: u16) -> Result<Self> {
        ensure!(
            self.status == status,
            "the server answered {} instead of {status}: {}",
            self.status,
            self.body
        );
        Ok(self)
    }
}

/// A kept connection.
pub(crate) struct Connection(BufReader<TcpStream>);

impl Connection {
    /// Connects to the server.
    ///
    /// # Errors
    /// When nobody listens.
    pub(crate) fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(ANSWER_TTL))?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// When the connection breaks, or the answer is not one of known length.
    pub(crate) fn send(&mut self, request: &Request) -> Result<Answer> {
        let Request { head, body } = request;
        let message = format!("{head}\r\n{body}");
        self.0.get_mut().write_all(message.as_bytes())?;
        let status_line = self.line()?;
        let status = status_line.split(' ').nth(1).unwrap_or_default();
        let status = status
            .parse()
            .with_context(|| format!("no status line: {status_line:?}"))?;
        let mut headers = Vec::new();
        loop {
            let line = self.line()?;
            let Some((name, value)) = line.split_once(':') else {
                break;
            };
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Answer {
            status,
            headers,
            body: String::new(),
        };
        answer.body = self.body(&answer)?;
        Ok(answer)
    }

    fn body(&mut self, answer: &Answer) -> Result<String> {
        let length = match answer.headers("content-length").next() {
            Some(length) => length.parse()?,
            None if answer.headers("transfer-encoding").next().is_some() => {
                bail!("an answer came in chunks")
            }
            None => 0,
        };
        let mut body = vec![0; length];
        self.0.read_exact(&mut body)?;
        Ok(String::from_utf8(body)?)
    }

    fn line(&mut self) -> Result<String> {
        let mut line = String::new();
        ensure!(
            self.0.read_line(&mut line)? > 0,
            "the server closed the connection"
        );
        line.truncate(line.trim_end().len());
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    #[test]
    fn two_requests_share_a_connection_and_get_their_own_answers() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || {
            let mut stream = BufReader::new(listener.accept().unwrap().0);
            for answer in [
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nSet-Cookie: a=b\r\n\r\nhi",
                "HTTP/1.1 302 Found\r\n\r\n",
            ] {
                let mut line = String::new();
                while stream.read_line(&mut line).unwrap() > 2 {
                    line.clear();
                }
                stream.get_mut().write_all(answer.as_bytes()).unwrap();
            }
        });
        let mut connection = Connection::open(address).unwrap();
        let first = connection.send(&Request::get("/")).unwrap();
        assert_eq!((first.status, first.body.as_str()), (200, "hi"));
        assert_eq!(first.headers("set-cookie").collect::<Vec<_>>(), ["a=b"]);
        let second = connection.send(&Request::get("/")).unwrap();
        assert_eq!((second.status, second.body.as_str()), (302, ""));
        assert!(second.expect(200).is_err());
        server.join().unwrap();
    }
}
