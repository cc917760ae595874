"""CreateUserPoolClient, DescribeUserPoolClient, ListUserPoolClients, DeleteUserPoolClient."""

import re

from user_pool import refused

CALLBACK = "https://app.example.com/callback"


def describe(pool, client):
    described = pool.cognito.describe_user_pool_client(UserPoolId=pool.id, ClientId=client.id)
    return described["UserPoolClient"]


def test_a_client_is_described_as_it_was_created(pool):
    client = pool.create_client(
        ClientName="web",
        CallbackURLs=[CALLBACK],
        LogoutURLs=["https://app.example.com/bye"],
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid", "email"],
        AllowedOAuthFlowsUserPoolClient=True,
        SupportedIdentityProviders=["COGNITO"],
        AccessTokenValidity=10,
        TokenValidityUnits={"AccessToken": "minutes"},
    )
    described = describe(pool, client)
    assert re.fullmatch(r"[0-9a-z]{26}", described["ClientId"])
    assert described["ClientName"] == "web"
    assert described["CallbackURLs"] == [CALLBACK]
    assert described["AllowedOAuthFlows"] == ["code"]
    assert sorted(described["AllowedOAuthScopes"]) == ["email", "openid"]
    assert described["AccessTokenValidity"] == 10
    assert described["TokenValidityUnits"]["AccessToken"] == "minutes"


def test_defaults_are_filled_in(pool, cognito):
    created = cognito.create_user_pool_client(UserPoolId=pool.id, ClientName="plain")
    client = created["UserPoolClient"]
    assert "ClientSecret" not in client
    assert client["RefreshTokenValidity"] == 30
    assert client["EnableTokenRevocation"] is True
    assert client["AllowedOAuthFlowsUserPoolClient"] is False


def test_a_secret_is_made_only_when_asked_for(pool):
    assert pool.create_client().secret is None
    confidential = pool.create_client(GenerateSecret=True)
    assert re.fullmatch(r"[0-9a-z]{40,64}", confidential.secret)
    assert describe(pool, confidential)["ClientSecret"] == confidential.secret


def test_clients_are_listed_page_by_page_without_their_secrets(pool, cognito):
    made = {pool.create_client(GenerateSecret=True).id for _ in range(3)}
    first = cognito.list_user_pool_clients(UserPoolId=pool.id, MaxResults=2)
    rest = cognito.list_user_pool_clients(
        UserPoolId=pool.id, MaxResults=2, NextToken=first["NextToken"]
    )
    listed = first["UserPoolClients"] + rest["UserPoolClients"]
    assert {client["ClientId"] for client in listed} == made
    assert all(set(client) == {"ClientId", "ClientName", "UserPoolId"} for client in listed)


def test_a_deleted_client_signs_nobody_in(pool, cognito):
    client = pool.create_client()
    username = pool.create_user()
    cognito.delete_user_pool_client(UserPoolId=pool.id, ClientId=client.id)
    text = f"User pool client {client.id} does not exist."
    with refused(cognito, "ResourceNotFoundException", text):
        describe(pool, client)
    with refused(cognito, "ResourceNotFoundException", text):
        client.initiate(username)


def test_s12_a_script_is_no_callback(pool, cognito):
    for callback in ["javascript:alert(1)", "data:text/html,x", "https://a.example/#part"]:
        with refused(cognito, "InvalidParameterException"):
            pool.create_client(CallbackURLs=[callback])
