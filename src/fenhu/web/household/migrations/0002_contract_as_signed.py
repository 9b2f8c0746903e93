"""The contract as it was signed, article by article, and the supplier's signature beside the household's."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from fenhu.web.journal.triggers import append_only


class Migration(migrations.Migration):
    """Keep a contract's articles with its signature; the second signature binds both."""

    dependencies = [
        ("household", "0001_flats_pages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(model_name="declaration", name="articles", field=models.JSONField(null=True)),
        migrations.CreateModel(
            name="Countersigning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.CharField(max_length=40)),
                ("on_date", models.DateField()),
                (
                    "declaration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="countersigned",
                        to="household.declaration",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        append_only("household_countersigning"),
    ]
