"""Tells of the recognitions that are there whether they are away from their maker's province."""

from django.db import migrations
from django.db.models import F


def tell(apps, schema_editor):
    recognitions = apps.get_model("promotion", "Recognition").objects
    at_home = recognitions.filter(subject__commune__path__startswith=F("province__path"))
    recognitions.exclude(pk__in=at_home.values("pk")).update(is_away=True)


class Migration(migrations.Migration):
    dependencies = [
        ("promotion", "0014_recognitions_away"),
    ]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
