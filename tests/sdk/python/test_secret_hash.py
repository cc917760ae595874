"""SECRET_HASH of a confidential client."""

import pytest
from user_pool import PASSWORD, refused


@pytest.fixture
def client(pool):
    return pool.create_client(GenerateSecret=True)


def initiate(client, username, **parameters):
    return client.pool.cognito.initiate_auth(
        ClientId=client.id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": username, "PASSWORD": PASSWORD, **parameters},
    )


def test_the_right_hash_signs_in(pool, client):
    assert client.sign_in(pool.create_user())


def test_s25_a_missing_hash_is_refused(pool, client, cognito):
    text = f"Client {client.id} is configured with secret but SECRET_HASH was not received"
    with refused(cognito, "NotAuthorizedException", text):
        initiate(client, pool.create_user())


def test_s25_a_wrong_hash_is_refused(pool, client, cognito):
    username = pool.create_user()
    text = f"Unable to verify secret hash for client {client.id}"
    with refused(cognito, "NotAuthorizedException", text):
        initiate(client, username, SECRET_HASH=client.secret_hash("somebody else"))


def test_s25_a_hash_for_a_public_client_is_refused(pool, client, cognito):
    public = pool.create_client()
    username = pool.create_user()
    with refused(cognito, "NotAuthorizedException"):
        initiate(public, username, SECRET_HASH=client.secret_hash(username))


def test_a_refresh_is_hashed_over_the_user_name(pool, client, cognito):
    username = pool.create_user()
    tokens = client.sign_in(username)

    def refresh(name):
        return cognito.initiate_auth(
            ClientId=client.id,
            AuthFlow="REFRESH_TOKEN_AUTH",
            AuthParameters={
                "REFRESH_TOKEN": tokens["RefreshToken"],
                "SECRET_HASH": client.secret_hash(name),
            },
        )

    assert refresh(username)["AuthenticationResult"]["AccessToken"]
    text = f"SecretHash does not match for the client: {client.id}"
    with refused(cognito, "NotAuthorizedException", text):
        refresh("somebody else")
