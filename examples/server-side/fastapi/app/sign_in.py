"""Sign-in and sign-out: the ways to the identity server and back."""

import logging

import httpx2
from authlib.integrations.base_client import OAuthError
from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from joserfc.errors import JoseError

from app import config, identity_server, signed_in
from app.problem import Problem

log = logging.getLogger("uvicorn.error")
router = APIRouter()


@router.get("/sign-in")
async def sign_in(request: Request):
    # Authlib makes state, nonce and PKCE verifier and keeps them in the session's cookie.
    return await identity_server.pool.authorize_redirect(request, config.REDIRECT_URI)


@router.get("/callback")
async def callback(request: Request):
    if signed_in.find(request) is None:
        try:
            # Checks the state, exchanges the code, checks the ID token with its nonce.
            tokens = await identity_server.pool.authorize_access_token(request)
        except (OAuthError, JoseError) as error:
            raise Problem("The sign-in did not work. Please sign in again.") from error
        signed_in.remember(request, tokens)
    # The redirect also takes the code out of the address bar. Who is signed in already has asked for
    # nothing: the back button brings such answers.
    return RedirectResponse("/", status_code=303)


# A form leads here and not a link: nobody is signed out by an address that somebody sent.
@router.post("/sign-out")
async def sign_out(request: Request):
    left = signed_in.forget(request)
    if left is not None:
        try:
            await identity_server.revoke(left.refresh_token)
        except httpx2.HTTPError as error:
            # A server that cannot be reached must not keep anybody from signing out here.
            log.warning("the refresh token was not revoked: %s", error)
    return RedirectResponse(await identity_server.sign_out_address(), status_code=303)
