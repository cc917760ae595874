"""The web server: pages for people, an API for programs."""

import secrets
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx2
from fastapi import FastAPI, Request
from fastapi.staticfiles import StaticFiles
from starlette.middleware.sessions import SessionMiddleware

from app import api, config, identity_server, people
from app.problem import Problem
from app.signed_in import LIFETIME_SECONDS


@asynccontextmanager
async def lifespan(server: FastAPI):
    # Looked up once, so that a wrong ISSUER is noticed at the start.
    pages = urlsplit(await identity_server.sign_out_address())
    server.state.policy = (
        # No scripts at all, and forms go here alone: the one that signs out is led on to the identity server.
        f"default-src 'none'; style-src 'self'; img-src data:; form-action 'self' {pages.scheme}://{pages.netloc}; "
        "frame-ancestors 'none'; base-uri 'none'"
    )
    yield


app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
app.add_middleware(
    SessionMiddleware,
    # Made at each start, as what is remembered of people is gone with the process, too.
    secret_key=secrets.token_hex(32),
    max_age=LIFETIME_SECONDS,
    # Cookies belong to a host with all of its ports: on localhost, names must tell the servers apart.
    session_cookie="fastapi-example",
    # Sent when a link leads here, as from the sign-in page, but with no form of another site.
    same_site="lax",
    https_only=config.ORIGIN.startswith("https:"),
)
app.mount("/static", StaticFiles(directory="static"))
app.include_router(api.router)
app.include_router(people.router)
app.add_exception_handler(Problem, people.show_problem)
app.add_exception_handler(httpx2.HTTPError, people.show_outage)


@app.middleware("http")
async def security_headers(request: Request, call_next):
    response = await call_next(request)
    response.headers["Content-Security-Policy"] = request.app.state.policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    # The address of the callback holds a code: it is no other site's business.
    response.headers["Referrer-Policy"] = "no-referrer"
    # Pages that say who is signed in are kept by nobody.
    response.headers["Cache-Control"] = "no-store"
    return response
