"""The AWS command line: the life of a user, and what a script reads."""

import uuid

import pytest
import requests
import used_secrets
from authenticator import Authenticator
from aws_cli import AwsCli
from conftest import REGION
from user_pool import FLOWS, PASSWORD, TEMPORARY_PASSWORD, UserPool

NEW_PASSWORD = "Another-horse-8"


@pytest.fixture
def aws(endpoint):
    used_secrets.record([{"Password": PASSWORD}, {"Password": NEW_PASSWORD}])
    return AwsCli(endpoint, REGION)


@pytest.fixture
def address():
    return f"{uuid.uuid4()}@example.com"


def sign_in(aws, client_id, username, password=PASSWORD):
    return aws(
        "initiate-auth",
        client_id=client_id,
        auth_flow="USER_PASSWORD_AUTH",
        auth_parameters=f"USERNAME={username},PASSWORD={password}",
    )


def test_the_life_of_a_user(cognito, endpoint, aws, address):
    created = aws("create-user-pool", pool_name="cli", auto_verified_attributes="email")
    pool = UserPool(cognito, endpoint, created["UserPool"]["Id"])
    client = aws(
        "create-user-pool-client",
        user_pool_id=pool.id,
        client_name="app",
        explicit_auth_flows=FLOWS,
    )["UserPoolClient"]["ClientId"]
    signed_up = aws(
        "sign-up",
        client_id=client,
        username="alice",
        password=PASSWORD,
        user_attributes=f"Name=email,Value={address}",
    )
    assert signed_up["CodeDeliveryDetails"]["DeliveryMedium"] == "EMAIL"
    code = pool.last_mail(address)["code"]
    aws("confirm-sign-up", client_id=client, username="alice", confirmation_code=code)
    token = sign_in(aws, client, "alice")["AuthenticationResult"]["AccessToken"]
    assert aws("get-user", access_token=token)["Username"] == "alice"

    aws(
        "change-password",
        access_token=token,
        previous_password=PASSWORD,
        proposed_password=NEW_PASSWORD,
    )
    aws("forgot-password", client_id=client, username="alice")
    aws(
        "confirm-forgot-password",
        client_id=client,
        username="alice",
        confirmation_code=pool.last_mail(address)["code"],
        password=PASSWORD,
    )
    token = sign_in(aws, client, "alice")["AuthenticationResult"]["AccessToken"]
    aws("delete-user", access_token=token)
    aws("delete-user-pool", user_pool_id=pool.id)
    assert aws.refused("describe-user-pool", user_pool_id=pool.id).endswith(
        "An error occurred (ResourceNotFoundException) when calling the DescribeUserPool "
        f"operation: User pool {pool.id} does not exist."
    )


def test_attributes_and_an_authenticator_app(pool, aws, address):
    client = pool.create_client()
    username = pool.create_user()
    aws(
        "set-user-pool-mfa-config",
        user_pool_id=pool.id,
        software_token_mfa_configuration="Enabled=true",
        mfa_configuration="OPTIONAL",
    )
    token = sign_in(aws, client.id, username)["AuthenticationResult"]["AccessToken"]
    aws(
        "update-user-attributes",
        access_token=token,
        user_attributes=[f"Name=email,Value={address}", "Name=nickname,Value=Al"],
    )
    aws(
        "verify-user-attribute",
        access_token=token,
        attribute_name="email",
        code=pool.last_mail(address)["code"],
    )
    user = aws("get-user", access_token=token)
    assert {"Name": "email_verified", "Value": "true"} in user["UserAttributes"]

    app = Authenticator(aws("associate-software-token", access_token=token)["SecretCode"])
    verified = aws("verify-software-token", access_token=token, user_code=app.next_code())
    assert verified["Status"] == "SUCCESS"
    aws(
        "set-user-mfa-preference",
        access_token=token,
        software_token_mfa_settings="Enabled=true,PreferredMfa=true",
    )
    challenge = sign_in(aws, client.id, username)
    assert challenge["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    answer = aws(
        "respond-to-auth-challenge",
        client_id=client.id,
        challenge_name="SOFTWARE_TOKEN_MFA",
        session=challenge["Session"],
        challenge_responses=f"USERNAME={username},SOFTWARE_TOKEN_MFA_CODE={app.next_code()}",
    )
    assert answer["AuthenticationResult"]["TokenType"] == "Bearer"


