"""Templates, senders, links and text messages, with unmodified boto3."""

import uuid

import pytest
import requests
from user_pool import PASSWORD, UserPool, attribute_list, attributes_of, refused


@pytest.fixture
def make_pool(cognito, endpoint):
    """Makes pools with settings of a test's own."""
    pools = []

    def make(**settings):
        pools.append(UserPool.create(cognito, endpoint, **settings))
        return pools[-1]

    yield make
    for pool in pools:
        pool.delete()


@pytest.fixture
def address():
    return f"{uuid.uuid4()}@example.com"


def sign_up(client, username, **attributes):
    return client.pool.cognito.sign_up(
        ClientId=client.id,
        Username=username,
        Password=PASSWORD,
        UserAttributes=attribute_list(attributes),
    )


def test_a_link_confirms_the_user_once(make_pool, cognito, address):
    pool = make_pool(
        AutoVerifiedAttributes=["email"],
        VerificationMessageTemplate={
            "DefaultEmailOption": "CONFIRM_WITH_LINK",
            "EmailSubjectByLink": "Welcome",
            "EmailMessageByLink": "<p>Hello! {##Confirm##}</p>",
        },
    )
    client = pool.create_client()
    sign_up(client, "alice", email=address)
    mail = pool.last_mail(address)
    assert mail["subject"] == "Welcome"
    assert mail["code"] is None
    assert mail["text"] == f"Hello! Confirm: {mail['link']}"
    with refused(cognito, "CodeMismatchException"):
        cognito.confirm_sign_up(
            ClientId=client.id, Username="alice", ConfirmationCode=mail["link"].split("=")[-1]
        )
    page = requests.get(mail["link"], timeout=15)
    assert page.status_code == 200
    assert "Your registration has been confirmed!" in page.text
    user = pool.get_user("alice")
    assert user["UserStatus"] == "CONFIRMED"
    assert attributes_of(user)["email_verified"] == "true"
    again = requests.get(mail["link"], timeout=15)
    assert "already confirmed" in again.text
    assert client.sign_in("alice")["TokenType"] == "Bearer"


def test_the_phone_gets_the_code_where_both_are_verified(make_pool, address):
    pool = make_pool(
        AutoVerifiedAttributes=["email", "phone_number"],
        SmsVerificationMessage="{####} is it",
    )
    client = pool.create_client()
    number = f"+1206555{uuid.uuid4().int % 10000:04}"
    answer = sign_up(client, "bob", email=address, phone_number=number)
    assert answer["CodeDeliveryDetails"] == {
        "AttributeName": "phone_number",
        "DeliveryMedium": "SMS",
        "Destination": f"+*******{number[-4:]}",
    }
    message = pool.last_mail(number)
    assert (message["channel"], message["subject"]) == ("sms", None)
    assert message["body"] == f"{message['code']} is it"
    client.pool.cognito.confirm_sign_up(
        ClientId=client.id, Username="bob", ConfirmationCode=message["code"]
    )
    user = attributes_of(pool.get_user("bob"))
    assert user["phone_number_verified"] == "true"
    assert user.get("email_verified") != "true"


def test_s64_an_invitation_escapes_the_name_in_html(make_pool, cognito, address):
    pool = make_pool(
        AdminCreateUserConfig={
            "InviteMessageTemplate": {
                "EmailMessage": "<b>{username}</b>: {####}",
                "EmailSubject": "Hi",
                "SMSMessage": "{username} {####}",
            }
        }
    )
    cognito.admin_create_user(
        UserPoolId=pool.id,
        Username="<i>eve</i>",
        UserAttributes=attribute_list({"email": address}),
        DesiredDeliveryMediums=["EMAIL"],
    )
    mail = pool.last_mail(address)
    password = mail["temporary_password"]
    assert mail["text"] == f"<i>eve</i>: {password}"
    assert "<i>eve" not in mail["body"]


def test_a_text_without_its_placeholder_is_refused(cognito):
    with refused(cognito, "InvalidParameterException", "The message is invalid."):
        cognito.create_user_pool(
            PoolName="links",
            VerificationMessageTemplate={"EmailMessageByLink": "Verify: {####}"},
        )


def test_what_was_described_makes_the_same_pool(make_pool, cognito):
    settings = {
        "VerificationMessageTemplate": {
            "SmsMessage": "sms {####}",
            "EmailMessage": "mail {####}",
            "EmailSubject": "code",
            "EmailMessageByLink": "<b>{##go##}</b>",
            "EmailSubjectByLink": "link",
            "DefaultEmailOption": "CONFIRM_WITH_LINK",
        },
        "EmailConfiguration": {
            "EmailSendingAccount": "DEVELOPER",
            "From": "A <a@b.example>",
            "ReplyToEmailAddress": "c@d.example",
        },
    }
    described = cognito.describe_user_pool(UserPoolId=make_pool(**settings).id)["UserPool"]
    assert {name: described[name] for name in settings} == settings
    names = [*settings, "EmailVerificationMessage", "EmailVerificationSubject"]
    again = make_pool(**{name: described[name] for name in names})
    described_again = cognito.describe_user_pool(UserPoolId=again.id)["UserPool"]
    assert all(described_again[name] == described[name] for name in names)
