"""What every test is given: a client of its own and a pool of its own."""

import os

import boto3
import pytest
import used_secrets
from botocore.config import Config
from user_pool import UserPool

REGION = "us-east-1"


@pytest.fixture(scope="session")
def endpoint():
    """The server's address, without a slash at its end."""
    return os.environ["POOLHOUSE_ENDPOINT"]


@pytest.fixture(scope="session")
def client_options(endpoint):
    """What a program changes to leave AWS for Poolhouse: the endpoint, and credentials that
    the dev profile does not look at."""
    return {
        "endpoint_url": endpoint,
        "region_name": REGION,
        "aws_access_key_id": "any",
        "aws_secret_access_key": "any",
    }


@pytest.fixture(scope="session")
def cognito(client_options):
    """boto3's client; a refused call is not repeated."""
    patience = Config(connect_timeout=5, read_timeout=30, retries={"total_max_attempts": 1})
    client = boto3.client("cognito-idp", config=patience, **client_options)
    used_secrets.watch(client)
    return client


@pytest.fixture
def pool(cognito, endpoint):
    """A user pool that mails codes, as most do."""
    pool = UserPool.create(cognito, endpoint, AutoVerifiedAttributes=["email"])
    yield pool
    pool.delete()
