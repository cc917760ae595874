//! Which text, sender and channel a message has.

use poolhouse_model::{
    Channel, EmailSendingAccount, EmailVerification, MessageTemplates, UserPoolSettings,
};
use poolhouse_service::{CreateUserPool, MessageAction};
use poolhouse_testkit::{
    PASSWORD, TestService, admin_request, attributes, on_every_engine, sign_up_request,
};

use crate::facts::fact;

async fn create(kit: &TestService, change: impl FnOnce(&mut UserPoolSettings)) -> String {
    let mut settings = UserPoolSettings::default();
    change(&mut settings);
    let request = CreateUserPool {
        name: "house".to_owned(),
        region: None,
        settings,
    };
    fact(&kit.create_user_pool(request).await)
}

#[tokio::test]
async fn an_html_template_leaves_as_html_and_text_and_a_plain_one_as_text() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                settings.messages.verification_email_body =
                    Some("<p>Hello,</p><p>your code is <b>{####}</b></p>".into());
            })
            .await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        let message = &kit.messages_to("alice@example.com").await[0];
        let code = message.code.clone().unwrap();
        assert_eq!(
            message.body,
            format!("<p>Hello,</p><p>your code is <b>{code}</b></p>")
        );
        let text = format!("Hello,\n\nyour code is {code}");
        assert_eq!(message.text.as_deref(), Some(text.as_str()));
        let plain = kit.pool().await;
        let client = kit.public_client(&plain).await;
        kit.signed_up_user(&client, "bob", "bob@example.com").await;
        assert_eq!(kit.send_due_messages().await.unwrap(), 2);
        let sent = kit.mail.sent();
        let to = |to: &str| sent.iter().find(|mail| mail.to == to).unwrap();
        assert_eq!(to("alice@example.com").text_body, text);
        assert_eq!(
            to("alice@example.com").html_body.as_ref(),
            Some(&message.body)
        );
        assert_eq!(to("bob@example.com").html_body, None);
    })
    .await;
}

#[tokio::test]
async fn a_link_is_part_of_the_owners_text_or_of_the_services() {
    on_every_engine(|kit| async move {
        for (own, begin) in [
            (None, "To verify your email address"),
            (
                Some("<h1>Welcome</h1>Now {##go & see##}!".to_owned()),
                "Welcome\n\nNow go & see: ",
            ),
        ] {
            let pool = kit
                .pool_with(|settings| {
                    settings.messages.email_verification = EmailVerification::Link;
                    settings.messages.link_email_body = own.clone();
                    settings.messages.link_email_subject = own.as_ref().map(|_| "Hi".to_owned());
                    settings.messages.verification_email_body = Some("never {####}".into());
                })
                .await;
            let client = kit.public_client(&pool).await;
            kit.empty_inbox(None).await.unwrap();
            kit.signed_up_user(&client, "alice", "alice@example.com")
                .await;
            let message = &kit.messages_to("alice@example.com").await[0];
            let link = message.link.as_deref().unwrap();
            let text = message.text.as_deref().unwrap();
            assert!(text.starts_with(begin), "{text}");
            assert!(text.contains(link), "{text}");
            assert!(
                message
                    .body
                    .contains(&format!("href=\"{}\"", link.replace('&', "&amp;")))
            );
            let subject = if own.is_some() {
                "Hi"
            } else {
                "Your verification link"
            };
            assert_eq!(message.subject.as_deref(), Some(subject));
        }
    })
    .await;
}

#[tokio::test]
async fn s64_a_user_name_is_text_in_html_and_no_part_of_a_header() {
    on_every_engine(|kit| async move {
        let hostile = "<script>alert(1)</script>{####}\"&amp;";
        let pool = kit
            .pool_with(|settings| {
                settings.messages.invitation_email_subject = Some("Welcome {username}".into());
                settings.messages.invitation_email_body =
                    Some("<a href=\"https://app.example.com/?u={username}\">{####}</a>".into());
            })
            .await;
        let mut request = admin_request(&pool, hostile);
        request.temporary_password = Some("Pa<b>w0rd!".into());
        request.attributes = attributes(&[("email", "a@example.com")]);
        request.message_action = None;
        kit.admin_create_user(request).await.unwrap();
        kit.send_due_messages().await.unwrap();
        let mail = kit.mail.sent().remove(0);
        assert_eq!(
            mail.subject, "Welcome {username}",
            "only bodies have placeholders"
        );
        let html = mail.html_body.unwrap();
        assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
        assert!(html.contains("?u=&lt;script&gt;alert(1)&lt;/script&gt;{####}&quot;&amp;amp;\""));
        assert!(html.contains(">Pa&lt;b&gt;w0rd!</a>"), "{html}");
        let message = &kit.messages_to("a@example.com").await[0];
        assert_eq!(message.temporary_password.as_deref(), Some("Pa<b>w0rd!"));
    })
    .await;
}

#[tokio::test]
async fn mails_come_from_the_sender_that_the_owner_chose() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                settings.email.sending_account = Some(EmailSendingAccount::Developer);
                settings.email.from = Some("Accounts <accounts@example.com>".into());
                settings.email.reply_to = Some("help@example.com".into());
            })
            .await;
        let client = kit.public_client(&pool).await;
        kit.signed_up_user(&client, "alice", "alice@example.com")
            .await;
        kit.send_due_messages().await.unwrap();
        let mail = kit.mail.sent().remove(0);
        assert_eq!(mail.from, "Accounts <accounts@example.com>");
        assert_eq!(mail.reply_to.as_deref(), Some("help@example.com"));
    })
    .await;
}

