"""The tools for test suites, around boto3's own calls."""

import uuid

import pytest
import requests

PASSWORD = "Correct-horse-7"


@pytest.fixture
def tool(endpoint):
    """Calls a tool that must succeed."""

    def call(method, path, **options):
        answer = requests.request(method, f"{endpoint}/_poolhouse/{path}", timeout=60, **options)
        assert answer.ok, answer.text
        return answer.json()

    yield call
    requests.delete(f"{endpoint}/_poolhouse/clock", timeout=60)


@pytest.fixture
def shop(cognito, tool):
    """Ids of a seeded pool and client, whose user is jane."""
    unique = uuid.uuid4().hex
    pool_id, client_id = f"us-east-1_{unique[:9]}", f"client{unique}"
    seed = {
        "user_pools": [
            {
                "id": pool_id,
                "name": "shop",
                "clients": [
                    {
                        "id": client_id,
                        "name": "web",
                        "settings": {"ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]},
                    }
                ],
                "users": [{"username": "jane", "password": PASSWORD}],
            }
        ]
    }
    assert len(tool("POST", "seed", json=seed)["changes"]) == 3
    assert tool("POST", "seed", json=seed)["changes"] == []
    yield pool_id, client_id
    cognito.delete_user_pool(UserPoolId=pool_id)


def sign_in(cognito, client_id):
    answer = cognito.initiate_auth(
        ClientId=client_id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "jane", "PASSWORD": PASSWORD},
    )
    return answer["AuthenticationResult"]


def test_a_snapshot_is_the_way_back(cognito, tool, shop):
    pool_id, client_id = shop
    tool("POST", "snapshot", json={"name": "sdk"})
    cognito.admin_delete_user(UserPoolId=pool_id, Username="jane")
    tool("POST", "restore", json={"name": "sdk"})
    assert sign_in(cognito, client_id)["AccessToken"]
    tool("DELETE", "snapshot?name=sdk")


def test_a_reset_takes_the_users_and_leaves_the_client(cognito, tool, shop):
    pool_id, client_id = shop
    tool("POST", f"reset?pool={pool_id}")
    with pytest.raises(cognito.exceptions.UserNotFoundException):
        cognito.admin_get_user(UserPoolId=pool_id, Username="jane")
    client = cognito.describe_user_pool_client(UserPoolId=pool_id, ClientId=client_id)
    assert client["UserPoolClient"]["ClientName"] == "web"


def test_tokens_end_with_the_clock_that_is_moved(cognito, tool, shop):
    _, client_id = shop
    tokens = sign_in(cognito, client_id)
    cognito.get_user(AccessToken=tokens["AccessToken"])
    tool("POST", "clock", json={"advance": "61m"})
    with pytest.raises(cognito.exceptions.NotAuthorizedException):
        cognito.get_user(AccessToken=tokens["AccessToken"])
