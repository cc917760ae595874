"""Where the identity server is, and who we are there.

The values come from .env.poolhouse or .env.cognito; nothing else knows which of the two it is.
"""

import os


def given(name: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise SystemExit(f"{name} is not set. Start the server by start.py, which reads .env.poolhouse.")
    return value


PORT = 5185
ORIGIN = f"http://localhost:{PORT}"

ISSUER = given("ISSUER")
CLIENT_ID = given("CLIENT_ID")
CLIENT_SECRET = given("CLIENT_SECRET")
RENEW_EARLY_SECONDS = float(given("RENEW_EARLY_SECONDS"))
SCOPE = "openid email"
# Both must be among the addresses that the app client knows, letter for letter.
REDIRECT_URI = f"{ORIGIN}/callback"
LOGOUT_URI = f"{ORIGIN}/"
