from django.db import migrations

from fenhu.web.journal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_the_books")]
    operations = [append_only("ledger_transfer"), append_only("ledger_posting")]
