"""Jobs run outside the test's transaction, so their tables are emptied afterwards: the journal's, too."""

import pytest
from django.db import connection

from fenhu.web.journal.triggers import add_to, remove_from

APPEND_ONLY = ("journal_entry", "journal_dayhead")


@pytest.fixture
def _journal_closed_again(django_db_setup, django_db_blocker):
    yield
    with django_db_blocker.unblock():
        for table in APPEND_ONLY:
            add_to(connection, table)


@pytest.fixture
def emptied_afterwards(_journal_closed_again, transactional_db):
    yield
    for table in APPEND_ONLY:
        remove_from(connection, table)
