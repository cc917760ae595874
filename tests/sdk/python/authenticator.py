"""An authenticator app: RFC 6238 with SHA-1, 30 seconds, six digits."""

import base64
import hashlib
import hmac
import struct
import time

STEP = 30


class Authenticator:
    """Shows codes of a secret code; each is shown once, as each works once."""

    def __init__(self, secret_code):
        self.seed = base64.b32decode(secret_code + "=" * (-len(secret_code) % 8))
        self.last_step = 0

    def code_of(self, step):
        mac = hmac.digest(self.seed, struct.pack(">q", step), hashlib.sha1)
        offset = mac[-1] & 15
        number = struct.unpack(">I", mac[offset : offset + 4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"

    def next_code(self):
        """The code of now, or of the next step if that one was shown; the server takes it one
        step early. There is no third one without waiting."""
        now = int(time.time()) // STEP
        self.last_step = max(now, self.last_step + 1)
        assert self.last_step <= now + 1
        return self.code_of(self.last_step)

    def wrong_code(self):
        now = int(time.time()) // STEP
        near = {self.code_of(step) for step in range(now - 3, now + 4)}
        return next(code for code in map("{:06}".format, range(8)) if code not in near)
