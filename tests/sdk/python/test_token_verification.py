"""PyJWT: what an API in Python does with a token it is handed."""

import jwt
import pytest


@pytest.fixture
def signed_in(pool):
    client = pool.create_client()
    username = pool.create_user(email="olga@example.com", email_verified="true")
    return pool, client, username, client.sign_in(username)


def verify(pool, token, **more):
    keys = jwt.PyJWKClient(f"{pool.issuer}/.well-known/jwks.json", timeout=10)
    key = keys.get_signing_key_from_jwt(token)
    return jwt.decode(token, key, algorithms=["RS256"], issuer=pool.issuer, **more)


def test_an_id_token_verifies_and_has_the_documented_claims(signed_in):
    pool, client, username, tokens = signed_in
    claims = verify(pool, tokens["IdToken"], audience=client.id)
    assert claims["token_use"] == "id"
    assert claims["cognito:username"] == username
    assert claims["email"] == "olga@example.com"
    assert claims["email_verified"] is True
    assert claims["exp"] - claims["iat"] == 3600
    assert set(claims) == {
        "sub", "email_verified", "iss", "cognito:username", "origin_jti", "aud", "event_id",
        "token_use", "auth_time", "exp", "iat", "jti", "email",
    }  # fmt: skip


def test_an_access_token_verifies_and_has_the_documented_claims(signed_in):
    pool, client, username, tokens = signed_in
    claims = verify(pool, tokens["AccessToken"])
    assert claims["token_use"] == "access"
    assert claims["client_id"] == client.id
    assert claims["username"] == username
    assert claims["scope"] == "aws.cognito.signin.user.admin"
    assert set(claims) == {
        "sub", "iss", "client_id", "origin_jti", "event_id", "token_use", "scope",
        "auth_time", "exp", "iat", "jti", "username",
    }  # fmt: skip


def test_the_two_tokens_have_keys_of_their_own(signed_in):
    _, _, _, tokens = signed_in
    headers = [jwt.get_unverified_header(tokens[name]) for name in ("IdToken", "AccessToken")]
    assert headers[0]["kid"] != headers[1]["kid"]
    assert all(set(header) == {"kid", "alg"} for header in headers)


def test_s3_a_token_of_another_pool_does_not_verify(signed_in, cognito, endpoint):
    pool, client, _, _ = signed_in
    other = type(pool).create(cognito, endpoint)
    foreign = other.create_client().sign_in(other.create_user())
    with pytest.raises(jwt.PyJWKClientError):
        verify(pool, foreign["IdToken"], audience=client.id)
    other.delete()


def test_s9_a_client_reads_only_the_attributes_it_may(pool):
    client = pool.create_client(ReadAttributes=["name"])
    username = pool.create_user(email="pat@example.com", name="Pat")
    claims = verify(pool, client.sign_in(username)["IdToken"], audience=client.id)
    assert claims["name"] == "Pat"
    assert "email" not in claims
