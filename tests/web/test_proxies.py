"""The client's address behind proxies: what a trusted one says counts, what anybody else says does not."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from fenhu.web.proxies import ClientAddress, address_of


def seen(trusted, come_from, said, settings):
    settings.PROXIES = trusted
    request = RequestFactory().get("/", REMOTE_ADDR=come_from, HTTP_X_FORWARDED_FOR=said)
    ClientAddress(lambda _: HttpResponse())(request)
    return address_of(request)


@pytest.mark.parametrize(("trusted", "come_from", "said", "address"), [
    ([], "10.0.0.1", "1.2.3.4", "10.0.0.1"),
    (["10.0.0.1"], "10.0.0.1", "1.2.3.4", "1.2.3.4"),
    (["10.0.0.0/24"], "10.0.0.9", "9.9.9.9, 1.2.3.4, 10.0.0.8", "1.2.3.4"),
    (["10.0.0.1"], "8.8.8.8", "1.2.3.4", "8.8.8.8"),
    (["10.0.0.1"], "10.0.0.1", "feigned, 1.2.3.4", "1.2.3.4"),
    (["10.0.0.1"], "10.0.0.1", "1.2.3.4, <script>", "10.0.0.1"),
    (["10.0.0.1"], "10.0.0.1", "", "10.0.0.1"),
    (["10.0.0.1"], "", "1.2.3.4", ""),
    (["::1"], "::1", "2001:db8::7", "2001:db8::7"),
])  # fmt: skip
def test_the_address_is_the_last_that_no_trusted_proxy_has(trusted, come_from, said, address, settings):
    assert seen(trusted, come_from, said, settings) == address


def test_whoever_is_no_proxy_cannot_say_it_was_https(settings):
    settings.PROXIES = ["10.0.0.1"]
    request = RequestFactory().get("/", REMOTE_ADDR="8.8.8.8", HTTP_X_FORWARDED_PROTO="https")
    ClientAddress(lambda _: HttpResponse())(request)
    assert "HTTP_X_FORWARDED_PROTO" not in request.META
