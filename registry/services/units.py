"""Loads the administrative units from their files; running it again changes nothing."""

import csv
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import connection, models, transaction

from registry.domain.places import (
    COUNTRY_PATH,
    PlaceName,
    level_at,
    path_of,
    read_name,
    search_text,
)
from registry.domain.regime import Division, Level
from registry.domain.text import sort_key
from registry.models import Unit, UnitChange, UnitName, UnitOutcome, UnitSuccession

UNIT_FILES = Path(__file__).parent.parent / "data" / "units"
TWO_TIER_SINCE = date(2025, 7, 1)
THREE_TIER_UNTIL = date(2025, 6, 30)
COUNTRY_CODE = "VN"
COUNTRY_NAME = "Việt Nam"
BATCH = 1000
COMPARED = (
    "level",
    "name",
    "short_name",
    "kind",
    "parent_id",
    "path",
    "valid_from",
    "valid_to",
    "latitude",
    "longitude",
    "search_text",
    "sort_key",
)


@dataclass
class LoadReport:
    """What a load did, by the kind of row; `kept` differ from the files because of a change.

    What an administrator changed since stays, and is named so that the files can follow.
    """

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)

    def add(self, other: "LoadReport") -> None:
        self.created += other.created
        self.changed += other.changed
        self.unchanged += other.unchanged
        self.kept += other.kept


@dataclass(frozen=True)
class Rename:
    """From `on`, the unit bears `name`."""

    on: date
    name: str


@dataclass
class _Row:
    """A unit as the file has it, with the names that came later."""

    division: Division
    code: str
    parent: str
    first_name: str
    latitude: float | None
    longitude: float | None
    renames: list[Rename] = field(default_factory=list)

    @property
    def name(self) -> PlaceName:
        return read_name(self.renames[-1].name if self.renames else self.first_name)

    def former_names(self) -> Iterator[tuple[PlaceName, Rename]]:
        """Each former name with the rename that ended it."""
        names = [self.first_name, *(rename.name for rename in self.renames)]
        for former, rename in zip(names, self.renames, strict=False):
            yield read_name(former), rename


@transaction.atomic
def load(folder: Path = UNIT_FILES) -> dict[str, LoadReport]:
    """Brings units, former names and successions to what the files say; nothing is deleted."""
    renames = _renames(folder / "renames.csv")
    reports = {"units": LoadReport(), "names": LoadReport(), "successions": LoadReport()}
    for division in Division:
        rows = list(_rows(folder / f"{division.value}.csv", division, renames))
        reports["units"].add(_load_units(division, rows))
        reports["names"].add(_load_names(division, rows))
    reports["successions"] = _load_successions(folder / "succession.csv")
    _count_anew(Unit, UnitName, UnitSuccession)
    return reports


def _count_anew(*tables: type[models.Model]) -> None:
    """PostgreSQL plans by its figures of a table; after thousands of new rows those mislead it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            names = ", ".join(connection.ops.quote_name(table._meta.db_table) for table in tables)
            cursor.execute(f"ANALYZE {names}")


def _read(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _renames(file: Path) -> dict[tuple[str, str], list[Rename]]:
    found: dict[tuple[str, str], list[Rename]] = {}
    for row in sorted(_read(file), key=lambda row: row["on"]):
        rename = Rename(date.fromisoformat(row["on"]), row["name"])
        found.setdefault((row["division"], row["code"]), []).append(rename)
    return found


def _rows(
    file: Path, division: Division, renames: dict[tuple[str, str], list[Rename]]
) -> Iterator[_Row]:
    for row in _read(file):
        yield _Row(
            division=division,
            code=row["code"],
            parent=row["parent"],
            first_name=row["name"],
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
            renames=renames.get((division.value, row["code"]), []),
        )


def _country() -> Unit:
    country, _created = Unit.objects.get_or_create(
        path=COUNTRY_PATH,
        defaults={
            "level": Level.CENTRAL,
            "code": COUNTRY_CODE,
            "name": COUNTRY_NAME,
            "short_name": COUNTRY_NAME,
            "kind": "",
            "search_text": "viet nam vn",
            "sort_key": "",
        },
    )
    return country


def _load_units(division: Division, rows: Iterable[_Row]) -> LoadReport:
    """Level by level, because a unit needs its parent's key."""
    existing = {unit.code: unit for unit in _of_the_files(division)}
    changed_by_hand = set(
        UnitChange.objects.filter(applied_at__isnull=False).values_list("units", flat=True)
    )
    loaded: dict[str, Unit] = {"": _country()}
    report = LoadReport()
    pending = list(rows)
    while pending:
        ready = [row for row in pending if row.parent in loaded]
        if not ready:
            raise ValueError(
                f"{pending[0].code}: its parent {pending[0].parent} is not in the file"
            )
        pending = [row for row in pending if row.parent not in loaded]
        wanted = [_unit(row, loaded[row.parent]) for row in ready]
        report.add(_write(wanted, existing, changed_by_hand))
        loaded.update(
            (unit.code, existing[unit.code] if unit.pk in changed_by_hand else unit)
            for unit in wanted
        )
    return report


