"""Writes down every secret that a boto3 client sends or receives, so that the runner can look
for them in the server's log."""

import os

SECRETS = {
    "AccessToken",
    "ClientSecret",
    "ConfirmationCode",
    "IdToken",
    "NEW_PASSWORD",
    "PASSWORD",
    "PASSWORD_CLAIM_SECRET_BLOCK",
    "PASSWORD_CLAIM_SIGNATURE",
    "Password",
    "PreviousPassword",
    "ProposedPassword",
    "REFRESH_TOKEN",
    "RefreshToken",
    "SECRET_BLOCK",
    "SECRET_HASH",
    "Secret",
    "SecretCode",
    "SecretHash",
    "Session",
    "TemporaryPassword",
    "Token",
}

# Names units by the names of tokens.
NO_SECRETS = "TokenValidityUnits"

# Shorter values stand in a log by chance.
SHORTEST = 6


def watch(client):
    """Begins to write down what the client sends and receives."""
    events, service = client.meta.events, "cognito-identity-provider"
    events.register(f"before-parameter-build.{service}", lambda params, **_: record(params))
    events.register(f"after-call.{service}", lambda parsed, **_: record(parsed))


def record(value):
    """Writes down the secret members of a request or an answer."""
    found = [text for text in secrets_in(value) if len(text) >= SHORTEST]
    with open(os.environ["POOLHOUSE_SECRETS"], "a", encoding="utf-8") as file:
        file.writelines(f"{text}\n" for text in found)


def record_tokens(answer):
    """Writes down the tokens in an answer of the token endpoint."""
    names = ("access_token", "id_token", "refresh_token")
    record([{"Token": answer[name]} for name in names if name in answer])


def secrets_in(value):
    if isinstance(value, list):
        for item in value:
            yield from secrets_in(item)
    elif isinstance(value, dict):
        for name, member in value.items():
            if name in SECRETS and isinstance(member, str):
                yield member
            elif name != NO_SECRETS:
                yield from secrets_in(member)
