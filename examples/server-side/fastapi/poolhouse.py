"""The identity server of this machine, with the pool, the app client and the user of seed.json."""

import atexit
import os
import subprocess
import time
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import urlopen

MISSING = """There is no Poolhouse to talk to. Do one of these and start again:
  - put the program `poolhouse` on your PATH, or
  - set POOLHOUSE_BIN to where it is, or
  - start it yourself: poolhouse serve"""


def provide_poolhouse(address: str) -> None:
    """Puts seed.json in force at the server with this address, which is started here if none answers."""
    if not is_there(address):
        start(address)
    with open("seed.json", "rb") as seed:
        try:
            urlopen(f"{address}/_poolhouse/seed", data=seed.read(), timeout=30).close()
        except HTTPError as error:
            raise SystemExit(f"the seed was refused: {error.read().decode()}") from None


def is_there(address: str) -> bool:
    try:
        urlopen(f"{address}/_poolhouse/health", timeout=5).close()
    except URLError:
        return False
    return True


def start(address: str) -> None:
    program = os.environ.get("POOLHOUSE_BIN", "poolhouse")
    command = [program, "serve", "--listen", urlsplit(address).netloc, "--log", "warn"]
    try:
        server = subprocess.Popen(command)
    except OSError:
        raise SystemExit(MISSING) from None
    atexit.register(server.terminate)
    for _ in range(300):
        if is_there(address):
            return
        if server.poll() is not None:
            raise SystemExit(f"poolhouse ended with code {server.returncode}")
        time.sleep(0.1)
    raise SystemExit(f"poolhouse does not answer at {address}")
