"""GetUser, refreshing, RevokeToken, GlobalSignOut."""

import jwt
import pytest
from user_pool import PASSWORD, attributes_of, refused

REVOKED = "Access Token has been revoked"


@pytest.fixture
def client(pool):
    return pool.create_client()


def claims(token):
    return jwt.decode(token, options={"verify_signature": False})


def refresh(client, refresh_token, flow="REFRESH_TOKEN_AUTH"):
    return client.pool.cognito.initiate_auth(
        ClientId=client.id,
        AuthFlow=flow,
        AuthParameters={"REFRESH_TOKEN": refresh_token},
    )["AuthenticationResult"]


def test_an_access_token_shows_its_user(pool, client, cognito):
    username = pool.create_user(email="liam@example.com")
    tokens = client.sign_in(username)
    user = cognito.get_user(AccessToken=tokens["AccessToken"])
    assert user["Username"] == username
    assert attributes_of(user)["email"] == "liam@example.com"
    assert attributes_of(user)["sub"] == claims(tokens["AccessToken"])["sub"]


@pytest.mark.parametrize("flow", ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"])
def test_a_refresh_renews_two_tokens_of_one_family(pool, client, flow):
    tokens = client.sign_in(pool.create_user())
    renewed = refresh(client, tokens["RefreshToken"], flow)
    assert "RefreshToken" not in renewed
    before, after = claims(tokens["AccessToken"]), claims(renewed["AccessToken"])
    assert after["origin_jti"] == before["origin_jti"]
    assert after["jti"] != before["jti"]
    assert after["auth_time"] == before["auth_time"]


def test_get_tokens_from_refresh_token_refreshes_without_a_flow(pool, client, cognito):
    tokens = client.sign_in(pool.create_user())
    renewed = cognito.get_tokens_from_refresh_token(
        ClientId=client.id, RefreshToken=tokens["RefreshToken"]
    )["AuthenticationResult"]
    assert cognito.get_user(AccessToken=renewed["AccessToken"])


def test_s27_a_rotated_refresh_token_is_replaced(pool, cognito):
    client = pool.create_client(
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
        RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
    )
    tokens = client.sign_in(pool.create_user())

    def rotate(refresh_token):
        return cognito.get_tokens_from_refresh_token(
            ClientId=client.id, RefreshToken=refresh_token
        )["AuthenticationResult"]

    rotated = rotate(tokens["RefreshToken"])
    assert rotated["RefreshToken"] != tokens["RefreshToken"]
    with refused(cognito, "RefreshTokenReuseException"):
        rotate(tokens["RefreshToken"])


def test_s29_a_revoked_refresh_token_takes_its_access_tokens_with_it(pool, client, cognito):
    username = pool.create_user()
    revoked, other = client.sign_in(username), client.sign_in(username)
    cognito.revoke_token(ClientId=client.id, Token=revoked["RefreshToken"])
    with refused(cognito, "NotAuthorizedException", "Refresh Token has been revoked"):
        refresh(client, revoked["RefreshToken"])
    with refused(cognito, "NotAuthorizedException", REVOKED):
        cognito.get_user(AccessToken=revoked["AccessToken"])
    assert cognito.get_user(AccessToken=other["AccessToken"])
    assert refresh(client, other["RefreshToken"])


def test_an_access_token_is_not_revoked_alone(pool, client, cognito):
    tokens = client.sign_in(pool.create_user())
    with refused(cognito, "UnsupportedTokenTypeException"):
        cognito.revoke_token(ClientId=client.id, Token=tokens["AccessToken"])


def test_s30_a_global_sign_out_ends_every_session(pool, client, cognito):
    username = pool.create_user()
    first, second = client.sign_in(username), client.sign_in(username)
    cognito.global_sign_out(AccessToken=first["AccessToken"])
    for tokens in [first, second]:
        with refused(cognito, "NotAuthorizedException", REVOKED):
            cognito.get_user(AccessToken=tokens["AccessToken"])
        with refused(cognito, "NotAuthorizedException"):
            refresh(client, tokens["RefreshToken"])
    assert client.sign_in(username)


def test_s30_a_new_password_ends_the_sessions_of_the_old_one(pool, client, cognito):
    username = pool.create_user()
    tokens = client.sign_in(username)
    cognito.admin_set_user_password(
        UserPoolId=pool.id, Username=username, Password=PASSWORD + "!", Permanent=True
    )
    with refused(cognito, "NotAuthorizedException"):
        cognito.get_user(AccessToken=tokens["AccessToken"])


def test_s26_another_client_cannot_use_a_refresh_token(pool, client, cognito):
    tokens = client.sign_in(pool.create_user())
    other = pool.create_client()
    with refused(cognito, "NotAuthorizedException", "Invalid Refresh Token"):
        refresh(other, tokens["RefreshToken"])
    assert refresh(client, tokens["RefreshToken"])


def test_s5_a_damaged_refresh_token_is_refused(pool, client, cognito):
    token = client.sign_in(pool.create_user())["RefreshToken"]
    assert token.startswith("eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ.")
    flipped = token[:-1] + ("A" if token[-1] != "A" else "B")
    for damaged in [token[:80], token[:-1], flipped, token + "A", "a.b.c.d.e"]:
        with refused(cognito, "NotAuthorizedException", "Invalid Refresh Token"):
            refresh(client, damaged)


def test_s1_tampered_access_tokens_are_refused(pool, client, cognito):
    tokens = client.sign_in(pool.create_user())
    header, payload, signature = tokens["AccessToken"].split(".")
    none = jwt.encode(claims(tokens["AccessToken"]), None, algorithm="none")
    tampered = [
        f"{header}.{payload}.{signature[:-4]}AAAA",
        f"{header}.{payload[:-4]}AAAA.{signature}",
        f"{header}.{payload}.",
        none,
        tokens["IdToken"],
        tokens["RefreshToken"],
    ]
    for token in tampered:
        with refused(cognito, "NotAuthorizedException"):
            cognito.get_user(AccessToken=token)
