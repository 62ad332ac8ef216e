"""A host's name as whoever resolves it will read it: before it is held against a list of what may be called."""

import ipaddress
import socket
import unicodedata

# UTS 46: what IDNA takes for a dot, beside the full-width one that NFKC makes plain.
_DOTS = str.maketrans(dict.fromkeys("\u3002\uff61", "."))


def plain_host(host: str) -> str:
    """Full-width and circled digits, other scripts' dots, capitals and a dot at the end are made plain."""
    return unicodedata.normalize("NFKC", host.translate(_DOTS)).translate(_DOTS).rstrip(".").lower()


def literal_address(host: str) -> str | None:
    """The IP address that a host is written as, in any form that resolvers take (`127.1`, `0x7f.1`), or None."""
    name = plain_host(host).strip("[]")
    try:
        return str(ipaddress.ip_address(name.partition("%")[0]))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(name))
    except (OSError, UnicodeEncodeError):
        return None
