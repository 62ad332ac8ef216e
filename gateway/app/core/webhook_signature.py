"""How webhooks are signed: headers and HMAC of the Standard Webhooks specification, one secret for each user."""

import base64
import hashlib
import hmac

SECRET_PREFIX = "whsec_"  # noqa: S105 - the form's name, no secret
ID_HEADER, TIMESTAMP_HEADER, SIGNATURE_HEADER = "webhook-id", "webhook-timestamp", "webhook-signature"


class WebhookSecrets:
    """Derived from the mesh's own secret: nothing is stored, and every process knows them."""

    def __init__(self, service_secret: str) -> None:
        self._key = service_secret.encode()

    def of(self, user_id: str) -> str:
        """`whsec_` and 32 bytes in Base64."""
        digest = hmac.new(self._key, b"webhook-secret\0" + user_id.encode(), hashlib.sha256).digest()
        return SECRET_PREFIX + base64.b64encode(digest).decode()


def signature(secret: str, *, message_id: str, timestamp: int, body: bytes) -> str:
    """`v1,` and the HMAC-SHA256 of id, timestamp and body."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    signed = b".".join((message_id.encode(), str(timestamp).encode(), body))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
