"""SetUserPoolMfaConfig, AssociateSoftwareToken, VerifySoftwareToken, preferences, and the
challenges SOFTWARE_TOKEN_MFA and MFA_SETUP."""

import json

import pytest
import used_secrets
from authenticator import Authenticator
from pycognito import Cognito
from pycognito.exceptions import SoftwareTokenMFAChallengeException
from user_pool import PASSWORD, TEMPORARY_PASSWORD, refused

NEW_PASSWORD = "Another-horse-8"


def ask_for_apps(pool, requirement):
    return pool.cognito.set_user_pool_mfa_config(
        UserPoolId=pool.id,
        SoftwareTokenMfaConfiguration={"Enabled": True},
        MfaConfiguration=requirement,
    )


def set_up(cognito, access_token):
    """Sets an app up for a user who is signed in, and turns it on."""
    secret_code = cognito.associate_software_token(AccessToken=access_token)["SecretCode"]
    app = Authenticator(secret_code)
    verified = cognito.verify_software_token(
        AccessToken=access_token, UserCode=app.next_code(), FriendlyDeviceName="phone"
    )
    assert verified["Status"] == "SUCCESS"
    assert "Session" not in verified
    cognito.set_user_mfa_preference(
        AccessToken=access_token,
        SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True},
    )
    return app


def answer(client, challenge, username, code):
    responses = {"USERNAME": username, "SOFTWARE_TOKEN_MFA_CODE": code}
    return client.pool.cognito.respond_to_auth_challenge(
        ClientId=client.id,
        ChallengeName="SOFTWARE_TOKEN_MFA",
        Session=challenge["Session"],
        ChallengeResponses=client.with_secret_hash(responses),
    )


