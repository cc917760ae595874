"""A user pool as the tests use it: boto3 calls with everything defaulted."""

import base64
import hashlib
import hmac
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field

import jwt
import pytest
import requests
import used_secrets

PASSWORD = "Correct-horse-7"
TEMPORARY_PASSWORD = "Temporary-horse-7"

FLOWS = [
    "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
]


@dataclass
class UserPool:
    cognito: object
    endpoint: str
    id: str

    @classmethod
    def create(cls, cognito, endpoint, **settings):
        settings.setdefault("PoolName", f"pool-{uuid.uuid4()}")
        created = cognito.create_user_pool(**settings)
        return cls(cognito, endpoint, created["UserPool"]["Id"])

    def delete(self):
        """Removes the pool; that a test has done so already is fine."""
        try:
            self.cognito.delete_user_pool(UserPoolId=self.id)
        except self.cognito.exceptions.ResourceNotFoundException:
            pass

    @property
    def issuer(self):
        return f"{self.endpoint}/{self.id}"

    def create_client(self, **settings):
        settings.setdefault("ClientName", "app")
        settings.setdefault("ExplicitAuthFlows", FLOWS)
        created = self.cognito.create_user_pool_client(UserPoolId=self.id, **settings)
        client = created["UserPoolClient"]
        return AppClient(self, client["ClientId"], client.get("ClientSecret"))

    def create_user(self, username=None, password=PASSWORD, **attributes):
        """Makes a confirmed user."""
        username = username or f"user-{uuid.uuid4()}"
        attributes.setdefault("email", f"{uuid.uuid4()}@example.com")
        self.cognito.admin_create_user(
            UserPoolId=self.id,
            Username=username,
            MessageAction="SUPPRESS",
            UserAttributes=attribute_list(attributes),
        )
        self.cognito.admin_set_user_password(
            UserPoolId=self.id, Username=username, Password=password, Permanent=True
        )
        return username

    def create_invited_user(self, **settings):
        """Makes a user who has to choose a password."""
        settings.setdefault("Username", f"user-{uuid.uuid4()}")
        settings.setdefault("TemporaryPassword", TEMPORARY_PASSWORD)
        settings.setdefault("MessageAction", "SUPPRESS")
        self.cognito.admin_create_user(UserPoolId=self.id, **settings)
        return settings["Username"]

    def verify(self, token):
        """Checks a token against the pool's keys, as a program that takes it does, and returns
        its claims; for whom it is, the test looks itself."""
        keys = jwt.PyJWKClient(f"{self.issuer}/.well-known/jwks.json", timeout=10)
        key = keys.get_signing_key_from_jwt(token)
        options = {"verify_aud": False}
        return jwt.decode(token, key, algorithms=["RS256"], issuer=self.issuer, options=options)

    def get_user(self, username):
        return self.cognito.admin_get_user(UserPoolId=self.id, Username=username)

    def last_mail(self, address):
        """Waits for the newest mail to an address, as the inbox shows it."""
        answer = requests.get(
            f"{self.endpoint}/_poolhouse/inbox",
            params={"to": address, "wait": 10},
            timeout=15,
        )
        assert answer.status_code == 200
        mails = answer.json()
        assert mails, f"no mail to {address}"
        used_secrets.record(
            {"ConfirmationCode": mails[0]["code"], "Password": mails[0]["temporary_password"]}
        )
        return mails[0]


@dataclass
class AppClient:
    pool: UserPool
    id: str
    secret: str | None = field(repr=False)

    def secret_hash(self, username):
        """Base64(HMAC-SHA256(secret, username + client id)), as the guide computes it."""
        message = (username + self.id).encode()
        digest = hmac.digest(self.secret.encode(), message, hashlib.sha256)
        return base64.b64encode(digest).decode()

    def with_secret_hash(self, parameters):
        if self.secret:
            parameters["SECRET_HASH"] = self.secret_hash(parameters["USERNAME"])
        return parameters

    def initiate(self, username, password=PASSWORD, **parameters):
        parameters = {"USERNAME": username, "PASSWORD": password, **parameters}
        return self.pool.cognito.initiate_auth(
            ClientId=self.id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters=self.with_secret_hash(parameters),
        )

    def sign_in(self, username, password=PASSWORD):
        """Signs in without challenge and returns the tokens."""
        return self.initiate(username, password)["AuthenticationResult"]


def attribute_list(attributes):
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


def attributes_of(user):
    """The attributes of an AdminGetUser or GetUser answer, by name."""
    return {pair["Name"]: pair["Value"] for pair in user["UserAttributes"]}


@contextmanager
def refused(cognito, code, message=None):
    """Expects a call to be refused with a modelled error, and its exact text if given."""
    with pytest.raises(getattr(cognito.exceptions, code)) as caught:
        yield caught
    assert caught.value.response["Error"]["Code"] == code
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    if message is not None:
        assert caught.value.response["Error"]["Message"] == message
