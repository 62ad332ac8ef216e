"""Callers of a proxy that runs alone: by API keys, or everybody; service tokens are known as well."""

import hashlib

from chassis.guard import Verifier
from chassis.tokens import Caller, InvalidServiceToken

ANYBODY = Caller(service="client", user_id="anybody", role="developer")
MIN_KEY_CHARACTERS = 16


class KeysOrTokens:
    """`keys` as `name:key,name:key`; a key without a name is called by its place. `anybody`: all others are let in.

    Raises:
        ValueError: a key is too short to be one.
    """

    def __init__(self, tokens: Verifier, *, keys: str, anybody: bool) -> None:
        self._tokens = tokens
        self._anybody = anybody
        self._callers: dict[bytes, Caller] = {}
        for place, item in enumerate(filter(None, map(str.strip, keys.split(","))), 1):
            name, found, key = item.partition(":")
            name, key = (name, key) if found and key else (f"key-{place}", item)
            if len(key) < MIN_KEY_CHARACTERS:
                raise ValueError(f"The API key {place} has fewer than {MIN_KEY_CHARACTERS} characters.")
            self._callers[_digest(key)] = Caller(service="client", user_id=name, role="developer")

    def verify(self, token: str) -> Caller:
        """Raises InvalidServiceToken. Keys are looked up by their hash, so that no time tells of them."""
        caller = self._callers.get(_digest(token))
        if caller is not None:
            return caller
        try:
            return self._tokens.verify(token)
        except InvalidServiceToken:
            if self._anybody:
                return ANYBODY
            raise


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
