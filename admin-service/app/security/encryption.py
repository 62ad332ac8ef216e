"""Secrets at rest: AES-256-GCM under keys derived from `FRAMEWRIGHT_ENCRYPTION_KEY`, which may be rotated."""

import secrets

_FORMAT = b"\x01"
_KEY_ID_BYTES = 4
_NONCE_BYTES = 12
MIN_KEY_CHARACTERS = 32


class Undecryptable(Exception):
    """No configured key opens this secret, or it was moved from another record."""


class SecretBox:
    """Encrypts with the first key, decrypts with any of them.

    A sealed secret is `format (1) | key id (4) | nonce (12) | ciphertext and tag`; `purpose` (say, `engine:local`) is
    authenticated with it, so that a row's secret is of no use in another row.
    """

    def __init__(self, keys: str) -> None:
        """`keys`: one key of 32 characters or more, or several separated by commas, the newest first."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        parts = [part.strip() for part in keys.split(",") if part.strip()]
        if not parts or any(len(part) < MIN_KEY_CHARACTERS for part in parts):
            raise ValueError(f"FRAMEWRIGHT_ENCRYPTION_KEY: each key needs {MIN_KEY_CHARACTERS} characters or more.")
        derived = [_derive(part) for part in parts]
        self._ciphers = {key_id: AESGCM(key) for key_id, key in derived}
        self._current = derived[0][0]

    def seal(self, plaintext: str | bytes, *, purpose: str) -> bytes:
        data = plaintext.encode() if isinstance(plaintext, str) else plaintext
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._ciphers[self._current].encrypt(nonce, data, purpose.encode())
        return _FORMAT + self._current + nonce + sealed

    def is_current(self, sealed: bytes) -> bool:
        """Whether the first key sealed it: any other may be taken away one day."""
        return sealed[: 1 + _KEY_ID_BYTES] == _FORMAT + self._current

    def open(self, sealed: bytes, *, purpose: str) -> bytes:
        """The plaintext.

        Raises:
            Undecryptable: the key is gone, or the bytes were altered or belong to another purpose.
        """
        from cryptography.exceptions import InvalidTag

        head = len(_FORMAT) + _KEY_ID_BYTES
        key_id, nonce, body = sealed[1:head], sealed[head : head + _NONCE_BYTES], sealed[head + _NONCE_BYTES :]
        cipher = self._ciphers.get(key_id)
        if sealed[:1] != _FORMAT or cipher is None:
            raise Undecryptable("the key that sealed it is not configured")
        try:
            return cipher.decrypt(nonce, body, purpose.encode())
        except InvalidTag as error:
            raise Undecryptable("it was altered, or sealed for something else") from error


def _derive(key: str) -> tuple[bytes, bytes]:
    """Key id and AES key of a configured key (HKDF-SHA256, RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(
        algorithm=SHA256(), length=32 + _KEY_ID_BYTES, salt=None, info=b"framewright secrets at rest"
    ).derive(key.encode())
    return derived[32:], derived[:32]
