use std::sync::Arc;

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;

use super::*;

/// A mail server that answers one kind of line in a chosen way and keeps what it was told.
struct Server {
    url: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers lines that begin with `command` with `reply`, all others kindly.
    async fn start(command: &'static str, reply: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let keep = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let keep = Arc::clone(&keep);
                tokio::spawn(async move { converse(stream, command, reply, &keep).await });
            }
        });
        Self { url, heard }
    }

    async fn kind() -> Self {
        Self::start("NOTHING", "").await
    }

    async fn send(&self, mail: &OutgoingMail) -> Result<(), DeliveryError> {
        SmtpTransport::new(&self.url).unwrap().send(mail).await
    }

    async fn heard(&self) -> String {
        self.heard.lock().await.join("\n")
    }
}

/// Speaks SMTP as far as a sender needs it.
/// Source: RFC 5321 section 3.3.
async fn converse(stream: TcpStream, command: &str, reply: &str, heard: &Mutex<Vec<String>>) {
    let mut stream = BufReader::new(stream);
    let mut in_data = false;
    say(&mut stream, "220 mail.test").await;
    let mut line = String::new();
    while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
        let told = std::mem::take(&mut line);
        let told = told.trim_end();
        heard.lock().await.push(told.to_owned());
        if in_data && told != "." {
            continue;
        }
        in_data = told == "DATA" && command != "DATA";
        let answer = match told {
            _ if told.starts_with(command) => reply,
            "DATA" => "354 go on",
            "QUIT" => "221 bye",
            _ if told.starts_with("EHLO") => "250-mail.test\r\n250-AUTH PLAIN\r\n250 8BITMIME",
            _ => "250 fine",
        };
        say(&mut stream, answer).await;
    }
}

async fn say(stream: &mut BufReader<TcpStream>, line: &str) {
    // The sender may have hung up, which the test then sees by other means.
    let _ = stream.write_all(format!("{line}\r\n").as_bytes()).await;
}

fn mail() -> OutgoingMail {
    OutgoingMail {
        id: "001-ab".to_owned(),
        reply_to: None,
        from: "Accounts <no-reply@example.com>".to_owned(),
        to: "fred@example.com".to_owned(),
        subject: "Your verification code".to_owned(),
        text_body: "Your confirmation code is 123456".to_owned(),
        html_body: None,
    }
}

#[tokio::test]
async fn a_mail_reaches_the_server_as_it_was_written() {
    let server = Server::kind().await;
    server.send(&mail()).await.unwrap();
    let heard = server.heard().await;
    for line in [
        "MAIL FROM:<no-reply@example.com>",
        "RCPT TO:<fred@example.com>",
        "From: Accounts <no-reply@example.com>",
        "To: fred@example.com",
        "Subject: Your verification code",
        "Message-ID: <001-ab@example.com>",
        "Content-Type: text/plain; charset=utf-8",
        "Your confirmation code is 123456",
    ] {
        assert!(heard.contains(line), "{line} is missing in\n{heard}");
    }
}

#[tokio::test]
async fn a_mail_with_html_has_both_forms_and_answers_go_where_they_should() {
    let server = Server::kind().await;
    let mut mail = mail();
    mail.html_body = Some("<p>Your code is <b>123456</b></p>".to_owned());
    mail.reply_to = Some("help@example.com".to_owned());
    server.send(&mail).await.unwrap();
    let heard = server.heard().await;
    for line in [
        "Reply-To: help@example.com",
        "Content-Type: multipart/alternative;",
        "Content-Type: text/plain; charset=utf-8",
        "Your confirmation code is 123456",
        "Content-Type: text/html; charset=utf-8",
        "<p>Your code is <b>123456</b></p>",
    ] {
        assert!(heard.contains(line), "{line} is missing in\n{heard}");
    }
    let (text, html) = (heard.find("text/plain"), heard.find("text/html"));
    assert!(text < html, "the best form comes last");
}

#[tokio::test]
async fn the_name_of_a_sender_may_hold_anything_but_a_line_end() {
    for (from, header) in [
        ("no-reply@example.com", "From: no-reply@example.com"),
        ("<no-reply@example.com>", "From: no-reply@example.com"),
        ("\"A\" <a@example.com>", "From: A <a@example.com>"),
        (
            "A, Inc. <a@example.com>",
            "From: =?utf-8?b?QSwgSW5jLg==?= <a@example.com>",
        ),
        (
            "Ä <a@example.com>",
            "From: =?utf-8?b?w4Q=?= <a@example.com>",
        ),
    ] {
        let server = Server::kind().await;
        let mut mail = mail();
        mail.from = from.to_owned();
        server.send(&mail).await.unwrap();
        let heard = server.heard().await;
        assert!(heard.contains(header), "{header} is missing in\n{heard}");
    }
    let mut mail = mail();
    for from in [
        "A\nBcc: eve@example.com <a@example.com>",
        "A <a@example.com",
        "A <>",
    ] {
        mail.from = from.to_owned();
        let error = Server::kind().await.send(&mail).await.unwrap_err();
        assert!(
            matches!(error, DeliveryError::Refused(_)),
            "{from:?}: {error}"
        );
    }
}

