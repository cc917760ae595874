//! Mail by SMTP.

use std::time::Duration;

use async_trait::async_trait;
use lettre::message::header::ContentType;
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::Error as SmtpError;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use poolhouse_service::{DeliveryError, MailTransport, OutgoingMail};
use url::Url;

use crate::explain::explain;
use crate::loopback::is_loopback;

/// How long one step of the conversation may take.
const STEP_TIMEOUT: Duration = Duration::from_secs(10);

/// How long a whole conversation may take.
const SEND_TIMEOUT: Duration = Duration::from_secs(30);

/// Replies that refuse our credentials, not the mail: it may leave once they are set right.
/// Source: RFC 4954 section 6.
const AUTHENTICATION_REPLIES: [u16; 4] = [530, 534, 535, 538];

/// Hands mail to an SMTP server, over connections that are kept for a while.
pub struct SmtpTransport {
    mailer: AsyncSmtpTransport<Tokio1Executor>,
}

/// Why the URL of a mail server cannot be used. The URL is not repeated: it may hold a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SmtpUrlError {
    /// It is none.
    #[error("it is not of the form smtp://USER:PASSWORD@HOST:PORT or smtps://...")]
    Malformed,
    /// It asks for something unknown.
    #[error("its only option is tls=required or tls=opportunistic, with smtp://")]
    UnknownOption,
    /// The password would travel in the clear.
    #[error(
        "it has a password that would travel unencrypted: use smtps:// or add ?tls=required \
         (?tls=opportunistic for a server that has no encryption)"
    )]
    PasswordInTheClear,
}

impl SmtpTransport {
    /// Prepares to talk to the server of a URL; nothing is sent yet. Must be called within a
    /// tokio runtime.
    /// # Errors
    /// [`SmtpUrlError`].
    pub fn new(url: &str) -> Result<Self, SmtpUrlError> {
        let parsed = Url::parse(url).map_err(|_| SmtpUrlError::Malformed)?;
        check_url(&parsed)?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| SmtpUrlError::Malformed)?;
        let mailer = builder.timeout(Some(STEP_TIMEOUT)).build();
        Ok(Self { mailer })
    }
}

fn check_url(url: &Url) -> Result<(), SmtpUrlError> {
    let (is_smtp, is_smtps) = (url.scheme() == "smtp", url.scheme() == "smtps");
    if !(is_smtp || is_smtps) || url.host_str().is_none_or(str::is_empty) {
        return Err(SmtpUrlError::Malformed);
    }
    let encrypts = match url.query() {
        None => is_smtps,
        Some("tls=required" | "tls=opportunistic") if is_smtp => true,
        Some(_) => return Err(SmtpUrlError::UnknownOption),
    };
    if url.password().is_some() && !encrypts && !is_loopback(url) {
        return Err(SmtpUrlError::PasswordInTheClear);
    }
    Ok(())
}

/// Checks a sender: `name@example.com`, or `Name <name@example.com>`.
/// # Errors
/// [`DeliveryError::Refused`] says what is wrong with it.
pub fn check_sender(from: &str) -> Result<(), DeliveryError> {
    parse_sender(from).map(drop)
}

/// Reads an address, or a name with an address in angle brackets. The name may hold what a header
/// quotes or encodes, but no line end.
fn parse_sender(from: &str) -> Result<Mailbox, DeliveryError> {
    let refused = |why: &str| DeliveryError::Refused(format!("the sender: {why}"));
    let (name, address) = match from
        .strip_suffix('>')
        .and_then(|from| from.rsplit_once('<'))
    {
        Some((name, address)) => (name.trim().trim_matches('"'), address),
        None => ("", from),
    };
    if name.contains(char::is_control) {
        return Err(refused("its name is more than a line"));
    }
    let address = parse_address("the sender", address)?;
    Ok(Mailbox::new(
        (!name.is_empty()).then(|| name.to_owned()),
        address,
    ))
}

fn parse_address(what: &str, address: &str) -> Result<Address, DeliveryError> {
    address
        .parse()
        .map_err(|error| DeliveryError::Refused(format!("{what}: {error}")))
}

#[async_trait]
impl MailTransport for SmtpTransport {
    async fn send(&self, mail: &OutgoingMail) -> Result<(), DeliveryError> {
        let message = compose(mail)?;
        match tokio::time::timeout(SEND_TIMEOUT, self.mailer.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(sort_out(&error)),
            Err(_) => Err(DeliveryError::Unavailable(
                "the mail server is too slow".to_owned(),
            )),
        }
    }
}

/// Writes the mail. Neither addresses nor subject can add a header: addresses are parsed, and the
/// subject is one line. Each attempt has the same `Message-ID`, by which receivers drop copies.
fn compose(mail: &OutgoingMail) -> Result<Message, DeliveryError> {
    let from = parse_sender(&mail.from)?;
    let to = parse_address("the recipient", &mail.to)?;
    let message_id = format!("<{}@{}>", mail.id, from.email.domain());
    let mut message = Message::builder()
        .message_id(Some(message_id))
        .from(from)
        .to(Mailbox::new(None, to))
        .subject(one_line(&mail.subject));
    if let Some(reply_to) = &mail.reply_to {
        message = message.reply_to(parse_sender(reply_to)?);
    }
    let text = mail.text_body.clone();
    let message = match &mail.html_body {
        None => message.header(ContentType::TEXT_PLAIN).body(text),
        Some(html) => message.multipart(MultiPart::alternative_plain_html(text, html.clone())),
    };
    message.map_err(|error| DeliveryError::Refused(format!("the mail: {error}")))
}

/// Makes one line of a text: line ends and other control characters become blanks.
fn one_line(text: &str) -> String {
    let is_break = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.replace(is_break, " ")
}

fn sort_out(error: &SmtpError) -> DeliveryError {
    let reply = error.status().map(u16::from);
    let is_about_us = reply.is_some_and(|reply| AUTHENTICATION_REPLIES.contains(&reply));
    let text = one_line(&explain(error));
    if error.is_permanent() && !is_about_us {
        DeliveryError::Refused(text)
    } else {
        DeliveryError::Unavailable(text)
    }
}

#[cfg(test)]
mod tests;
