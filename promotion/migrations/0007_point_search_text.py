"""What producers' own places are found by, from their names; new rows bring it along."""

from typing import Any

from django.db import migrations

from registry.domain.text import fold


def fill(apps: Any, _schema_editor: Any) -> None:
    for point in apps.get_model("promotion", "PointOfSale").objects.select_related("commune"):
        place = point.commune.name if point.commune else ""
        point.search_text = fold(f"{point.name} {point.address_line} {place}")[:600]
        point.save(update_fields=["search_text"])


class Migration(migrations.Migration):
    dependencies = [("promotion", "0006_point_register")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