@pytest.mark.parametrize("has_secret", [False, True])
def test_a_user_sets_an_app_up_and_signs_in_with_it(pool, cognito, has_secret):
    ask_for_apps(pool, "OPTIONAL")
    client = pool.create_client(GenerateSecret=has_secret)
    username = pool.create_user()
    tokens = client.sign_in(username)
    app = set_up(cognito, tokens["AccessToken"])
    for user in (pool.get_user(username), cognito.get_user(AccessToken=tokens["AccessToken"])):
        assert user["UserMFASettingList"] == ["SOFTWARE_TOKEN_MFA"]
        assert user["PreferredMfaSetting"] == "SOFTWARE_TOKEN_MFA"
    challenge = client.initiate(username)
    assert challenge["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    assert challenge["ChallengeParameters"]["FRIENDLY_DEVICE_NAME"] == "phone"
    assert "AuthenticationResult" not in challenge
    with refused(cognito, "CodeMismatchException", "Invalid code received for user"):
        answer(client, challenge, username, app.wrong_code())
    result = answer(client, challenge, username, app.next_code())
    assert result["AuthenticationResult"]["AccessToken"]


def test_s44_a_code_works_once(pool, cognito):
    ask_for_apps(pool, "OPTIONAL")
    client = pool.create_client()
    username = pool.create_user()
    app = set_up(cognito, client.sign_in(username)["AccessToken"])
    first, second = client.initiate(username), client.initiate(username)
    code = app.next_code()
    answer(client, first, username, code)
    with refused(
        cognito, "ExpiredCodeException", "Your software token has already been used once."
    ):
        answer(client, second, username, code)


def test_a_pool_that_requires_mfa_leads_through_the_setup(pool, cognito):
    assert ask_for_apps(pool, "ON")["MfaConfiguration"] == "ON"
    client = pool.create_client()
    username = pool.create_invited_user()
    challenge = client.initiate(username, TEMPORARY_PASSWORD)
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    challenge = cognito.respond_to_auth_challenge(
        ClientId=client.id,
        ChallengeName="NEW_PASSWORD_REQUIRED",
        Session=challenge["Session"],
        ChallengeResponses={"USERNAME": username, "NEW_PASSWORD": NEW_PASSWORD},
    )
    assert challenge["ChallengeName"] == "MFA_SETUP"
    offered = json.loads(challenge["ChallengeParameters"]["MFAS_CAN_SETUP"])
    assert offered == ["SOFTWARE_TOKEN_MFA"]
    associated = cognito.associate_software_token(Session=challenge["Session"])
    app = Authenticator(associated["SecretCode"])
    with refused(
        cognito,
        "EnableSoftwareTokenMFAException",
        "Code mismatch and fail enable Software Token MFA",
    ):
        cognito.verify_software_token(Session=associated["Session"], UserCode=app.wrong_code())
    verified = cognito.verify_software_token(
        Session=associated["Session"], UserCode=app.next_code()
    )
    finished = cognito.respond_to_auth_challenge(
        ClientId=client.id,
        ChallengeName="MFA_SETUP",
        Session=verified["Session"],
        ChallengeResponses={"USERNAME": username},
    )
    assert finished["AuthenticationResult"]["IdToken"]
    challenge = client.initiate(username, NEW_PASSWORD)
    assert answer(client, challenge, username, app.next_code())["AuthenticationResult"]
    cognito.admin_delete_software_token(UserPoolId=pool.id, Username=username)
    assert client.initiate(username, NEW_PASSWORD)["ChallengeName"] == "MFA_SETUP"


def test_s43_the_challenge_cannot_be_answered_as_another_one(pool, cognito):
    ask_for_apps(pool, "OPTIONAL")
    client = pool.create_client()
    username = pool.create_user()
    app = set_up(cognito, client.sign_in(username)["AccessToken"])
    challenge = client.initiate(username)
    for name, key in (("SMS_MFA", "SMS_MFA_CODE"), ("MFA_SETUP", "ANSWER")):
        with refused(cognito, "NotAuthorizedException", "Invalid session for the user."):
            cognito.respond_to_auth_challenge(
                ClientId=client.id,
                ChallengeName=name,
                Session=challenge["Session"],
                ChallengeResponses={"USERNAME": username, key: app.wrong_code()},
            )


def test_what_a_pool_asks_for_is_told_and_checked(pool, cognito):
    config = cognito.get_user_pool_mfa_config(UserPoolId=pool.id)
    assert config["MfaConfiguration"] == "OFF"
    assert "SoftwareTokenMfaConfiguration" not in config
    ask_for_apps(pool, "OPTIONAL")
    config = cognito.get_user_pool_mfa_config(UserPoolId=pool.id)
    assert config["MfaConfiguration"] == "OPTIONAL"
    assert config["SoftwareTokenMfaConfiguration"] == {"Enabled": True}
    with refused(
        cognito,
        "InvalidParameterException",
        "Invalid MFA configuration given, can't turn off MFA and configure an MFA together.",
    ):
        ask_for_apps(pool, "OFF")
    described = cognito.describe_user_pool(UserPoolId=pool.id)["UserPool"]
    assert described["MfaConfiguration"] == "OPTIONAL"


def test_an_app_that_was_not_set_up_cannot_be_turned_on(pool, cognito):
    username = pool.create_user()
    access_token = pool.create_client().sign_in(username)["AccessToken"]
    with refused(
        cognito,
        "SoftwareTokenMFANotFoundException",
        "Software Token MFA has not been enabled by the userPool",
    ):
        cognito.associate_software_token(AccessToken=access_token)
    on = {"Enabled": True, "PreferredMfa": True}
    with refused(
        cognito,
        "InvalidParameterException",
        "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA",
    ):
        cognito.admin_set_user_mfa_preference(
            UserPoolId=pool.id, Username=username, SoftwareTokenMfaSettings=on
        )
    factors = cognito.get_user_auth_factors(AccessToken=access_token)
    assert factors["ConfiguredUserAuthFactors"] == ["PASSWORD"]
    assert "UserMFASettingList" not in factors


@pytest.mark.parametrize("has_secret", [False, True])
def test_pycognito_sets_an_app_up_and_signs_in_with_it(pool, client_options, has_secret):
    ask_for_apps(pool, "OPTIONAL")
    client = pool.create_client(GenerateSecret=has_secret)
    username = pool.create_user()

    def connect():
        user = Cognito(
            pool.id,
            client.id,
            username=username,
            client_secret=client.secret,
            boto3_client_kwargs=dict(client_options),
        )
        used_secrets.watch(user.client)
        return user

    user = connect()
    user.authenticate(PASSWORD)
    app = Authenticator(user.associate_software_token())
    assert user.verify_software_token(app.next_code())
    user.set_user_mfa_preference(False, True, "SOFTWARE_TOKEN")
    user = connect()
    with pytest.raises(SoftwareTokenMFAChallengeException):
        user.authenticate(PASSWORD)
    user.respond_to_software_token_mfa_challenge(app.next_code())
    user.verify_tokens()
    assert user.id_claims["cognito:username"] == username
    user.set_user_mfa_preference(False, False)
    connect().authenticate(PASSWORD)
