"""SignUp, ConfirmSignUp, ResendConfirmationCode."""

import uuid

import pytest
from user_pool import PASSWORD, attribute_list, attributes_of, refused


@pytest.fixture
def client(pool):
    return pool.create_client()


@pytest.fixture
def address():
    return f"{uuid.uuid4()}@example.com"


def sign_up(client, username, address, **more):
    return client.pool.cognito.sign_up(
        ClientId=client.id,
        Username=username,
        Password=PASSWORD,
        UserAttributes=attribute_list({"email": address}),
        **more,
    )


def confirm(client, username, code, **more):
    return client.pool.cognito.confirm_sign_up(
        ClientId=client.id, Username=username, ConfirmationCode=code, **more
    )


def test_a_mailed_code_confirms_the_user_and_the_address(pool, client, address):
    answer = sign_up(client, "alice", address)
    assert answer["UserConfirmed"] is False
    assert uuid.UUID(answer["UserSub"])
    delivery = answer["CodeDeliveryDetails"]
    assert delivery == {
        "Destination": f"{address[0]}***@e***",
        "DeliveryMedium": "EMAIL",
        "AttributeName": "email",
    }
    confirm(client, "alice", pool.last_mail(address)["code"])
    user = pool.get_user("alice")
    assert user["UserStatus"] == "CONFIRMED"
    assert attributes_of(user)["email_verified"] == "true"
    assert client.sign_in("alice")["TokenType"] == "Bearer"


def test_an_unconfirmed_user_is_not_signed_in(client, cognito, address):
    sign_up(client, "bob", address)
    with refused(cognito, "UserNotConfirmedException", "User is not confirmed."):
        client.sign_in("bob")


def test_s45_a_wrong_code_confirms_nobody_and_the_right_one_works_once(
    pool, client, cognito, address
):
    sign_up(client, "carol", address)
    code = pool.last_mail(address)["code"]
    wrong = "000000" if code != "000000" else "111111"
    text = "Invalid verification code provided, please try again."
    with refused(cognito, "CodeMismatchException", text):
        confirm(client, "carol", wrong)
    confirm(client, "carol", code)
    text = "User cannot be confirmed. Current status is CONFIRMED"
    with refused(cognito, "NotAuthorizedException", text):
        confirm(client, "carol", code)


def test_s45_a_new_code_voids_the_old_one(pool, client, cognito, address):
    sign_up(client, "dave", address)
    first = pool.last_mail(address)["code"]
    answer = cognito.resend_confirmation_code(ClientId=client.id, Username="dave")
    assert answer["CodeDeliveryDetails"]["AttributeName"] == "email"
    second = pool.last_mail(address)["code"]
    if first != second:
        with refused(cognito, "CodeMismatchException"):
            confirm(client, "dave", first)
    confirm(client, "dave", second)


def test_a_taken_name_is_refused(pool, client, cognito, address):
    pool.create_user("erin")
    with refused(cognito, "UsernameExistsException", "User already exists"):
        sign_up(client, "erin", address)


def test_s39_a_password_against_the_policy_is_refused(client, cognito, address):
    text = "Password did not conform with policy: Password not long enough"
    with refused(cognito, "InvalidPasswordException", text):
        cognito.sign_up(ClientId=client.id, Username="frank", Password="Sh0rt!!")


def test_s48_an_address_cannot_be_declared_verified(client, cognito, address):
    attributes = attribute_list({"email": address, "email_verified": "true"})
    with refused(cognito, "NotAuthorizedException"):
        cognito.sign_up(
            ClientId=client.id,
            Username="grace",
            Password=PASSWORD,
            UserAttributes=attributes,
        )


def test_a_confidential_client_signs_up_with_its_secret_hash(pool, cognito, address):
    client = pool.create_client(GenerateSecret=True)
    sign_up(client, "heidi", address, SecretHash=client.secret_hash("heidi"))
    code = pool.last_mail(address)["code"]
    text = f"Unable to verify secret hash for client {client.id}"
    with refused(cognito, "NotAuthorizedException", text):
        confirm(client, "heidi", code, SecretHash=client.secret_hash("somebody"))
    confirm(client, "heidi", code, SecretHash=client.secret_hash("heidi"))
    assert pool.get_user("heidi")["UserStatus"] == "CONFIRMED"


def test_a_plus_in_an_address_is_kept(pool, client):
    address = f"ivan+{uuid.uuid4()}@example.com"
    sign_up(client, "ivan", address)
    assert pool.last_mail(address)["to"] == address
