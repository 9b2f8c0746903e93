"""What no page knows is answered before any page sees it."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND"])
def test_a_page_is_read_or_sent_a_form_and_nothing_else(method):
    answer = Client().generic(method, "/public/")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize(("address", "status"), [("/public/?q=" + "a" * 5000, 414), ("/public/?q=%00", 400)])
def test_an_endless_or_broken_address_is_refused(address, status):
    assert Client().get(address).status_code == status
