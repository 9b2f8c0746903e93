"""Gives every building the words it is found by now: estate and name in one, and their pinyin."""

from django.db import migrations

from fenhu.web.registry.search import search_words

BATCH = 500


def renew(apps, schema_editor):
    buildings = apps.get_model("registry", "Building").objects
    rows = buildings.select_related("supplier", "owner", "community").order_by("pk")
    batch = []
    for building in rows.iterator(chunk_size=BATCH):
        named = [one.name for one in (building.supplier, building.owner, building.community) if one]
        building.search = search_words(
            building.code, building.estate, building.name, building.address, building.district, *named
        )
        batch.append(building)
        if len(batch) == BATCH:
            buildings.bulk_update(batch, ["search"])
            batch = []
    buildings.bulk_update(batch, ["search"])


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_what_a_search_reads")]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
