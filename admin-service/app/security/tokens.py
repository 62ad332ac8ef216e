"""Access tokens (EdDSA JWT), refresh tokens, browser sessions, invitation codes."""

import base64
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any

ISSUER = "framewright"
AUDIENCE = "framewright"
_BROWSER_PREFIX = "fws_"


@dataclass(frozen=True, slots=True)
class SigningPair:
    """An Ed25519 pair: the private half as 32 raw bytes, the public one as a JWK (RFC 8037)."""

    kid: str
    private: bytes
    public_jwk: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """Who the token speaks for; times in whole seconds since the epoch."""

    user_id: str
    email: str
    role: str
    jti: str
    issued_at: int
    expires_at: int


def make_pair() -> SigningPair:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    kid = secrets.token_hex(8)
    x = base64.urlsafe_b64encode(private.public_key().public_bytes_raw()).decode().rstrip("=")
    jwk = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": kid, "x": x}
    return SigningPair(kid, private.private_bytes_raw(), jwk)


def sign_access(pair: SigningPair, claims: AccessClaims) -> str:
    import jwt
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    payload = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": claims.user_id,
        "email": claims.email,
        "role": claims.role,
        "jti": claims.jti,
        "iat": claims.issued_at,
        "exp": claims.expires_at,
    }
    private = Ed25519PrivateKey.from_private_bytes(pair.private)
    return jwt.encode(payload, private, algorithm="EdDSA", headers={"kid": pair.kid})


def make_refresh_token() -> str:
    return "fwr_" + secrets.token_urlsafe(32)


def make_browser_token(session_id: str) -> str:
    return f"{_BROWSER_PREFIX}{session_id}_{secrets.token_urlsafe(32)}"


def browser_session_id(token: str) -> str | None:
    """The id in a browser's token, or None where it is no token of ours."""
    session_id, _, secret = token.removeprefix(_BROWSER_PREFIX).partition("_")
    return session_id if token.startswith(_BROWSER_PREFIX) and session_id and secret else None


def make_invitation_code() -> str:
    return "fwi_" + secrets.token_urlsafe(24)


def token_hash(token: str) -> str:
    """What is kept of a token: it is random, so that a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
