from django.db import migrations

from fenhu.web.journal.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_issued_papers"), ("journal", "0002_append_only")]
    operations = [
        append_only("documents_number"),
        append_only("documents_document"),
        append_only("documents_ending"),
        append_only("documents_templatefile"),
        append_only("documents_templatechoice"),
    ]
