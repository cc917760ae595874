"""CreateUserPool, DescribeUserPool, ListUserPools, DeleteUserPool."""

import re
import uuid

from user_pool import UserPool, refused


def test_a_pool_is_described_as_it_was_created(cognito, pool):
    described = cognito.describe_user_pool(UserPoolId=pool.id)["UserPool"]
    assert re.fullmatch(r"us-east-1_[0-9A-Za-z]{9}", described["Id"])
    assert described["Arn"].endswith(f":userpool/{pool.id}")
    assert described["AutoVerifiedAttributes"] == ["email"]
    assert described["MfaConfiguration"] == "OFF"
    assert described["CreationDate"] == described["LastModifiedDate"]


def test_defaults_are_filled_in(cognito, pool):
    described = cognito.describe_user_pool(UserPoolId=pool.id)["UserPool"]
    policy = described["Policies"]["PasswordPolicy"]
    assert policy["MinimumLength"] == 8
    assert policy["RequireUppercase"] and policy["RequireLowercase"]
    assert policy["RequireNumbers"] and policy["RequireSymbols"]
    assert policy["TemporaryPasswordValidityDays"] == 7
    assert described["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is False
    schema = {attribute["Name"]: attribute for attribute in described["SchemaAttributes"]}
    assert schema["sub"]["Required"] is True and schema["sub"]["Mutable"] is False
    assert schema["email"]["AttributeDataType"] == "String"


def test_custom_attributes_and_tags_are_kept(cognito, endpoint):
    pool = UserPool.create(
        cognito,
        endpoint,
        Schema=[{"Name": "plan", "AttributeDataType": "String", "Mutable": True}],
        UserPoolTags={"team": "pools"},
    )
    described = cognito.describe_user_pool(UserPoolId=pool.id)["UserPool"]
    names = [attribute["Name"] for attribute in described["SchemaAttributes"]]
    assert "custom:plan" in names
    assert described["UserPoolTags"] == {"team": "pools"}
    pool.delete()


def test_every_pool_is_on_one_page_of_the_list_and_no_page_is_too_long(cognito, endpoint):
    name = f"listed-{uuid.uuid4()}"
    made = [UserPool.create(cognito, endpoint, PoolName=name) for _ in range(5)]
    found, request = [], {"MaxResults": 2}
    while True:
        page = cognito.list_user_pools(**request)
        assert len(page["UserPools"]) <= 2
        found += [entry["Id"] for entry in page["UserPools"] if entry["Name"] == name]
        if "NextToken" not in page:
            break
        request["NextToken"] = page["NextToken"]
    assert sorted(found) == sorted(pool.id for pool in made)
    for pool in made:
        pool.delete()


def test_a_deleted_pool_is_gone_with_its_users(cognito, pool):
    client = pool.create_client()
    username = pool.create_user()
    cognito.delete_user_pool(UserPoolId=pool.id)
    text = f"User pool {pool.id} does not exist."
    with refused(cognito, "ResourceNotFoundException", text):
        cognito.describe_user_pool(UserPoolId=pool.id)
    with refused(cognito, "ResourceNotFoundException", text):
        pool.get_user(username)
    text = f"User pool client {client.id} does not exist."
    with refused(cognito, "ResourceNotFoundException", text):
        client.initiate(username)


def test_a_protected_pool_is_not_deleted(cognito, endpoint):
    pool = UserPool.create(cognito, endpoint, DeletionProtection="ACTIVE")
    text = (
        "The user pool cannot be deleted because deletion protection is activated. "
        "Deletion protection must be inactivated first."
    )
    with refused(cognito, "InvalidParameterException", text):
        cognito.delete_user_pool(UserPoolId=pool.id)
    assert cognito.describe_user_pool(UserPoolId=pool.id)
