"""UpdateUserAttributes and its kin: changed attributes, and the codes that prove them."""

import uuid

import pytest
from user_pool import UserPool, attribute_list, attributes_of, refused


@pytest.fixture
def address():
    return f"{uuid.uuid4()}@example.com"


@pytest.fixture
def keeping_pool(cognito, endpoint):
    """A pool whose users keep an address until the new one is verified."""
    pool = UserPool.create(
        cognito,
        endpoint,
        UsernameAttributes=["email"],
        AutoVerifiedAttributes=["email"],
        UserAttributeUpdateSettings={"AttributesRequireVerificationBeforeUpdate": ["email"]},
    )
    yield pool
    pool.delete()


def update(client, tokens, **attributes):
    return client.pool.cognito.update_user_attributes(
        AccessToken=tokens["AccessToken"], UserAttributes=attribute_list(attributes)
    )


def test_a_changed_address_is_verified_by_the_code_sent_to_it(pool, cognito, address):
    client = pool.create_client()
    username = pool.create_user()
    tokens = client.sign_in(username)
    answer = update(client, tokens, email=address, nickname="Al")
    assert answer["CodeDeliveryDetailsList"] == [
        {
            "Destination": f"{address[0]}***@e***",
            "DeliveryMedium": "EMAIL",
            "AttributeName": "email",
        }
    ]
    user = attributes_of(cognito.get_user(AccessToken=tokens["AccessToken"]))
    assert (user["email"], user["email_verified"]) == (address, "false")
    assert user["nickname"] == "Al"
    code = pool.last_mail(address)["code"]
    wrong = "000000" if code != "000000" else "111111"
    proof = {"AccessToken": tokens["AccessToken"], "AttributeName": "email"}
    with refused(
        cognito,
        "CodeMismatchException",
        "Invalid verification code provided, please try again.",
    ):
        cognito.verify_user_attribute(**proof, Code=wrong)
    cognito.verify_user_attribute(**proof, Code=code)
    assert attributes_of(pool.get_user(username))["email_verified"] == "true"
    with refused(
        cognito,
        "ExpiredCodeException",
        "Invalid code provided, please request a code again.",
    ):
        cognito.verify_user_attribute(**proof, Code=code)


def test_a_code_is_sent_again_and_attributes_are_deleted(pool, cognito, address):
    client = pool.create_client()
    username = pool.create_user(email=address, nickname="Al")
    token = client.sign_in(username)["AccessToken"]
    answer = cognito.get_user_attribute_verification_code(AccessToken=token, AttributeName="email")
    assert answer["CodeDeliveryDetails"]["AttributeName"] == "email"
    code = pool.last_mail(address)["code"]
    cognito.verify_user_attribute(AccessToken=token, AttributeName="email", Code=code)
    cognito.delete_user_attributes(AccessToken=token, UserAttributeNames=["nickname"])
    user = attributes_of(pool.get_user(username))
    assert user["email_verified"] == "true"
    assert "nickname" not in user


def test_s47_a_kept_address_signs_in_until_the_new_one_is_verified(keeping_pool, cognito, address):
    client = keeping_pool.create_client()
    old = f"{uuid.uuid4()}@example.com"
    keeping_pool.create_user(old, email=old, email_verified="true")
    tokens = client.sign_in(old)
    update(client, tokens, email=address)
    assert client.sign_in(old)["TokenType"] == "Bearer"
    with refused(cognito, "UserNotFoundException"):
        client.sign_in(address)
    code = keeping_pool.last_mail(address)["code"]
    cognito.verify_user_attribute(
        AccessToken=tokens["AccessToken"], AttributeName="email", Code=code
    )
    assert client.sign_in(address)["TokenType"] == "Bearer"
    with refused(cognito, "UserNotFoundException"):
        client.sign_in(old)


def test_s47_an_address_of_another_user_is_refused(keeping_pool, cognito, address):
    client = keeping_pool.create_client()
    mine = f"{uuid.uuid4()}@example.com"
    keeping_pool.create_user(address, email=address)
    keeping_pool.create_user(mine, email=mine)
    text = "An account with the given email already exists."
    with refused(cognito, "AliasExistsException", text):
        update(client, client.sign_in(mine), email=address)
    with refused(cognito, "AliasExistsException", text):
        cognito.admin_update_user_attributes(
            UserPoolId=keeping_pool.id,
            Username=mine,
            UserAttributes=attribute_list({"email": address, "email_verified": "true"}),
        )


def test_an_administrator_declares_verified_and_deletes(pool, cognito, address):
    username = pool.create_user()
    named = {"UserPoolId": pool.id, "Username": username}
    attributes = {"email": address, "email_verified": "true", "nickname": "Al"}
    cognito.admin_update_user_attributes(**named, UserAttributes=attribute_list(attributes))
    user = attributes_of(pool.get_user(username))
    assert attributes.items() <= user.items()
    cognito.admin_delete_user_attributes(**named, UserAttributeNames=["nickname", "email"])
    user = attributes_of(pool.get_user(username))
    assert not {"nickname", "email", "email_verified"} & user.keys()


def test_s48_what_a_client_may_not_write_is_refused(pool, cognito):
    client = pool.create_client(WriteAttributes=["nickname"])
    tokens = client.sign_in(pool.create_user())
    text = "A client attempted to write unauthorized attribute"
    for name in ["email", "email_verified", "custom:role"]:
        with refused(cognito, "NotAuthorizedException", text):
            update(client, tokens, **{name: "true"})
    text = "Cannot modify the non-mutable attribute sub"
    with refused(cognito, "InvalidParameterException", text):
        update(client, tokens, sub="mine")


def test_an_unknown_attribute_is_named(pool, cognito):
    client = pool.create_client()
    tokens = client.sign_in(pool.create_user())
    text = "user.shoe: Attribute does not exist in the schema.\n"
    with refused(cognito, "InvalidParameterException", text):
        update(client, tokens, shoe="38")


def test_a_change_shows_in_renewed_tokens(pool, cognito):
    client = pool.create_client()
    tokens = client.sign_in(pool.create_user())
    update(client, tokens, nickname="Al")
    renewed = cognito.get_tokens_from_refresh_token(
        ClientId=client.id, RefreshToken=tokens["RefreshToken"]
    )["AuthenticationResult"]
    user = attributes_of(cognito.get_user(AccessToken=renewed["AccessToken"]))
    assert user["nickname"] == "Al"


def test_a_pending_change_needs_an_auto_verified_attribute(cognito):
    text = (
        "All attributes in AttributesRequireVerificationBeforeUpdate must exist in "
        "AutoVerifiedAttributes"
    )
    with refused(cognito, "InvalidParameterException", text):
        cognito.create_user_pool(
            PoolName="never-made",
            UserAttributeUpdateSettings={"AttributesRequireVerificationBeforeUpdate": ["email"]},
        )
