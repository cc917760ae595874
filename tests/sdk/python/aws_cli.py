"""The AWS command line, as a shell script uses it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import used_secrets

AWS = Path(sys.executable).with_name("aws")
PATIENCE_SECONDS = 60

# The exit code of a call that the service refused; version 2 has another.
REFUSED = 255


class AwsCli:
    """Runs `aws cognito-idp`; no file of the developer's own is looked at."""

    def __init__(self, endpoint, region):
        self.options = ["--endpoint-url", endpoint, "--output", "json"]
        self.environment = {
            "PATH": os.environ["PATH"],
            "AWS_ACCESS_KEY_ID": "any",
            "AWS_SECRET_ACCESS_KEY": "any",
            "AWS_DEFAULT_REGION": region,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "1",
        }

    def run(self, operation, *arguments, **flags):
        """Runs one command; `user_pool_id="x"` becomes `--user-pool-id x`, True a bare flag."""
        command = [sys.executable, str(AWS), "cognito-idp", operation, *self.options, *arguments]
        for name, value in flags.items():
            command.append("--" + name.replace("_", "-"))
            if value is not True:
                command += value if isinstance(value, list) else [str(value)]
        return subprocess.run(
            command,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )

    def __call__(self, operation, *arguments, **flags):
        """Runs one command that succeeds and returns what it printed, if anything."""
        run = self.run(operation, *arguments, **flags)
        assert run.returncode == 0, f"{operation}: {run.stderr}"
        printed = json.loads(run.stdout) if run.stdout.strip() else None
        used_secrets.record(printed)
        return printed

    def refused(self, operation, *arguments, **flags):
        """Runs one command that the service refuses and returns what the user reads."""
        run = self.run(operation, *arguments, **flags)
        assert run.returncode == REFUSED, run.stdout + run.stderr
        return run.stderr.strip()
