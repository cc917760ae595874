"""What every call has in common, as an SDK shows it."""

import re

import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
import boto3

from user_pool import refused


def test_every_answer_has_a_request_id(cognito, pool):
    answer = cognito.describe_user_pool(UserPoolId=pool.id)
    request_id = answer["ResponseMetadata"]["RequestId"]
    assert re.fullmatch(r"[0-9a-f-]{36}", request_id)


def test_an_operation_that_is_not_served_says_so(cognito, pool):
    with pytest.raises(ClientError) as caught:
        cognito.list_devices(AccessToken="any")
    error = caught.value.response
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 501
    assert error["Error"]["Code"] == "NotImplementedException"
    assert error["Error"]["Message"] == "ListDevices is not served yet by Poolhouse."


def test_a_constraint_is_explained_as_the_service_does(cognito, endpoint):
    text = (
        "1 validation error detected: Value 'no pool' at 'userPoolId' failed to satisfy "
        r"constraint: Member must satisfy regular expression pattern: [\w-]+_[0-9a-zA-Z]+"
    )
    with refused(cognito, "InvalidParameterException", text):
        cognito.describe_user_pool(UserPoolId="no pool")


def test_a_signed_operation_without_signature_is_refused(endpoint):
    unsigned = boto3.client(
        "cognito-idp",
        endpoint_url=endpoint,
        region_name="us-east-1",
        config=Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1}),
    )
    with pytest.raises(ClientError) as caught:
        unsigned.list_user_pools(MaxResults=1)
    assert caught.value.response["Error"] == {
        "Code": "MissingAuthenticationTokenException",
        "Message": "Missing Authentication Token",
    }


def test_a_pool_of_another_region_carries_it(client_options):
    options = {**client_options, "region_name": "eu-central-1"}
    cognito = boto3.client("cognito-idp", **options)
    pool_id = cognito.create_user_pool(PoolName="elsewhere")["UserPool"]["Id"]
    assert pool_id.startswith("eu-central-1_")
    listed = cognito.list_user_pools(MaxResults=60)["UserPools"]
    assert all(pool["Id"].startswith("eu-central-1_") for pool in listed)
    cognito.delete_user_pool(UserPoolId=pool_id)
