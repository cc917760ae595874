"""InitiateAuth and AdminInitiateAuth with a password, and the answer to a new password."""

import json

import pytest
from user_pool import PASSWORD, TEMPORARY_PASSWORD, UserPool, attribute_list, refused

NEW_PASSWORD = "Another-horse-8"


@pytest.fixture
def client(pool):
    return pool.create_client()


def admin_initiate(client, username, password=PASSWORD):
    return client.pool.cognito.admin_initiate_auth(
        UserPoolId=client.pool.id,
        ClientId=client.id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters=client.with_secret_hash({"USERNAME": username, "PASSWORD": password}),
    )


def answer_new_password(client, challenge, username, **responses):
    return client.pool.cognito.respond_to_auth_challenge(
        ClientId=client.id,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=challenge["Session"],
        ChallengeResponses={"USERNAME": username, **responses},
    )


def test_a_password_brings_three_tokens(pool, client):
    answer = client.initiate(pool.create_user())
    assert answer["ChallengeParameters"] == {}
    tokens = answer["AuthenticationResult"]
    assert set(tokens) == {"AccessToken", "IdToken", "RefreshToken", "TokenType", "ExpiresIn"}
    assert tokens["TokenType"] == "Bearer"
    assert tokens["ExpiresIn"] == 3600


def test_an_administrator_signs_a_user_in(pool, client):
    answer = admin_initiate(client, pool.create_user())
    assert answer["AuthenticationResult"]["AccessToken"]


def test_a_flow_of_the_other_operation_is_refused(pool, client, cognito):
    username = pool.create_user()
    with refused(cognito, "InvalidParameterException", "Initiate Auth method not supported."):
        cognito.initiate_auth(
            ClientId=client.id,
            AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": username, "PASSWORD": PASSWORD},
        )


def test_s33_a_flow_that_is_not_enabled_is_refused(pool, cognito):
    client = pool.create_client(ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
    username = pool.create_user()
    text = "USER_PASSWORD_AUTH flow not enabled for this client"
    with refused(cognito, "InvalidParameterException", text):
        client.initiate(username)
    text = "Auth flow not enabled for this client"
    with refused(cognito, "InvalidParameterException", text):
        admin_initiate(client, username)


def test_a_wrong_password_is_refused(pool, client, cognito):
    username = pool.create_user()
    text = "Incorrect username or password."
    with refused(cognito, "NotAuthorizedException", text):
        client.initiate(username, "Wrong-horse-7")


def test_s34_an_unknown_user_looks_like_a_wrong_password_when_hidden(pool, cognito):
    client = pool.create_client(PreventUserExistenceErrors="ENABLED")
    text = "Incorrect username or password."
    with refused(cognito, "NotAuthorizedException", text):
        client.initiate("nobody")


def test_an_unknown_user_is_named_in_legacy_mode(client, cognito):
    with refused(cognito, "UserNotFoundException", "User does not exist."):
        client.initiate("nobody")


def test_s36_guesses_are_slowed_down_even_when_the_last_is_right(pool, client, cognito):
    username = pool.create_user()
    messages = []
    for _ in range(8):
        with refused(cognito, "NotAuthorizedException") as caught:
            client.initiate(username, "Wrong-horse-7")
        messages.append(caught.value.response["Error"]["Message"])
    assert messages[:5] == ["Incorrect username or password."] * 5
    assert messages[-1] == "Password attempts exceeded"
    with refused(cognito, "NotAuthorizedException", "Password attempts exceeded"):
        client.initiate(username)


def test_a_new_password_confirms_an_invited_user(pool, client):
    username = pool.create_invited_user()
    challenge = client.initiate(username, TEMPORARY_PASSWORD)
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert challenge["ChallengeParameters"]["USER_ID_FOR_SRP"] == username
    assert json.loads(challenge["ChallengeParameters"]["requiredAttributes"]) == []
    assert isinstance(json.loads(challenge["ChallengeParameters"]["userAttributes"]), dict)
    answer = answer_new_password(client, challenge, username, NEW_PASSWORD=NEW_PASSWORD)
    assert answer["AuthenticationResult"]["IdToken"]
    assert pool.get_user(username)["UserStatus"] == "CONFIRMED"
    assert client.sign_in(username, NEW_PASSWORD)


def test_an_administrator_answers_for_the_user(pool, client, cognito):
    username = pool.create_invited_user()
    challenge = admin_initiate(client, username, TEMPORARY_PASSWORD)
    answer = cognito.admin_respond_to_auth_challenge(
        UserPoolId=pool.id,
        ClientId=client.id,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=challenge["Session"],
        ChallengeResponses={"USERNAME": username, "NEW_PASSWORD": NEW_PASSWORD},
    )
    assert answer["AuthenticationResult"]["IdToken"]


def test_required_attributes_are_asked_for(cognito, endpoint):
    required = {"Name": "given_name", "Required": True, "Mutable": True}
    pool = UserPool.create(cognito, endpoint, Schema=[required])
    client = pool.create_client()
    username = pool.create_invited_user()
    challenge = client.initiate(username, TEMPORARY_PASSWORD)
    asked = json.loads(challenge["ChallengeParameters"]["requiredAttributes"])
    assert asked == ["userAttributes.given_name"]
    with refused(
        cognito,
        "InvalidParameterException",
        "Invalid attributes given, given_name is missing",
    ):
        answer_new_password(client, challenge, username, NEW_PASSWORD=NEW_PASSWORD)
    challenge = client.initiate(username, TEMPORARY_PASSWORD)
    answer = answer_new_password(
        client,
        challenge,
        username,
        NEW_PASSWORD=NEW_PASSWORD,
        **{"userAttributes.given_name": "Judy"},
    )
    assert answer["AuthenticationResult"]["IdToken"]
    pool.delete()


def test_s39_a_new_password_obeys_the_policy(pool, client, cognito):
    username = pool.create_invited_user()
    challenge = client.initiate(username, TEMPORARY_PASSWORD)
    with refused(cognito, "InvalidPasswordException"):
        answer_new_password(client, challenge, username, NEW_PASSWORD="lowercase-horse")


def test_s43_a_challenge_session_is_used_once_and_by_its_user_alone(pool, client, cognito):
    username, other = pool.create_invited_user(), pool.create_invited_user()
    challenge = client.initiate(username, TEMPORARY_PASSWORD)
    with refused(cognito, "NotAuthorizedException"):
        answer_new_password(client, challenge, other, NEW_PASSWORD=NEW_PASSWORD)
    challenge = client.initiate(username, TEMPORARY_PASSWORD)
    answer_new_password(client, challenge, username, NEW_PASSWORD=NEW_PASSWORD)
    text = "Invalid session for the user, session can only be used once."
    with refused(cognito, "NotAuthorizedException", text):
        answer_new_password(client, challenge, username, NEW_PASSWORD=PASSWORD)


def test_an_address_signs_in_where_the_pool_says_so(cognito, endpoint):
    pool = UserPool.create(cognito, endpoint, UsernameAttributes=["email"])
    client = pool.create_client()
    cognito.admin_create_user(
        UserPoolId=pool.id,
        Username="kim@example.com",
        MessageAction="SUPPRESS",
        UserAttributes=attribute_list({"email": "kim@example.com"}),
    )
    cognito.admin_set_user_password(
        UserPoolId=pool.id, Username="kim@example.com", Password=PASSWORD, Permanent=True
    )
    tokens = client.sign_in("kim@example.com")
    user = cognito.get_user(AccessToken=tokens["AccessToken"])
    assert user["Username"] != "kim@example.com"
    pool.delete()
