"""A case keeps the day it was settled: closing it later says nothing of how long the conflict lasted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("works", "0004_the_programme")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="settled_on",
            field=models.DateField(null=True),
        ),
    ]
