"""What `poolhouse quickstart` prints for boto3, run as it is printed."""

import os
import subprocess
import sys
import time

import pytest

PATIENCE_SECONDS = 30


@pytest.fixture
def printed(tmp_path):
    """What a running quickstart printed."""
    ready = tmp_path / "ready"
    output = tmp_path / "printed"
    command = [os.environ["POOLHOUSE_BINARY"], "quickstart", "--ephemeral"]
    command += ["--listen", "localhost:0", "--ready-file", str(ready)]
    with output.open("w") as stdout:
        server = subprocess.Popen(command, stdout=stdout, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not ready.exists():
            assert server.poll() is None and time.monotonic() < deadline, "it does not start"
            time.sleep(0.05)
        yield output.read_text()
    finally:
        server.terminate()
        server.wait(PATIENCE_SECONDS)


def test_the_boto3_block_signs_in_and_administers(printed, tmp_path):
    _, block = printed.split("\n# boto3: ", 1)
    _, block = block.split("\n\n", 1)
    script = tmp_path / "block.py"
    script.write_text(block)
    run = subprocess.run(
        [sys.executable, str(script)], capture_output=True, text=True, timeout=PATIENCE_SECONDS
    )
    assert run.returncode == 0, run.stderr
    assert "dev@example.com" in run.stdout
    assert run.stdout.endswith("CONFIRMED\n")
