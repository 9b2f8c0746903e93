from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_append_only"),
    ]

    # An index alone: a changed column would make SQLite write the table anew, without its triggers.
    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["kind", "id"], name="entry_newest_of_kind"),
        ),
    ]
