"""Jobs run outside the test's transaction, so their tables are emptied afterwards, append-only ones too."""

import pytest
from django.apps import apps
from django.db import connection

from fenhu.web.journal.triggers import add_to, remove_from

APPEND_ONLY = (
    "journal.Entry", "journal.DayHead", "ledger.Transfer", "ledger.Posting", "documents.Number",
    "documents.Document", "documents.Ending", "documents.TemplateFile", "documents.TemplateChoice",
)  # fmt: skip


@pytest.fixture
def _closed_again(django_db_setup, django_db_blocker):
    yield
    with django_db_blocker.unblock():
        for table in _tables():
            add_to(connection, table)


@pytest.fixture
def emptied_afterwards(_closed_again, transactional_db):
    yield
    for table in _tables():
        remove_from(connection, table)


def _tables():
    return [apps.get_model(label)._meta.db_table for label in APPEND_ONLY]
