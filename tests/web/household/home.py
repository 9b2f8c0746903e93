"""How the tests of flats' pages come in and send something."""

from tests.web.ui.pages import parsed

from fenhu.web.household.views.screens import SCREENS as _SCREENS

DIGITS = "0001"
SCREENS = tuple(_SCREENS)


def by_link(client, address, status=200):
    """Return a page by its link, parsed, in English."""
    return parsed(client.get(address, headers={"accept-language": "en"}), status)


def let_in(client, path, digits=DIGITS):
    """Give the last four digits of the cast's telephone."""
    return client.post(f"{path}consent/", {"digits": digits}, headers={"accept-language": "en"})


def send(client, address, fields, status=200):
    """Post a screen's form and return the page it ends on."""
    return parsed(client.post(address, fields, headers={"accept-language": "en"}, follow=True), status)
