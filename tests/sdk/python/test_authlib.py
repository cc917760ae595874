"""Authlib in a Flask app, unmodified; docs/clients/authlib.md has its configuration."""

import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests
import used_secrets
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.flask_client import OAuth
from flask import Flask, redirect, session, url_for
from user_pool import PASSWORD

ORIGIN = "http://localhost"


def make_app(pool, client):
    app = Flask("app")
    app.secret_key = "a secret of the app"
    app.testing = True
    oauth = OAuth(app)
    oauth.register(
        "cognito",
        server_metadata_url=f"{pool.issuer}/.well-known/openid-configuration",
        client_id=client.id,
        client_secret=client.secret,
        client_kwargs={"scope": "openid email", "code_challenge_method": "S256"},
    )

    @app.get("/sign-in")
    def sign_in():
        return oauth.cognito.authorize_redirect(url_for("callback", _external=True))

    @app.get("/callback")
    def callback():
        tokens = oauth.cognito.authorize_access_token()
        used_secrets.record_tokens(tokens)
        session["user"] = tokens["userinfo"]
        session["told"] = oauth.cognito.userinfo(token=tokens)
        return redirect("/me")

    @app.get("/me")
    def me():
        return {"user": session.get("user"), "told": session.get("told")}

    @app.get("/sign-out")
    def sign_out():
        session.clear()
        metadata = oauth.cognito.load_server_metadata()
        query = urlencode({"client_id": client.id, "logout_uri": f"{ORIGIN}/bye"})
        return redirect(f"{metadata['end_session_endpoint']}?{query}")

    return app


def sign_in_on_the_page(browser, address, username):
    """Fills in the form that the address leads to; where the browser is sent then."""
    page = browser.get(address, timeout=15)
    assert page.status_code == 200
    csrf = unescape(re.search(r'name="_csrf" value="([^"]+)"', page.text)[1])
    form = {"_csrf": csrf, "username": username, "password": PASSWORD}
    answer = browser.post(page.url, data=form, allow_redirects=False, timeout=15)
    assert answer.status_code == 302
    return answer.headers["location"]


@pytest.fixture
def app(pool):
    client = pool.create_client(
        GenerateSecret=True,
        CallbackURLs=[f"{ORIGIN}/callback"],
        LogoutURLs=[f"{ORIGIN}/bye"],
        AllowedOAuthFlows=["code"],
        AllowedOAuthScopes=["openid", "email"],
        AllowedOAuthFlowsUserPoolClient=True,
        SupportedIdentityProviders=["COGNITO"],
    )
    return make_app(pool, client)


@pytest.fixture
def username(pool):
    return pool.create_user(email="lea@example.com", email_verified="true")


def test_a_flask_app_with_authlib_signs_in_and_out(app, username):
    visitor, browser = app.test_client(), requests.Session()
    to_page = visitor.get("/sign-in").location
    query = parse_qs(urlsplit(to_page).query)
    assert query["code_challenge_method"] == ["S256"] and query["nonce"]
    callback = sign_in_on_the_page(browser, to_page, username)
    assert visitor.get(callback).location == "/me"
    me = visitor.get("/me").json
    assert me["user"]["email"] == me["told"]["email"] == "lea@example.com"
    assert me["user"]["cognito:username"] == me["told"]["username"] == username
    assert me["user"]["sub"] == me["told"]["sub"]

    bye = browser.get(visitor.get("/sign-out").location, allow_redirects=False, timeout=15)
    assert bye.headers["location"] == f"{ORIGIN}/bye"
    assert visitor.get("/me").json["user"] is None
    again = browser.get(visitor.get("/sign-in").location, timeout=15)
    assert "signInFormPassword" in again.text


def test_authlib_refuses_an_answer_whose_state_is_another(app, username):
    visitor = app.test_client()
    to_page = visitor.get("/sign-in").location
    callback = sign_in_on_the_page(requests.Session(), to_page, username)
    state = parse_qs(urlsplit(callback).query)["state"][0]
    with pytest.raises(MismatchingStateError):
        visitor.get(callback.replace(state, "another"))
