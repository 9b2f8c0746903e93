"""Hostile words in what an address asks, on either database; by HTTP and in forms: tests/attack."""

from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from tests.attack.walks import let_in
from tests.attack.words import read_parameters
from tests.web.access.test_scope_of_every_url import PAGES, built, city  # noqa: F401
from tests.web.access.walk import BACKEND

pytestmark = [pytest.mark.data_layer, pytest.mark.slow]

# What a database or a reader of numbers stumbles over.
WORDS = ("\x00", "99999999999999999999999", "²", "' OR '1'='1' --")


@pytest.mark.parametrize("row", [row for row in PAGES if let_in(row)], ids=str)
def test_no_word_in_an_address_breaks_a_page(city, row):  # noqa: F811
    client = Client(raise_request_exception=False)
    reader = let_in(row)[0]
    if city.people[reader] is not None:
        client.force_login(city.people[reader], backend=BACKEND)
    address = reverse(row.name, kwargs=city.objects[row.what])
    for word in WORDS:
        answer = client.get(f"{address}?{urlencode(dict.fromkeys(read_parameters(address), word))}")
        for file in getattr(answer, "_resource_closers", ()):
            file()  # not the answer itself, which would close the database's connection, too
        assert answer.status_code < 500 or row.name == "ready", word  # which says 503 where no worker is
