"""Starts the whole example: the packages, the identity server with its pool, and the web server.

Usage: python3 start.py [poolhouse|cognito]
"""

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

from poolhouse import provide_poolhouse

PACKAGES = ["authlib", "fastapi", "httpx2", "jinja2", "jwt", "uvicorn"]


def main() -> None:
    mode = sys.argv[1] if len(sys.argv) > 1 else "poolhouse"
    # What was started here ends with this program.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    os.chdir(Path(__file__).parent)
    use_packages()
    read_settings(f".env.{mode}")
    if mode == "poolhouse":
        issuer = os.environ["ISSUER"]
        provide_poolhouse(issuer.rsplit("/", 1)[0])
    serve()


def use_packages() -> None:
    """Goes on in an environment of the example's own, unless this one has the packages."""
    if all(importlib.util.find_spec(package) for package in PACKAGES):
        return
    python = Path(".venv/bin/python")
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", ".venv"], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--requirement", "requirements.txt"], check=True)
    os.execv(python, [str(python), *sys.argv])


def read_settings(file: str) -> None:
    """Puts NAME=VALUE lines into the environment; variables that are set already win."""
    if not Path(file).exists():
        raise SystemExit(f"There is no {file}: copy {file}.example and fill it in.")
    for line in Path(file).read_text().splitlines():
        name, equals, value = line.partition("=")
        if equals and not name.startswith("#"):
            os.environ.setdefault(name, value)


def serve() -> None:
    import uvicorn

    from app.config import ORIGIN, PORT

    print(f"Open {ORIGIN}", flush=True)
    # On this machine only.
    uvicorn.run("app.main:app", host="localhost", port=PORT, log_level="warning")


if __name__ == "__main__":
    main()
