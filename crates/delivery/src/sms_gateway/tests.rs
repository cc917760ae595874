use std::sync::Arc;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Mutex;

use super::*;

/// A gateway that answers everything in one way and keeps what it was told.
struct Gateway {
    url: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Gateway {
    async fn start(answer: impl Into<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/sms", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (keep, answer) = (Arc::clone(&heard), Arc::new(answer.into()));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (keep, answer) = (Arc::clone(&keep), Arc::clone(&answer));
                tokio::spawn(async move { converse(stream, &answer, &keep).await });
            }
        });
        Self { url, heard }
    }

    async fn with_status(status: &str) -> Self {
        Self::start(format!("HTTP/1.1 {status}\r\ncontent-length: 2\r\n\r\nno")).await
    }

    async fn send(&self, token: Option<&str>) -> Result<(), DeliveryError> {
        let token = token.map(SecretString::from);
        let gateway = SmsGateway::new(&self.url, token.as_ref()).unwrap();
        gateway.send(&sms()).await
    }
}

/// Reads one request after the other and answers it.
async fn converse(mut stream: TcpStream, answer: &str, heard: &Mutex<Vec<String>>) {
    let mut request = String::new();
    let mut bytes = [0; 4096];
    while let Ok(read @ 1..) = stream.read(&mut bytes).await {
        request.push_str(&String::from_utf8_lossy(&bytes[..read]));
        if request.ends_with('}') {
            heard.lock().await.push(std::mem::take(&mut request));
            // The sender may have hung up, which the test then sees by other means.
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    }
}

fn sms() -> OutgoingSms {
    OutgoingSms {
        id: "001-ab".to_owned(),
        to: "+12065550100".to_owned(),
        text: "Your \"code\" is 123456".to_owned(),
    }
}

#[tokio::test]
async fn a_message_arrives_as_json_with_token_and_id() {
    let gateway = Gateway::with_status("202 Accepted").await;
    gateway.send(Some("t0ken")).await.unwrap();
    let request = gateway.heard.lock().await.join("\n");
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /sms HTTP/1.1\r\n"), "{head}");
    for line in [
        "content-type: application/json",
        "idempotency-key: 001-ab",
        "authorization: Bearer t0ken",
    ] {
        assert!(head.contains(line), "{line} is missing in\n{head}");
    }
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(
        body,
        serde_json::json!({
            "id": "001-ab", "to": "+12065550100", "body": "Your \"code\" is 123456"
        })
    );
}

#[tokio::test]
async fn without_a_token_none_is_sent_and_a_connection_is_used_again() {
    let gateway = Gateway::with_status("200 OK").await;
    let sender = SmsGateway::new(&gateway.url, None).unwrap();
    for _ in 0..2 {
        sender.send(&sms()).await.unwrap();
    }
    let heard = gateway.heard.lock().await;
    assert_eq!(heard.len(), 2);
    assert!(!heard[0].contains("authorization"), "{}", heard[0]);
}

#[tokio::test]
async fn what_is_about_the_message_is_final_and_what_is_about_the_gateway_is_not() {
    for (status, is_final) in [
        ("400 Bad Request", true),
        ("413 Payload Too Large", true),
        ("422 Unprocessable Entity", true),
        ("401 Unauthorized", false),
        ("403 Forbidden", false),
        ("404 Not Found", false),
        ("429 Too Many Requests", false),
        ("500 Internal Server Error", false),
        ("503 Service Unavailable", false),
    ] {
        let error = Gateway::with_status(status).await.send(None).await;
        let error = error.unwrap_err();
        let is_refused = matches!(error, DeliveryError::Refused(_));
        assert_eq!(is_refused, is_final, "{status}: {error}");
        assert!(error.to_string().contains(&status[..3]), "{error}");
    }
}

#[tokio::test]
async fn s61_a_redirect_is_not_followed() {
    let other = Gateway::with_status("200 OK").await;
    let answer = format!(
        "HTTP/1.1 307 Temporary Redirect\r\nlocation: {}\r\ncontent-length: 0\r\n\r\n",
        other.url
    );
    let error = Gateway::start(answer).await.send(Some("t0ken")).await;
    let error = error.unwrap_err();
    assert!(matches!(error, DeliveryError::Unavailable(_)), "{error}");
    assert!(error.to_string().contains("redirects"), "{error}");
    assert!(other.heard.lock().await.is_empty());
}

#[tokio::test]
async fn s61_an_answer_without_end_is_not_read() {
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n{}",
        "x".repeat(2 * ANSWER_BYTES)
    );
    Gateway::start(answer).await.send(None).await.unwrap();
}

#[tokio::test]
async fn a_gateway_that_is_not_there_or_speaks_no_http_may_come_back() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let gone = SmsGateway::new(&url, None).unwrap();
    for error in [
        gone.send(&sms()).await.unwrap_err(),
        Gateway::start("hello\r\n")
            .await
            .send(None)
            .await
            .unwrap_err(),
    ] {
        assert!(matches!(error, DeliveryError::Unavailable(_)), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn r15_a_gateway_that_says_nothing_is_left_after_a_while() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let gateway = SmsGateway::new(&url, None).unwrap();
    let error = gateway.send(&sms()).await.unwrap_err();
    assert!(matches!(error, DeliveryError::Unavailable(_)), "{error}");
}

#[tokio::test]
async fn s61_only_http_urls_without_credentials_are_used_and_a_token_is_not_sent_in_the_clear() {
    let token = SecretString::from("t0ken");
    for good in [
        "https://sms.example.com/send?a=1",
        "http://sms.internal:8080/send",
        "http://localhost:8080",
    ] {
        assert!(SmsGateway::new(good, None).is_ok(), "{good}");
    }
    for good in [
        "https://sms.example.com/send",
        "http://127.0.0.1:1/",
        "http://[::1]:1/",
    ] {
        assert!(SmsGateway::new(good, Some(&token)).is_ok(), "{good}");
    }
    for (bad, why) in [
        ("", SmsGatewayError::Malformed),
        ("sms.example.com", SmsGatewayError::Malformed),
        ("file:///etc/passwd", SmsGatewayError::Malformed),
        ("gopher://sms.example.com/", SmsGatewayError::Malformed),
        (
            "https://u:p@sms.example.com/",
            SmsGatewayError::CredentialsInUrl,
        ),
        (
            "https://u@sms.example.com/",
            SmsGatewayError::CredentialsInUrl,
        ),
        (
            "http://sms.internal:8080/send",
            SmsGatewayError::TokenInTheClear,
        ),
    ] {
        let refused = SmsGateway::new(bad, Some(&token)).err();
        assert_eq!(refused, Some(why), "{bad}");
    }
    for bad in ["", "a b", "a\r\nX-Other: 1", "ä"] {
        let refused = SmsGateway::new("https://sms.example.com", Some(&bad.into())).err();
        assert_eq!(refused, Some(SmsGatewayError::UnusableToken), "{bad:?}");
    }
}