def test_an_administrator_invites_and_the_user_chooses_a_password(pool, aws):
    client = pool.create_client()
    aws(
        "admin-create-user",
        user_pool_id=pool.id,
        username="bob",
        temporary_password=TEMPORARY_PASSWORD,
        message_action="SUPPRESS",
        user_attributes=["Name=email,Value=bob@example.com", "Name=email_verified,Value=true"],
    )
    challenge = aws(
        "admin-initiate-auth",
        user_pool_id=pool.id,
        client_id=client.id,
        auth_flow="ADMIN_USER_PASSWORD_AUTH",
        auth_parameters=f"USERNAME=bob,PASSWORD={TEMPORARY_PASSWORD}",
    )
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    answer = aws(
        "admin-respond-to-auth-challenge",
        user_pool_id=pool.id,
        client_id=client.id,
        challenge_name="NEW_PASSWORD_REQUIRED",
        session=challenge["Session"],
        challenge_responses=f"USERNAME=bob,NEW_PASSWORD={NEW_PASSWORD}",
    )
    assert answer["AuthenticationResult"]["AccessToken"]
    user = aws("admin-get-user", user_pool_id=pool.id, username="bob")
    assert user["UserStatus"] == "CONFIRMED"


def test_a_group_has_members_and_is_in_their_tokens(pool, aws):
    client = pool.create_client()
    username, other = pool.create_user(), pool.create_user()
    group = {"user_pool_id": pool.id, "group_name": "editors"}
    created = aws("create-group", **group, precedence=1, description="who writes")["Group"]
    assert aws("get-group", **group)["Group"] == created
    assert created["Precedence"] == 1 and created["Description"] == "who writes"
    assert aws("admin-add-user-to-group", **group, username=username) is None
    members = aws("list-users-in-group", **group)["Users"]
    assert [member["Username"] for member in members] == [username]
    joined = aws("admin-list-groups-for-user", user_pool_id=pool.id, username=username)
    assert [group["GroupName"] for group in joined["Groups"]] == ["editors"]

    tokens = sign_in(aws, client.id, username)["AuthenticationResult"]
    for name in ("IdToken", "AccessToken"):
        assert pool.verify(tokens[name])["cognito:groups"] == ["editors"]
    tokens = sign_in(aws, client.id, other)["AuthenticationResult"]
    assert "cognito:groups" not in pool.verify(tokens["IdToken"])

    aws("admin-remove-user-from-group", **group, username=username)
    assert aws("list-users-in-group", **group)["Users"] == []
    aws("delete-group", **group)
    assert aws("list-groups", user_pool_id=pool.id)["Groups"] == []


def test_a_machine_that_was_made_by_commands_gets_its_token(pool, endpoint, aws):
    """The token is of the endpoint: this version of the command line has no get-client-token."""
    server = {"user_pool_id": pool.id, "identifier": "orders"}
    created = aws(
        "create-resource-server",
        **server,
        name="Orders",
        scopes=[
            "ScopeName=read,ScopeDescription=read orders",
            "ScopeName=write,ScopeDescription=write orders",
        ],
    )["ResourceServer"]
    assert aws("describe-resource-server", **server)["ResourceServer"] == created
    client = aws(
        "create-user-pool-client",
        user_pool_id=pool.id,
        client_name="machine",
        generate_secret=True,
        allowed_o_auth_flows="client_credentials",
        allowed_o_auth_flows_user_pool_client=True,
        allowed_o_auth_scopes=["orders/read", "orders/write"],
    )["UserPoolClient"]
    answer = requests.post(
        f"{endpoint}/oauth2/token",
        data={"grant_type": "client_credentials", "scope": "orders/read"},
        auth=(client["ClientId"], client["ClientSecret"]),
        timeout=10,
    )
    assert answer.status_code == 200
    token = answer.json()["access_token"]
    used_secrets.record({"AccessToken": token})
    claims = pool.verify(token)
    assert claims["scope"] == "orders/read" and claims["token_use"] == "access"
    assert claims["sub"] == claims["client_id"] == client["ClientId"]
    assert aws.refused("get-user", access_token=token).endswith(
        "An error occurred (NotAuthorizedException) when calling the GetUser operation: "
        "Access Token does not have required scopes"
    )


def test_the_pager_of_the_command_line_reaches_every_user(pool, aws):
    usernames = {pool.create_user() for _ in range(3)}
    listed = aws("list-users", user_pool_id=pool.id, page_size=1)["Users"]
    assert sorted(user["Username"] for user in listed) == sorted(usernames)
    first = aws("list-users", user_pool_id=pool.id, max_items=2)
    rest = aws("list-users", user_pool_id=pool.id, starting_token=first["NextToken"])
    assert {user["Username"] for user in first["Users"] + rest["Users"]} == usernames


def test_a_refused_call_prints_the_code_and_the_text(pool, aws):
    client = pool.create_client()
    username = pool.create_user()
    printed = aws.refused(
        "initiate-auth",
        client_id=client.id,
        auth_flow="USER_PASSWORD_AUTH",
        auth_parameters=f"USERNAME={username},PASSWORD=Wrong-horse-7",
    )
    assert printed.endswith(
        "An error occurred (NotAuthorizedException) when calling the InitiateAuth operation: "
        "Incorrect username or password."
    )
