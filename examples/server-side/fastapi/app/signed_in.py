"""What the server remembers of a browser.

The browser itself has a cookie with the name of it, and never a token: scripts in the page cannot read
what is not there. The cookie of Starlette's sessions would hold everything itself, which tokens are too
long for and too good for.
"""

import secrets
import time
from dataclasses import dataclass

from authlib.integrations.base_client import OAuthError
from starlette.requests import Request

from app import config, identity_server
from app.problem import Problem

LIFETIME_SECONDS = 8 * 60 * 60


@dataclass
class SignedIn:
    username: str
    email: str
    access_token: str
    refresh_token: str
    # When the access token ends, and when we forget all of it, by the clock of this machine.
    expires_at: float
    forgotten_at: float


# In this process's memory. A server of several processes, or one that people shall not notice the restart
# of, takes a store such as Redis.
_all: dict[str, SignedIn] = {}


def remember(request: Request, tokens: dict) -> None:
    """Keeps the tokens of a sign-in under a new name, which nobody knew before (session fixation)."""
    _forget_the_old()
    claims = tokens["userinfo"]
    name = secrets.token_urlsafe(32)
    _all[name] = SignedIn(
        username=claims["cognito:username"],
        email=claims["email"],
        access_token=tokens["access_token"],
        refresh_token=tokens["refresh_token"],
        expires_at=_expiry(tokens),
        forgotten_at=time.time() + LIFETIME_SECONDS,
    )
    request.session.clear()
    request.session["signed_in"] = name


def find(request: Request) -> SignedIn | None:
    _forget_the_old()
    return _all.get(request.session.get("signed_in", ""))


def forget(request: Request) -> SignedIn | None:
    """Forgets who is signed in, and tells who it was."""
    name = request.session.pop("signed_in", "")
    return _all.pop(name, None)


async def fresh_access_token(request: Request) -> str:
    """Gives an access token that is good for a while yet; renews it if it is not.

    Two requests at the same time may both renew: without rotation of refresh tokens that does no harm.
    """
    signed_in = find(request)
    if signed_in is None:
        raise Problem("Please sign in first.")
    if time.time() < signed_in.expires_at - config.RENEW_EARLY_SECONDS:
        return signed_in.access_token
    try:
        tokens = await identity_server.renewed(signed_in.refresh_token)
    except OAuthError as error:
        # Only a refusal ends the session; without an answer it may be as good as before.
        forget(request)
        raise Problem("Your session has ended. Please sign in again.") from error
    signed_in.access_token = tokens["access_token"]
    signed_in.expires_at = _expiry(tokens)
    return signed_in.access_token


def _expiry(tokens: dict) -> float:
    return time.time() + tokens["expires_in"]


def _forget_the_old() -> None:
    now = time.time()
    for name in [name for name, signed_in in _all.items() if signed_in.forgotten_at < now]:
        del _all[name]
