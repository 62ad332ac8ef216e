"""Which engine URLs are allowed: any host but metadata and link-local addresses, and loopback in local mode alone."""

import ipaddress
from urllib.parse import urlsplit

from chassis.hosts import literal_address, plain_host

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_METADATA_NAMES = frozenset({"metadata", "metadata.google.internal", "metadata.goog", "instance-data"})
_METADATA_ADDRESSES = frozenset(
    ipaddress.ip_address(text) for text in ("169.254.169.254", "100.100.100.200", "fd00:ec2::254", "192.0.0.192")
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NO_SERVER = (ipaddress.ip_network("0.0.0.0/8"), ipaddress.ip_network("240.0.0.0/4"))


class UrlPolicy:
    """`allow_loopback`: the local mode, where engines run on this machine."""

    def __init__(self, *, allow_loopback: bool) -> None:
        self._allow_loopback = allow_loopback

    def url_refusal(self, url: str) -> str | None:
        """Why a URL may not be set, or None; a name is resolved only when it is called."""
        if any(character.isspace() or not character.isprintable() for character in url):
            return "It has a character that no URL has."
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            return "It is not a URL."
        if parts.scheme not in {"http", "https"} or not host:
            return "Write http://host:port or https://host."
        if parts.username or parts.password:
            return "Credentials belong in the field api_key, not in the URL."
        if parts.query or parts.fragment:
            return "A base URL has no query and no fragment."
        return self._host_refusal(host)

    def address_refusal(self, text: str) -> str | None:
        """Why an address (of a name, say) may not be called, or None."""
        try:
            address = _unwrapped(ipaddress.ip_address(text.partition("%")[0]))
        except ValueError:
            return "It is not an address."
        if address in _METADATA_ADDRESSES:
            return "The address is one of a cloud's metadata service."
        if address.is_link_local:
            return "Link-local addresses are not allowed."
        if address.is_loopback and not self._allow_loopback:
            return "Loopback addresses are allowed in local mode only."
        if (
            address.is_unspecified
            or address.is_multicast
            or any(address.version == 4 and address in network for network in _NO_SERVER)
        ):
            return "It is no address of a server."
        return None

    def _host_refusal(self, host: str) -> str | None:
        name = plain_host(host)
        if name in _METADATA_NAMES:
            return "The host is a cloud's metadata service."
        if name == "localhost" or name.endswith(".localhost"):
            return None if self._allow_loopback else "Loopback addresses are allowed in local mode only."
        literal = literal_address(name)
        return self.address_refusal(literal) if literal else None


def _unwrapped(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one that leads to it: mapped, 6to4, NAT64."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address.sixtofour:
            return address.sixtofour
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address
