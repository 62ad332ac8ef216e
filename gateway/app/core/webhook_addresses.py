"""Where a webhook may go: public addresses, and what the operator lists. The address checked is the one called."""

import asyncio
import ipaddress
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from aiohttp.abc import AbstractResolver, ResolveResult

from chassis.errors import FieldError, Unprocessable
from chassis.hosts import literal_address

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_EMBEDDED = tuple(map(ipaddress.IPv6Network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")))
"""IPv6 that stands for an IPv4 address: where it ends up is not for us to guess."""


class RefusedAddress(OSError):
    """The host leads to an address that webhooks may not go to."""


@dataclass(frozen=True, slots=True)
class AllowedAddresses:
    """`networks` may be called though they are private; `hosts` whatever they resolve to."""

    networks: Sequence[Network] = ()
    hosts: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, text: str) -> "AllowedAddresses":
        """Networks, addresses and host names, separated by commas."""
        networks: list[Network] = []
        hosts: set[str] = set()
        for item in filter(None, (part.strip().lower() for part in text.split(","))):
            try:
                networks.append(ipaddress.ip_network(item, strict=False))
            except ValueError:
                hosts.add(item)
        return cls(networks, frozenset(hosts))

    def allows(self, host: str, address: str) -> bool:
        """Whether the host may be called at this address."""
        if host.lower() in self.hosts:
            return True
        value = ipaddress.ip_address(address.partition("%")[0])
        mapped = getattr(value, "ipv4_mapped", None)
        value = mapped or value
        if any(value in network for network in self.networks if network.version == value.version):
            return True
        return _is_public(value)


def check_url(url: str, allowed: AllowedAddresses) -> None:
    """Refuses what can be told from the URL alone; names are looked up, and checked, when the webhook is sent.

    Raises:
        Unprocessable: it names the field `webhook.url`.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refused("is no URL") from None
    if parts.scheme not in {"http", "https"} or not host:
        raise _refused("must be an http or https URL with a host")
    if parts.username is not None or parts.password is not None:
        raise _refused("must not carry a user or password")
    if port == 0:
        raise _refused("has no valid port")
    literal = literal_address(host)
    if literal is not None and not allowed.allows(host, literal):
        raise _refused("leads to an address that is not public; an operator can allow it (GATEWAY_WEBHOOK_ALLOW)")


class GuardedResolver(AbstractResolver):
    """Gives only addresses that may be called: the connection is made to what was checked, and to nothing else."""

    def __init__(self, allowed: AllowedAddresses) -> None:
        self._allowed = allowed

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        results: list[ResolveResult] = []
        for found_family, _, protocol, _, sockaddr in found:
            address = str(sockaddr[0])
            if not self._allowed.allows(host, address):
                raise RefusedAddress(f"{host} leads to {address}, which is not public")
            results.append(_result(host, address, port, found_family, protocol))
        return results

    async def close(self) -> None:
        """Nothing is kept open."""


def _result(host: str, address: str, port: int, family: Any, protocol: int) -> ResolveResult:
    return ResolveResult(
        hostname=host, host=address, port=port, family=family, proto=protocol, flags=socket.AI_NUMERICHOST
    )


def _is_public(value: Address) -> bool:
    if isinstance(value, ipaddress.IPv6Address) and any(value in network for network in _EMBEDDED):
        return False
    return value.is_global and not value.is_multicast and not value.is_reserved


def _refused(why: str) -> Unprocessable:
    return Unprocessable(f"webhook.url {why}.", code="webhook_refused", errors=[FieldError("webhook.url", why)])
