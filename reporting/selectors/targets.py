"""The programme's targets: read from their files, measured as of a day."""

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

from registry.models import Unit
from reporting.domain.targets import Programme, Progress, TargetUnit, programme_from
from reporting.selectors.measures import MEASURES, Scope

TARGET_FILES = Path(__file__).parent.parent / "data" / "targets"


@cache
def programmes() -> tuple[Programme, ...]:
    """Every period of the programme, the newest first."""
    found = [
        programme_from(tomllib.loads(file.read_text(encoding="utf-8")))
        for file in TARGET_FILES.glob("*.toml")
    ]
    return tuple(sorted(found, key=lambda each: each.starts_on, reverse=True))


def programme_on(day: date) -> Programme | None:
    """The programme that had begun by the day, the newest; None before the first."""
    return next((each for each in programmes() if each.starts_on <= day), None)


def progress(
    programme: Programme, *, on: date, today: date, province: Unit | None = None
) -> list[Progress]:
    """Each indicator with its figure; a number of the country is no aim of a province."""
    scope = Scope(on=on, programme=programme, today=today, province=province)
    shown = [each for each in programme.indicators if province is None or not each.is_national]
    return [
        Progress(
            indicator=each,
            measured=MEASURES[each.code](scope) if each.code in MEASURES else None,
            has_aim=province is None or each.unit is TargetUnit.PERCENT,
        )
        for each in shown
    ]
