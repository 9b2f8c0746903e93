"""Which address a request came from: the last one that no trusted proxy has."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]
# What a proxy says of a request; from anybody else it is a lie.
_SAID = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED")


class ClientAddress:
    """Puts the client's address into ``REMOTE_ADDR``; without trusted proxies it is there already."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request whose address is the client's."""
        if settings.PROXIES:
            _settle(request)
        return self.get_response(request)


def address_of(request: HttpRequest) -> str:
    """Return the address a request came from, empty where it came by none."""
    return str(request.META.get("REMOTE_ADDR") or "")


def _settle(request: HttpRequest) -> None:
    if not _trusted(address_of(request)):
        for name in _SAID:
            request.META.pop(name, None)
        return
    for hop in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        if not _is_address(hop.strip()):
            return
        request.META["REMOTE_ADDR"] = hop.strip()
        if not _trusted(hop.strip()):
            return


def _is_address(word: str) -> bool:
    try:
        ip_address(word)
    except ValueError:
        return False
    return True


def _trusted(address: str) -> bool:
    return _is_address(address) and any(
        ip_address(address) in network for network in _networks(tuple(settings.PROXIES))
    )


@lru_cache(maxsize=8)
def _networks(words: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(word, strict=False) for word in words)
