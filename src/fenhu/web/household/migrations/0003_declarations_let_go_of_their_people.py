from django.db import migrations

from fenhu.web.journal.triggers import let_empty


class Migration(migrations.Migration):
    dependencies = [("household", "0002_contract_as_signed")]
    operations = [let_empty("household_declaration", "name", "reason", "drawn")]