def _unit(row: _Row, parent: Unit) -> Unit:
    name = row.name
    path = path_of(row.division, row.code, parent.path)
    above = [] if parent.is_country else [parent.short_name]
    if parent.parent is not None and not parent.parent.is_country:
        above.append(parent.parent.short_name)
    return Unit(
        division=row.division,
        level=level_at(row.division, path.count("/") - 1),
        code=row.code,
        name=name.full,
        short_name=name.short,
        kind=name.kind,
        parent=parent,
        path=path,
        valid_from=TWO_TIER_SINCE if row.division == Division.TWO_TIER else None,
        valid_to=THREE_TIER_UNTIL if row.division == Division.THREE_TIER else None,
        latitude=row.latitude,
        longitude=row.longitude,
        search_text=search_text(
            name, code=row.code, above=above, former=[old.full for old, _end in row.former_names()]
        ),
        sort_key=sort_key(name.short),
    )


def _of_the_files(division: Division) -> models.QuerySet[Unit]:
    """Units that a file made; those that a recorded change began belong to no file."""
    begun = UnitOutcome.objects.filter(unit__valid_from=models.F("change__effective_on"))
    return Unit.objects.filter(division=division).exclude(pk__in=begun.values("unit"))


def _write(
    wanted: list[Unit], existing: dict[str, Unit], changed_by_hand: Collection[int]
) -> LoadReport:
    new = [unit for unit in wanted if unit.code not in existing]
    changed, kept = [], []
    for unit in wanted:
        old = existing.get(unit.code)
        if old is None:
            continue
        unit.pk = old.pk
        differs = [name for name in COMPARED if getattr(unit, name) != getattr(old, name)]
        if differs and old.pk in changed_by_hand:
            kept.append(f"{old.code} {old.name}: {', '.join(differs)}")
        elif differs:
            changed.append(unit)
    Unit.objects.bulk_create(new, batch_size=BATCH)
    Unit.objects.bulk_update(
        changed, [name.removesuffix("_id") for name in COMPARED], batch_size=BATCH
    )
    unchanged = len(wanted) - len(new) - len(changed) - len(kept)
    return LoadReport(len(new), len(changed), unchanged, kept)


def _load_names(division: Division, rows: Iterable[_Row]) -> LoadReport:
    """Former names; each ends on the day before the rename that replaced it."""
    wanted: list[UnitName] = []
    keys = _keys(division)
    for row in rows:
        begun = TWO_TIER_SINCE if division == Division.TWO_TIER else None
        for former, rename in row.former_names():
            ended = date.fromordinal(rename.on.toordinal() - 1)
            wanted.append(
                UnitName(
                    unit_id=keys[row.code],
                    name=former.full,
                    kind=former.kind,
                    valid_from=begun,
                    valid_to=ended,
                )
            )
            begun = rename.on
    known = set(UnitName.objects.values_list("unit_id", "valid_to", "name"))
    new = [name for name in wanted if (name.unit_id, name.valid_to, name.name) not in known]
    UnitName.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["unit", "valid_to"],
        update_fields=["name", "kind", "valid_from"],
    )
    return LoadReport(created=len(new), unchanged=len(wanted) - len(new))


def _load_successions(file: Path) -> LoadReport:
    old = _keys(Division.THREE_TIER)
    new = _keys(Division.TWO_TIER)
    wanted = {(old[row["old"]], new[row["new"]]) for row in _read(file)}
    missing = wanted - set(UnitSuccession.objects.values_list("old_id", "new_id"))
    UnitSuccession.objects.bulk_create(
        [UnitSuccession(old_id=before, new_id=after) for before, after in sorted(missing)],
        batch_size=BATCH,
    )
    return LoadReport(created=len(missing), unchanged=len(wanted) - len(missing))


def _keys(division: Division) -> dict[str, int]:
    rows: models.QuerySet[Unit, tuple[str, int]] = _of_the_files(division).values_list("code", "pk")
    return dict(rows)
