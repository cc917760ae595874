//! Texts and senders of messages, and where codes go, on the wire.

use serde_json::{Value, json};

use crate::api::Api;

async fn create(api: &Api, settings: Value) -> Value {
    let mut input = json!({"PoolName": "house"});
    for (name, value) in settings.as_object().unwrap() {
        input[name] = value.clone();
    }
    api.ok("CreateUserPool", input).await["UserPool"].clone()
}

#[tokio::test]
async fn every_message_setting_is_described_as_it_was_given() {
    let api = Api::start().await;
    let template = json!({
        "SmsMessage": "sms {####}", "EmailMessage": "mail {####}", "EmailSubject": "code",
        "EmailMessageByLink": "<b>{##go##}</b>", "EmailSubjectByLink": "link",
        "DefaultEmailOption": "CONFIRM_WITH_LINK"
    });
    let email = json!({
        "EmailSendingAccount": "DEVELOPER", "From": "A <a@b.example>",
        "ReplyToEmailAddress": "c@d.example", "ConfigurationSet": "set",
        "SourceArn": "arn:aws:ses:us-east-1:000000000000:identity/b.example"
    });
    let sms = json!({
        "SnsCallerArn": "arn:aws:iam::000000000000:role/sms", "ExternalId": "x",
        "SnsRegion": "eu-west-1"
    });
    let invitation = json!({
        "SMSMessage": "{username} {####}", "EmailMessage": "<i>{username}</i> {####}",
        "EmailSubject": "Hi"
    });
    let pool = create(
        &api,
        json!({
            "VerificationMessageTemplate": template, "EmailConfiguration": email,
            "SmsConfiguration": sms, "SmsAuthenticationMessage": "second {####}",
            "AdminCreateUserConfig": {"InviteMessageTemplate": invitation}
        }),
    );
    let pool = pool.await;
    let described = api
        .ok("DescribeUserPool", json!({"UserPoolId": pool["Id"]}))
        .await;
    for pool in [&pool, &described["UserPool"]] {
        assert_eq!(pool["VerificationMessageTemplate"], template);
        assert_eq!(pool["EmailConfiguration"], email);
        assert_eq!(pool["SmsConfiguration"], sms);
        assert_eq!(pool["SmsAuthenticationMessage"], "second {####}");
        assert_eq!(
            pool["AdminCreateUserConfig"]["InviteMessageTemplate"],
            invitation
        );
        // The older names of the same.
        assert_eq!(pool["EmailVerificationMessage"], "mail {####}");
        assert_eq!(pool["EmailVerificationSubject"], "code");
        assert_eq!(pool["SmsVerificationMessage"], "sms {####}");
    }
}

#[tokio::test]
async fn the_older_names_set_the_same_texts_and_must_not_contradict() {
    let api = Api::start().await;
    let old = json!({
        "EmailVerificationMessage": "mail {####}", "EmailVerificationSubject": "code",
        "SmsVerificationMessage": "sms {####}"
    });
    let pool = create(&api, old.clone()).await;
    assert_eq!(
        pool["VerificationMessageTemplate"],
        json!({
            "SmsMessage": "sms {####}", "EmailMessage": "mail {####}", "EmailSubject": "code",
            "DefaultEmailOption": "CONFIRM_WITH_CODE"
        })
    );
    let mut both = old;
    both["VerificationMessageTemplate"] = pool["VerificationMessageTemplate"].clone();
    create(&api, both.clone()).await;
    both["VerificationMessageTemplate"]["EmailMessage"] = json!("other {####}");
    both["PoolName"] = json!("house");
    let (code, text) = api.refused("CreateUserPool", both).await;
    assert_eq!(code, "InvalidParameterException");
    assert_eq!(
        text,
        "EmailVerificationMessage and VerificationMessageTemplate must not differ."
    );
}

#[tokio::test]
async fn texts_without_their_placeholders_get_the_texts_of_the_service() {
    let api = Api::start().await;
    let template = |name: &str, text: &str| json!({"VerificationMessageTemplate": {name: text}});
    let invite = |name: &str| json!({"AdminCreateUserConfig": {"InviteMessageTemplate": {name: "only {####}"}}});
    let invalid = "The message is invalid.";
    for (settings, expected) in [
        // This one passes the pattern of the model.
        (template("EmailMessageByLink", "Verify: {####}"), invalid),
        (invite("SMSMessage"), invalid),
        (invite("EmailMessage"), invalid),
        (
            template("EmailMessageByLink", "without"),
            "at 'verificationMessageTemplate.emailMessageByLink' failed to satisfy constraint: \
             Member must satisfy regular expression pattern",
        ),
        (
            template("SmsMessage", "without"),
            "at 'verificationMessageTemplate.smsMessage' failed to satisfy constraint",
        ),
        (
            json!({"EmailConfiguration": {"From": "a@b.example"}}),
            "Cannot configure From email address for default email configuration",
        ),
    ] {
        let mut input = settings;
        input["PoolName"] = json!("house");
        let (code, text) = api.refused("CreateUserPool", input).await;
        assert_eq!(code, "InvalidParameterException");
        assert!(text.contains(expected), "{text}");
    }
}

#[tokio::test]
async fn a_code_by_sms_is_announced_as_such_at_sign_up_and_resend() {
    let api = Api::start().await;
    let settings = json!({"AutoVerifiedAttributes": ["email", "phone_number"]});
    let pool = create(&api, settings).await;
    let client = json!({"UserPoolId": pool["Id"], "ClientName": "app"});
    let client = api.ok("CreateUserPoolClient", client).await;
    let client_id = client["UserPoolClient"]["ClientId"].clone();
    let sign_up = json!({
        "ClientId": client_id, "Username": "ann", "Password": "Passw0rd!",
        "UserAttributes": [
            {"Name": "email", "Value": "ann@example.com"},
            {"Name": "phone_number", "Value": "+12065550100"}
        ]
    });
    let signed_up = api.ok("SignUp", sign_up).await;
    let expected = json!({
        "AttributeName": "phone_number", "DeliveryMedium": "SMS", "Destination": "+*******0100"
    });
    assert_eq!(signed_up["CodeDeliveryDetails"], expected);
    let resend = json!({"ClientId": client_id, "Username": "ann"});
    let second = api.ok("ResendConfirmationCode", resend).await;
    assert_eq!(second["CodeDeliveryDetails"], expected);
}

#[tokio::test]
async fn without_a_way_out_for_sms_the_text_of_the_service_is_answered() {
    let api = Api::without_transports().await;
    let pool = create(&api, json!({"AutoVerifiedAttributes": ["phone_number"]})).await;
    let client = json!({"UserPoolId": pool["Id"], "ClientName": "app"});
    let client = api.ok("CreateUserPoolClient", client).await;
    let phone = json!([{"Name": "phone_number", "Value": "+12065550100"}]);
    let sign_up = json!({
        "ClientId": client["UserPoolClient"]["ClientId"], "Username": "ann",
        "Password": "Passw0rd!", "UserAttributes": phone
    });
    let invite = json!({"UserPoolId": pool["Id"], "Username": "bob", "UserAttributes": phone});
    for (operation, input) in [("SignUp", sign_up), ("AdminCreateUser", invite)] {
        let (code, text) = api.refused(operation, input).await;
        assert_eq!(code, "InvalidParameterException");
        assert_eq!(
            text,
            "User pool does not have SMS configuration to send messages."
        );
    }
}
