"""Where a webhook may be sent: to the public internet by https, never into the operator's own network.

An address is judged by what its name stands for at the moment of sending, and the connection goes to exactly
what was judged. Hosts the operator names (``FENHU_WEBHOOK_HOSTS``) are taken as they are, by http, too.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from django.conf import settings

from fenhu.errors import InputFault
from fenhu.wording import text

_PORTS = {"https": 443, "http": 80}
_TRANSLATED = IPv6Network("64:ff9b::/96")  # NAT64 (RFC 6052): the last four bytes are an IPv4 address
_LONGEST_NAME = 253


@dataclass(frozen=True, slots=True)
class Target:
    """Where a connection goes: the name that was asked for, and the one address it stands for."""

    host: str
    port: int
    address: str


def judged(url: str) -> Target:
    """Return where a webhook's address leads.

    Raises
    ------
    InputFault
        If it is no https address, its name is not known, or it leads into a network that is not public.
    """
    host, port, named = _read(url)
    addresses = _resolved(host, port)
    if not named:
        for one in addresses:
            _require_public(one, host)
    return Target(host=host, port=port, address=addresses[0])


def _read(url: str) -> tuple[str, int, bool]:
    if not all("!" <= sign <= "~" for sign in url):
        raise InputFault(text(
            "An address has neither blanks nor signs beyond ASCII: percent-encode them (%20), and write such "
            "a host as xn--…"
        ))  # fmt: skip
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip(".").encode("idna").decode(), parts.port
    except ValueError as fault:
        raise InputFault(text("{url} is no address; write https://host/path", url=url[:80])) from fault
    named = host in settings.WEBHOOK_HOSTS
    if parts.scheme not in _PORTS or not host or len(host) > _LONGEST_NAME:
        raise InputFault(text("{url} is no address; write https://host/path", url=url[:80]))
    if parts.scheme == "http" and not named:
        raise InputFault(text("Only https keeps what is told from strangers; write https://…"))
    if parts.username or parts.password or parts.fragment:
        raise InputFault(text("Leave user, password and # out of the address"))
    return host, port or _PORTS[parts.scheme], named


def _resolved(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise InputFault(text("Nobody knows the host {host}; check its name", host=host)) from fault
    return [str(place[0]).partition("%")[0] for *_, place in found]


def _require_public(address: str, host: str) -> None:
    found = _meant(ip_address(address))
    site_local = isinstance(found, IPv6Address) and found.is_site_local
    if not found.is_global or found.is_multicast or found.is_reserved or site_local:
        raise InputFault(text(
            "{host} leads into a network that is not public; the operator can allow it by its name", host=host
        ))  # fmt: skip


def _meant(found: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """Return the IPv4 address an IPv6 one stands for, where it does."""
    if isinstance(found, IPv4Address):
        return found
    if found.ipv4_mapped is not None:
        return found.ipv4_mapped
    if found.sixtofour is not None:
        return found.sixtofour
    if found.teredo is not None:
        return found.teredo[1]
    return IPv4Address(int(found) & 0xFFFFFFFF) if found in _TRANSLATED else found
