"""Resource servers, the client credentials grant with requests, GetClientToken, and the token
checked by PyJWT."""

import boto3
import pytest
import requests
import used_secrets
from botocore import UNSIGNED
from botocore.config import Config
from user_pool import refused

API = "https://solar-system.example.com"


@pytest.fixture
def server(pool, cognito):
    """A resource server with two scopes."""
    return cognito.create_resource_server(
        UserPoolId=pool.id,
        Identifier=API,
        Name="Solar system",
        Scopes=[
            {"ScopeName": "asteroids.add", "ScopeDescription": "add asteroids"},
            {"ScopeName": "sun.read", "ScopeDescription": "where the sun is"},
        ],
    )["ResourceServer"]


def scopes(*names):
    return [f"{API}/{name}" for name in names]


def machine(pool, names=("asteroids.add", "sun.read")):
    """A client of the client credentials grant."""
    return pool.create_client(
        GenerateSecret=True,
        ExplicitAuthFlows=["ALLOW_REFRESH_TOKEN_AUTH"],
        AllowedOAuthFlows=["client_credentials"],
        AllowedOAuthScopes=scopes(*names),
        AllowedOAuthFlowsUserPoolClient=True,
    )


def ask(pool, client, **parameters):
    answer = requests.post(
        f"{pool.endpoint}/oauth2/token",
        data={"grant_type": "client_credentials", **parameters},
        auth=(client.id, client.secret),
        timeout=10,
    )
    body = answer.json()
    used_secrets.record({"AccessToken": body.get("access_token", "")})
    return answer.status_code, body


def test_a_resource_server_is_described_listed_changed_and_deleted(pool, cognito, server):
    key = {"UserPoolId": pool.id, "Identifier": API}
    assert cognito.describe_resource_server(**key)["ResourceServer"] == server
    pages = cognito.get_paginator("list_resource_servers").paginate(UserPoolId=pool.id)
    assert [page["ResourceServers"] for page in pages] == [[server]]
    changed = cognito.update_resource_server(**key, Name="Renamed")["ResourceServer"]
    assert changed["Name"] == "Renamed" and changed["Scopes"] == []
    with refused(
        cognito, "InvalidParameterException", f"{API} already exists in user pool {pool.id}."
    ):
        cognito.create_resource_server(**key, Name="again")
    cognito.delete_resource_server(**key)
    with refused(
        cognito, "ResourceNotFoundException", f"Resource server {API} does not exist."
    ):
        cognito.describe_resource_server(**key)


def test_a_machine_gets_a_token_that_verifies(pool, server):
    client = machine(pool)
    status, body = ask(pool, client)
    assert status == 200
    assert set(body) == {"access_token", "expires_in", "token_type"}
    claims = pool.verify(body["access_token"])
    assert claims["scope"].split() == scopes("asteroids.add", "sun.read")
    assert claims["sub"] == claims["client_id"] == client.id
    assert set(claims) == {
        "sub", "token_use", "scope", "auth_time", "iss", "exp", "iat", "version", "jti",
        "client_id",
    }  # fmt: skip
    status, body = ask(pool, client, scope=f"{API}/sun.read")
    assert pool.verify(body["access_token"])["scope"] == f"{API}/sun.read"


@pytest.mark.parametrize("scope", ["openid", "aws.cognito.signin.user.admin", f"{API}/none"])
def test_s31_other_scopes_are_refused(pool, server, scope):
    assert ask(pool, machine(pool), scope=scope) == (400, {"error": "invalid_scope"})


def test_a_deleted_scope_is_no_longer_issued(pool, cognito, server):
    client = machine(pool)
    cognito.update_resource_server(
        UserPoolId=pool.id, Identifier=API, Name="Solar system", Scopes=server["Scopes"][:1]
    )
    status, body = ask(pool, client)
    assert pool.verify(body["access_token"])["scope"] == f"{API}/asteroids.add"


def test_clients_are_held_to_the_rules_of_the_grant(pool, cognito, server):
    with refused(
        cognito,
        "InvalidOAuthFlowException",
        "client_credentials flow can not be selected if client does not have a client secret.",
    ):
        pool.create_client(
            AllowedOAuthFlows=["client_credentials"],
            AllowedOAuthScopes=scopes("sun.read"),
            AllowedOAuthFlowsUserPoolClient=True,
        )
    with refused(
        cognito, "ScopeDoesNotExistException", f"Invalid scope requested: {API}/none"
    ):
        machine(pool, ["none"])


def test_get_client_token_needs_no_domain_and_no_signature(pool, client_options, cognito, server):
    client = pool.create_client(
        GenerateSecret=True,
        ExplicitAuthFlows=["ALLOW_CLIENT_TOKEN_AUTH"],
        AllowedOAuthScopes=scopes("asteroids.add", "sun.read"),
    )
    unsigned = boto3.client(
        "cognito-idp",
        endpoint_url=client_options["endpoint_url"],
        region_name=client_options["region_name"],
        config=Config(signature_version=UNSIGNED),
    )
    used_secrets.watch(unsigned)
    for caller in (cognito, unsigned):
        result = caller.get_client_token(
            ClientId=client.id, Secret=client.secret, Scopes=scopes("sun.read")
        )["ClientAuthenticationResult"]
        assert result["ExpiresIn"] == 3600 and result["TokenType"] == "Bearer"
        claims = pool.verify(result["AccessToken"])
        assert claims["scope"] == f"{API}/sun.read"
        assert claims["sub"] == client.id
    with refused(cognito, "NotAuthorizedException", "Invalid client or secret"):
        cognito.get_client_token(ClientId=client.id, Secret="a" * 51)
    with refused(
        cognito, "NotAuthorizedException", "Access Token does not have required scopes"
    ):
        cognito.get_user(AccessToken=result["AccessToken"])
