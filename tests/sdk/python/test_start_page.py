"""The commands that the start page shows, run by the AWS command line through a shell."""

import html
import os
import re
import subprocess

import pytest
import requests
from aws_cli import AWS, PATIENCE_SECONDS, AwsCli
from conftest import REGION

PASSWORD = "Correct-horse-7"

# What a shell, the command line and a page would each read as something else.
HOSTILE = "it's-\"$(id)`id`\\n;&<b>"


class StartPage:
    """The forms of the start page, in a browser's session."""

    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.session = requests.Session()

    def open(self, path):
        answer = self.session.get(self.endpoint + path, timeout=30)
        assert answer.status_code == 200, answer.text
        return answer.text

    def submit(self, path, **fields):
        """Fills a form in, and gives the command that the next page shows."""
        token = re.search(r'name="_csrf" value="([^"]+)"', self.open(path)).group(1)
        answer = self.session.post(
            self.endpoint + path, data={"_csrf": token, **fields}, timeout=30
        )
        assert answer.status_code == 200, answer.text
        return shown_command(answer.text)


def shown_command(page):
    """The first command of a page."""
    commands = re.findall(r'<code class="copy">(aws .*?)</code>', page, re.DOTALL)
    return html.unescape(commands[0])


@pytest.fixture
def start_page(endpoint):
    return StartPage(endpoint)


@pytest.fixture
def shell(endpoint):
    """Runs a command as a developer does who copies it."""

    def run(command):
        environment = AwsCli(endpoint, REGION).environment
        path = os.pathsep.join([str(AWS.parent), os.environ["PATH"]])
        done = subprocess.run(
            ["sh", "-c", command],
            env={**environment, "PATH": path},
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )
        assert done.returncode == 0, command + done.stderr

    return run


def attributes_of(pool, username):
    user = pool.cognito.admin_get_user(UserPoolId=pool.id, Username=username)
    values = {entry["Name"]: entry["Value"] for entry in user["UserAttributes"]}
    values.pop("sub")
    return user["UserStatus"], values


def test_s51_the_shown_command_makes_the_same_user(pool, start_page, shell):
    command = start_page.submit(
        f"/_poolhouse/pools/{pool.id}/new-user",
        username=HOSTILE,
        email="jane@example.com",
        is_verified="yes",
        attributes=f"name={HOSTILE} and more\r\nnickname=file:///etc/passwd",
        password=PASSWORD,
        is_permanent="yes",
    )
    made = attributes_of(pool, HOSTILE)
    assert made[0] == "CONFIRMED"
    assert made[1]["name"] == f"{HOSTILE} and more"
    assert PASSWORD not in command
    pool.cognito.admin_delete_user(UserPoolId=pool.id, Username=HOSTILE)
    shell(command.replace("--password PASSWORD", f"--password {PASSWORD}"))
    assert attributes_of(pool, HOSTILE) == made


def test_the_shown_command_makes_the_same_client(pool, cognito, start_page, shell):
    command = start_page.submit(
        f"/_poolhouse/pools/{pool.id}/new-client",
        name="web",
        kind="confidential",
        code="yes",
        callback_urls="http://localhost:3000/callback\r\nhttps://app.example.com/a?b=c",
        scopes="openid email",
        srp="yes",
    )
    shell(command)
    listed = cognito.list_user_pool_clients(UserPoolId=pool.id)["UserPoolClients"]
    described = [
        cognito.describe_user_pool_client(UserPoolId=pool.id, ClientId=client["ClientId"])
        for client in listed
    ]
    own = {"ClientId", "ClientSecret", "CreationDate", "LastModifiedDate"}
    first, second = [
        {name: value for name, value in answer["UserPoolClient"].items() if name not in own}
        for answer in described
    ]
    assert first == second
    assert first["AllowedOAuthFlows"] == ["code"]
    assert all("ClientSecret" in answer["UserPoolClient"] for answer in described)


def test_a_form_shows_its_command_before_it_is_sent(pool, start_page, shell):
    username = pool.create_user()
    page = start_page.open(f"/_poolhouse/pools/{pool.id}/disable-user?username={username}")
    shell(shown_command(page))
    user = pool.cognito.admin_get_user(UserPoolId=pool.id, Username=username)
    assert user["Enabled"] is False
