"""The check of access tokens, before anything else of a request to the API is looked at."""

import logging
from typing import Annotated

import jwt
from fastapi import Depends, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app import config

log = logging.getLogger("uvicorn.error")

# Fetched when they are needed, and kept.
keys = jwt.PyJWKClient(f"{config.ISSUER}/.well-known/jwks.json", timeout=5)
bearer = HTTPBearer(auto_error=False)


def require_access_token(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> dict:
    """Gives the claims of a good access token; refuses a request without one."""
    if credentials is None:
        raise HTTPException(401, "no access token", {"WWW-Authenticate": "Bearer"})
    try:
        return verify(credentials.credentials)
    except jwt.PyJWTError as error:
        # The log says why; the caller learns only that it is not good.
        log.warning("refused a token: %s", error)
        refusal = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
        raise HTTPException(401, "invalid token", refusal) from error


def verify(token: str) -> dict:
    """Checks signature, issuer, expiry, and that it is an access token of our app client."""
    key = keys.get_signing_key_from_jwt(token)
    claims = jwt.decode(
        token,
        key,
        algorithms=["RS256"],
        issuer=config.ISSUER,
        options={"require": ["exp", "iss"]},
    )
    # Access tokens of Cognito have no `aud`; the client stands in `client_id`.
    if claims.get("token_use") != "access" or claims.get("client_id") != config.CLIENT_ID:
        raise jwt.InvalidTokenError("no access token of this app")
    return claims