#[tokio::test]
async fn a_text_in_any_language_and_lines_of_dots_arrive_whole() {
    let server = Server::kind().await;
    let mut mail = mail();
    mail.subject = "Ihr Bestätigungscode".to_owned();
    mail.text_body = "first\n.\nRSET\nlast".to_owned();
    server.send(&mail).await.unwrap();
    let heard = server.heard().await;
    assert!(heard.contains("=?utf-8?b?"), "{heard}");
    assert!(heard.contains("first\n..\nRSET\nlast"), "{heard}");
}

#[tokio::test]
async fn a_permanent_refusal_is_final_and_a_temporary_one_is_not() {
    for (command, reply, is_final) in [
        ("RCPT", "550 no such user", true),
        ("MAIL", "553 not you", true),
        ("DATA", "554 no", true),
        (".", "552 too large", true),
        ("RCPT", "450 mailbox busy", false),
        (".", "451 try later", false),
        ("MAIL", "421 closing", false),
    ] {
        let server = Server::start(command, reply).await;
        let error = server.send(&mail()).await.unwrap_err();
        let refused = matches!(error, DeliveryError::Refused(_));
        assert_eq!(refused, is_final, "{command} {reply}: {error}");
    }
}

#[tokio::test]
async fn wrong_credentials_are_no_fault_of_the_mail_and_are_not_repeated() {
    let server = Server::start("AUTH", "535 who are you?").await;
    let address = server.url.trim_start_matches("smtp://");
    let url = format!("smtp://user:hunter2@{address}");
    let transport = SmtpTransport::new(&url).unwrap();
    let error = transport.send(&mail()).await.unwrap_err();
    assert!(matches!(error, DeliveryError::Unavailable(_)), "{error}");
    assert!(!error.to_string().contains("hunter2"), "{error}");
}

#[tokio::test]
async fn a_server_that_is_not_there_may_come_back() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    drop(listener);
    let transport = SmtpTransport::new(&url).unwrap();
    let error = transport.send(&mail()).await.unwrap_err();
    assert!(matches!(error, DeliveryError::Unavailable(_)), "{error}");
}

#[tokio::test(start_paused = true)]
async fn r15_a_server_that_says_nothing_is_left_after_a_while() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let transport = SmtpTransport::new(&url).unwrap();
    let error = transport.send(&mail()).await.unwrap_err();
    assert!(matches!(error, DeliveryError::Unavailable(_)), "{error}");
}

#[tokio::test]
async fn s64_no_address_and_no_subject_adds_a_header_or_a_recipient() {
    for breaking in [
        "\r\nBcc: eve@example.com",
        "\nBcc: eve@example.com",
        "\rX",
        "\0X",
    ] {
        let server = Server::kind().await;
        let mut subject = mail();
        subject.subject.push_str(breaking);
        server.send(&subject).await.unwrap();
        let heard = server.heard().await;
        assert!(
            !heard.contains("\nBcc:") && !heard.contains("\nX"),
            "{heard}"
        );

        let mut to = mail();
        to.to.push_str(breaking);
        let mut from = mail();
        from.from.push_str(breaking);
        let mut reply_to = mail();
        reply_to.reply_to = Some(format!("a@example.com{breaking}"));
        for mail in [to, from, reply_to] {
            let error = server.send(&mail).await.unwrap_err();
            assert!(matches!(error, DeliveryError::Refused(_)), "{error}");
        }
        let heard = server.heard().await;
        assert!(!heard.contains("RCPT TO:<eve"), "{heard}");
        assert_eq!(heard.matches("DATA").count(), 1, "{heard}");
    }
    let mut two = mail();
    two.to = "fred@example.com, eve@example.com".to_owned();
    assert!(Server::kind().await.send(&two).await.is_err());
}

#[tokio::test]
async fn a_url_says_how_the_server_is_reached() {
    for good in [
        "smtp://mail.example.com",
        "smtp://localhost:1025",
        "smtp://user:pw@127.0.0.1:1025",
        "smtp://user:pw@[::1]:1025",
        "smtp://user:pw@mail.example.com:587?tls=required",
        "smtp://user:pw@mail.example.com?tls=opportunistic",
        "smtps://user:pw@mail.example.com",
    ] {
        assert!(SmtpTransport::new(good).is_ok(), "{good}");
    }
    for (bad, why) in [
        ("", SmtpUrlError::Malformed),
        ("mail.example.com", SmtpUrlError::Malformed),
        ("http://mail.example.com", SmtpUrlError::Malformed),
        ("smtp://", SmtpUrlError::Malformed),
        (
            "smtp://mail.example.com?tls=maybe",
            SmtpUrlError::UnknownOption,
        ),
        (
            "smtps://mail.example.com?tls=required",
            SmtpUrlError::UnknownOption,
        ),
        (
            "smtp://user:pw@mail.example.com",
            SmtpUrlError::PasswordInTheClear,
        ),
    ] {
        assert_eq!(SmtpTransport::new(bad).err(), Some(why), "{bad}");
    }
}

#[test]
fn a_sender_is_an_address_with_or_without_a_name() {
    assert!(check_sender("no-reply@example.com").is_ok());
    assert!(check_sender("Accounts <no-reply@example.com>").is_ok());
    assert!(check_sender("nobody").is_err());
}