/// Sets one of the texts.
type Change = fn(&mut MessageTemplates, Option<String>);

#[tokio::test]
async fn texts_without_a_place_for_what_they_tell_are_refused() {
    let kit = TestService::start().await;
    let code: [Change; 2] = [
        |texts, text| texts.verification_email_body = text,
        |texts, text| texts.verification_sms = text,
    ];
    let invitation: [Change; 2] = [
        |texts, text| texts.invitation_email_body = text,
        |texts, text| texts.invitation_sms = text,
    ];
    let link: [Change; 1] = [|texts, text| texts.link_email_body = text];
    let refused = "InvalidInput(\"The message is invalid.\")";
    for (changes, good, bad) in [
        (
            code.as_slice(),
            "a {####} b",
            ["a {username}", "{##a##}", ""],
        ),
        (
            &invitation,
            "{####} {username}",
            ["{####}", "{username}", ""],
        ),
        (&link, "a {##b##} c", ["a {####}", "{##b", ""]),
    ] {
        for change in changes {
            let set = |text: &str| {
                let text = Some(text.to_owned());
                create(&kit, |settings| change(&mut settings.messages, text))
            };
            assert_eq!(set(good).await, "Ok", "{good}");
            for bad in bad {
                assert_eq!(set(bad).await, refused, "{bad}");
            }
        }
    }
}

#[tokio::test]
async fn s64_a_sender_that_is_no_address_is_refused() {
    let kit = TestService::start().await;
    let developer = Some(EmailSendingAccount::Developer);
    for (account, from, reply_to, expected) in [
        (
            developer,
            Some("A <a@b.example>"),
            Some("c@d.example"),
            "Ok",
        ),
        (developer, None, None, "Ok"),
        (None, None, Some("c@d.example"), "Ok"),
        (
            None,
            Some("a@b.example"),
            None,
            "Cannot configure From email address for default email configuration",
        ),
        (
            developer,
            Some("nobody"),
            None,
            "Provided From email address is invalid",
        ),
        (
            developer,
            Some("A\r\nBcc: x@y.example <a@b.example>"),
            None,
            "Provided From email address is invalid",
        ),
        (
            None,
            None,
            Some("c@d\r\n.example"),
            "Provided ReplyTo email address is invalid",
        ),
    ] {
        let outcome = create(&kit, |settings| {
            settings.email.sending_account = account;
            settings.email.from = from.map(str::to_owned);
            settings.email.reply_to = reply_to.map(str::to_owned);
        });
        let outcome = outcome.await;
        assert!(
            outcome.contains(expected),
            "{from:?} {reply_to:?}: {outcome}"
        );
    }
}

#[tokio::test]
async fn an_invitation_goes_by_every_channel_that_was_asked_for() {
    on_every_engine(|kit| async move {
        let pool = kit
            .pool_with(|settings| {
                settings.messages.invitation_sms = Some("<{username}> {####}".into());
            })
            .await;
        let mut request = admin_request(&pool, "alice");
        request.attributes =
            attributes(&[("email", "a@example.com"), ("phone_number", "+12065550100")]);
        request.channels = vec![Channel::Email, Channel::Sms];
        request.message_action = None;
        kit.admin_create_user(request.clone()).await.unwrap();
        kit.send_due_messages().await.unwrap();
        assert_eq!(kit.mail.sent().len(), 1);
        let sms = kit.sms.sent().remove(0);
        assert_eq!(
            (sms.to.as_str(), sms.text),
            ("+12065550100", format!("<alice> {PASSWORD}"))
        );
        assert!(
            !format!("{:?}", kit.sms.sent()).contains(PASSWORD),
            "Debug shows no password"
        );
        // Once more, to the phone alone.
        request.channels = vec![Channel::Sms];
        request.message_action = Some(MessageAction::Resend);
        kit.admin_create_user(request).await.unwrap();
        kit.send_due_messages().await.unwrap();
        assert_eq!((kit.mail.sent().len(), kit.sms.sent().len()), (1, 2));
    })
    .await;
}

#[tokio::test]
async fn where_no_message_can_leave_or_be_read_nothing_happens_and_the_reason_is_told() {
    let kit = TestService::start_without_transports(|settings| settings.has_inbox = false).await;
    let pool = kit.pool().await;
    let client = kit.public_client(&pool).await;
    let mut request = sign_up_request(&client, "alice");
    request.attributes = attributes(&[("email", "a@example.com")]);
    assert_eq!(
        fact(&kit.sign_up(request).await),
        "ChannelNotConfigured(Email)"
    );
    let mut request = admin_request(&pool, "bob");
    request.attributes = attributes(&[("phone_number", "+12065550100")]);
    request.message_action = None;
    assert_eq!(
        fact(&kit.admin_create_user(request).await),
        "ChannelNotConfigured(Sms)"
    );
    for name in ["alice", "bob"] {
        let user = kit.admin_get_user(&pool.id, name).await;
        assert_eq!(fact(&user), "UserNotFound");
    }
    // The inbox of the dev profile is a place to read it.
    let dev = TestService::start_without_transports(|_| ()).await;
    let pool = dev.pool().await;
    let client = dev.public_client(&pool).await;
    dev.signed_up_user(&client, "alice", "a@example.com").await;
    assert!(!dev.code_to("a@example.com").await.is_empty());
    dev.send_due_messages().await.unwrap();
    assert!(dev.mail.sent().is_empty());
}
