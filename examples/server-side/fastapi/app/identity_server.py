"""The identity server, as Authlib finds it by OpenID Connect discovery."""

from urllib.parse import urlencode

import httpx2
from authlib.integrations.starlette_client import OAuth

from app import config

oauth = OAuth()
oauth.register(
    "pool",
    server_metadata_url=f"{config.ISSUER}/.well-known/openid-configuration",
    client_id=config.CLIENT_ID,
    client_secret=config.CLIENT_SECRET,
    # PKCE: a stolen code is worth nothing without the secret behind this hash.
    client_kwargs={"scope": config.SCOPE, "code_challenge_method": "S256"},
)
pool = oauth.pool


async def sign_out_address() -> str:
    """The address that ends the browser's session there.

    Without a visit, the next "Sign in" would come back signed in, without a question. Cognito's
    parameters are not those of OpenID Connect.
    """
    metadata = await pool.load_server_metadata()
    query = urlencode({"client_id": config.CLIENT_ID, "logout_uri": config.LOGOUT_URI})
    return f"{metadata['end_session_endpoint']}?{query}"


async def renewed(refresh_token: str) -> dict:
    """Asks for new tokens; raises authlib's OAuthError where they are refused."""
    return await pool.fetch_access_token(grant_type="refresh_token", refresh_token=refresh_token)


async def revoke(refresh_token: str) -> None:
    """Ends a refresh token and what came from it; raises httpx2's errors where that does not work."""
    metadata = await pool.load_server_metadata()
    secret = (config.CLIENT_ID, config.CLIENT_SECRET)
    async with httpx2.AsyncClient(auth=secret) as client:
        answer = await client.post(metadata["revocation_endpoint"], data={"token": refresh_token})
    answer.raise_for_status()
