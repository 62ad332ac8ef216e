"""API keys: `fwk_<id>_<secret>`. The id is public; of the secret only a hash is kept."""

import hashlib
import hmac
import re
import secrets
import string
import time
from dataclasses import dataclass

_ALPHABET = string.ascii_letters + string.digits
_SECRET_CHARACTERS = 43
_FORM = re.compile(r"fwk_([0-9a-f]{20})_([A-Za-z0-9]{43})")
SCOPES = ("generate", "search", "patch", "chat", "admin")


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that was just made: `plaintext` is shown once and never kept."""

    id: str
    plaintext: str
    secret_hash: str


def make_key() -> NewKey:
    """256 random bits of secret: a plain SHA-256 is enough, for there is nothing to guess. Ids sort by time."""
    key_id = f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(4)}"
    secret = "".join(secrets.choice(_ALPHABET) for _ in range(_SECRET_CHARACTERS))
    return NewKey(key_id, f"fwk_{key_id}_{secret}", _hash(secret))


def parse_key(plaintext: str) -> tuple[str, str] | None:
    """Id and secret, or None where it is no key of ours."""
    match = _FORM.fullmatch(plaintext)
    return (match[1], match[2]) if match else None


def matches(secret: str, secret_hash: str) -> bool:
    return hmac.compare_digest(_hash(secret), secret_hash)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
