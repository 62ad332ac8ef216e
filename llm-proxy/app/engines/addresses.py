"""Addresses that no engine has: link-local ones and clouds' metadata services are never called (DESIGN section 9)."""

import ipaddress
from urllib.parse import urlsplit

from chassis.hosts import literal_address, plain_host

from .http_pool import Address, Resolve

_METADATA_NAMES = frozenset({"metadata", "metadata.google.internal", "metadata.goog", "instance-data"})
_METADATA = frozenset(map(ipaddress.ip_address, ("100.100.100.200", "fd00:ec2::254", "192.0.0.192")))


def refused_address(text: str) -> bool:
    """Whether an IP address may not be called; False for what is none."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0].strip("[]"))
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        embedded = address.ipv4_mapped or address.sixtofour
        if embedded is not None:
            return refused_address(str(embedded))
    return address.is_link_local or address in _METADATA


def refused_host(url: str) -> bool:
    """Whether a URL names such an address, or such a service, in so many words."""
    try:
        host = plain_host(urlsplit(url).hostname or "")
    except ValueError:
        return True
    return host in _METADATA_NAMES or refused_address(literal_address(host) or "")


def guarded(resolve: Resolve) -> Resolve:
    """Resolves names as `resolve` does, and refuses those that lead to such an address: at every connection."""

    async def resolve_guarded(host: str, port: int) -> list[Address]:
        found = await resolve(host, port)
        if any(refused_address(address) for _, address, _ in found):
            raise OSError(f"The name {host} leads to an address that may not be called.")
        return found

    return resolve_guarded
