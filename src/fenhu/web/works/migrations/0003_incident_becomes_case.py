"""An incident is a case among others."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("works", "0002_what_a_building_s_page_shows"), ("registry", "0001_initial")]

    operations = [
        migrations.RenameModel("Incident", "Case"),
        migrations.RenameField("annualplanitem", "decision", "objection"),
    ]
