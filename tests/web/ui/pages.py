"""How the tests of pages ask for a page and read it."""

from bs4 import BeautifulSoup


def visit(client, user, address, language="en", status=200):
    """Return a page as ``user`` sees it, parsed."""
    client.force_login(user)
    return parsed(client.get(address, headers={"accept-language": language}), status)


def send(client, user, address, fields, status=200):
    """Post a form as ``user`` and return the page it ends on, parsed."""
    client.force_login(user)
    return parsed(client.post(address, fields, headers={"accept-language": "en"}, follow=True), status)


def parsed(answer, status=200):
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "lxml")


def words(found):
    """Return what an element says, with plain single spaces."""
    return " ".join(found.get_text(" ", strip=True).split())


def rows(page, panel):
    """Return the cells of every row of a panel's table body."""
    return [[words(cell) for cell in row.select("th, td")] for row in page.select(f"#{panel} tbody tr")]
