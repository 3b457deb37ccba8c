"""Loads the product sets of every regime; running it again changes nothing."""

import tomllib
from pathlib import Path
from typing import Any

from django.db import transaction

from registry.domain.text import slug
from registry.models import ProductSet
from registry.selectors.law import regimes
from registry.services.units import LoadReport

SET_FILES = Path(__file__).parent.parent / "data" / "product_sets"
WRITTEN = (
    "name",
    "industry",
    "group",
    "samples_required",
    "is_tourism",
    "has_rubric",
    "slug",
)


@transaction.atomic
def load(folder: Path = SET_FILES) -> dict[str, LoadReport]:
    """Brings the sets of each regime to what the file of its taxonomy says; nothing is deleted."""
    return {
        regime.code: _load_regime(regime.code, folder / f"{regime.taxonomy}.toml")
        for regime in regimes()
    }


def _load_regime(regime: str, file: Path) -> LoadReport:
    records = tomllib.loads(file.read_text(encoding="utf-8"))["sets"]
    wanted = [_set_from(regime, record) for record in records]
    existing = {row.number: row for row in ProductSet.objects.filter(regime=regime)}
    report = LoadReport()
    for row in wanted:
        old = existing.get(row.number)
        if old is None:
            row.save(force_insert=True)
            report.created += 1
        elif any(getattr(row, name) != getattr(old, name) for name in WRITTEN):
            row.pk = old.pk
            row.save(update_fields=WRITTEN)
            report.changed += 1
        else:
            report.unchanged += 1
    return report


def _set_from(regime: str, record: dict[str, Any]) -> ProductSet:
    return ProductSet(
        regime=regime,
        number=record["number"],
        name=record["name"],
        industry=record["industry"],
        group=record.get("group", ""),
        samples_required=record["samples_required"],
        is_tourism=record.get("is_tourism", False),
        has_rubric=record.get("has_rubric", True),
        slug=slug(record["name"]),
    )
