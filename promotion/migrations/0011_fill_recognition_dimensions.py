"""Days of recognition learn their commune, legal form, level and turn from what stands beside them.

The former unit of those that did not pick one is found by `manage.py rebuild_listings`.
"""

from itertools import groupby
from typing import Any

from django.db import migrations


def fill(apps: Any, _schema_editor: Any) -> None:
    Recognition = apps.get_model("promotion", "Recognition")
    rows = Recognition.objects.select_related("listing__product", "subject", "certificate")
    ordered = rows.order_by("listing_id", "starts_on").iterator(chunk_size=2000)
    for _listing, runs in groupby(ordered, key=lambda row: row.listing_id):
        before = certificate = following = None
        kept = list(runs)
        for row in kept:
            if row.certificate_id != certificate:
                higher = before is not None and row.stars > before
                turn = "first" if before is None else "upgrade" if higher else "renewal"
            before, certificate = row.stars, row.certificate_id
            row.commune_id = row.listing.commune_id
            row.former_unit_id = row.listing.product.former_commune_id
            row.subject_kind = row.subject.kind
            row.level = row.certificate.level
            row.turn = turn
            row.ends_naturally = row.ends_on == row.certificate.valid_until
        for row in reversed(kept):
            row.next_starts_on, following = following, row.starts_on
        Recognition.objects.bulk_update(
            kept,
            [
                "commune", "former_unit", "subject_kind", "level", "turn",
                "ends_naturally", "next_starts_on",
            ],
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("promotion", "0010_recognition_dimensions")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
