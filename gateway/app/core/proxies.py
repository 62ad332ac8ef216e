"""The caller's own address and scheme behind proxies that the operator trusts; nobody else is believed."""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

Network = IPv4Network | IPv6Network
_SECURE = {"http": "https", "ws": "wss"}


class TrustedProxyMiddleware:
    """Reads `X-Forwarded-For` and `X-Forwarded-Proto` where the peer is one of the trusted networks."""

    def __init__(self, app: ASGIApp, *, trusted: Sequence[Network], always_secure: bool) -> None:
        self._app = app
        self._trusted = tuple(trusted)
        self._always_secure = always_secure

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            self._resolve(scope)
        await self._app(scope, receive, send)

    def _resolve(self, scope: Scope) -> None:
        peer = scope.get("client")
        secure = self._always_secure
        if peer and self._trusts(peer[0]):
            headers = Headers(scope=scope)
            hops = [hop.strip() for value in headers.getlist("x-forwarded-for") for hop in value.split(",")]
            scope["client"] = (self._first_stranger(hops) or peer[0], 0)
            secure = secure or headers.get("x-forwarded-proto", "").rpartition(",")[2].strip() in {"https", "wss"}
        if secure:
            scope["scheme"] = _SECURE.get(scope["scheme"], scope["scheme"])

    def _first_stranger(self, hops: Sequence[str]) -> str | None:
        """The last address that a trusted proxy has seen itself: what stands before it, anybody may have written."""
        found = None
        for hop in reversed(hops):
            if not _is_address(hop):
                return found
            found = hop
            if not self._trusts(hop):
                return found
        return found

    def _trusts(self, host: str) -> bool:
        if not _is_address(host):
            return False
        address = ip_address(host)
        return any(address.version == network.version and address in network for network in self._trusted)


def client_address(scope: Scope) -> str:
    """The address of the caller's machine, empty where it is not known."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
