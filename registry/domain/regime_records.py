"""A regime out of its record: what a file of `registry/data/regimes/` must hold, and its faults."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from registry.domain.regime import (
    Band,
    Below,
    Body,
    ComplaintRules,
    Division,
    Level,
    Regime,
    Renewal,
    Stage,
    Window,
)

ONE_BODY: Mapping[str, Any] = {"code": "", "name": "Hội đồng đánh giá, phân hạng"}


def regime_from(record: Mapping[str, Any]) -> Regime:
    """A regime from its record; every fault of the data is named at once, as a ValueError."""
    regime = Regime(
        code=record["code"],
        name=record["name"],
        decree=record["decree"],
        grounds=tuple(record.get("grounds", [record["decree"]])),
        effective_from=record["effective_from"],
        effective_to=record.get("effective_to"),
        is_default=record.get("default", False),
        scoring=record["scoring"],
        division=Division(record["division"]),
        taxonomy=record["taxonomy"],
        code_format=record["code_format"],
        part_maxima=dict(record["part_maxima"]),
        bands=tuple(Band(row["stars"], row["at_least"]) for row in record["bands"]),
        stages=tuple(_stage_from(row) for row in record["stages"]),
        idea_level=Level(record["idea_level"]),
        subject_kinds=tuple(record["subject_kinds"]),
        subject_kinds_tourism=tuple(record["subject_kinds_tourism"]),
        subject_clause=record["subject_clause"],
        commune_report_days=record.get("commune_report_days"),
        revocation_days=record.get("revocation_days"),
        certificate_months=record["certificate_months"],
        reminder_days=tuple(record["reminder_days"]),
        windows=tuple(_window_from(row) for row in record.get("windows", ())),
        renewal=Renewal(**record["renewal"]) if "renewal" in record else None,
        complaint=ComplaintRules(**record["complaint"]),
        contest_level=Level(record["contest_level"]) if "contest_level" in record else None,
    )
    faults = faults_of(regime)
    if faults:
        raise ValueError(f"regime {regime.code}: " + "; ".join(faults))
    return regime


def faults_of(regime: Regime) -> list[str]:
    """Everything that makes the chain or the bands of a regime impossible to apply."""
    faults = []
    starts = [band.at_least for band in regime.bands]
    if [band.stars for band in regime.bands] != list(range(1, len(regime.bands) + 1)):
        faults.append("bands must name the stars 1, 2, … in order")
    if starts[:1] != [0] or starts != sorted(set(starts)):
        faults.append("bands must begin at 0 and rise")
    ranks = [stage.level.rank for stage in regime.stages]
    if not ranks or ranks != sorted(set(ranks)):
        faults.append("stages must be named from the lowest level up, each once")
    recognised = [star for stage in regime.stages for star in stage.recognises]
    if len(recognised) != len(set(recognised)):
        faults.append("a star is recognised by two levels")
    if any(stage.forward_from is None for stage in regime.stages[:-1]):
        faults.append("a stage before the last must say from which mean it forwards")
    if regime.stages and regime.stages[-1].forward_from is not None:
        faults.append("the last stage has nowhere to forward to")
    return faults + [fault for stage in regime.stages for fault in _faults_of_bodies(stage)]


def _faults_of_bodies(stage: Stage) -> list[str]:
    codes = [body.code for body in stage.bodies]
    if codes[-1:] == [""] and len(codes) == len(set(codes)):
        return []
    return [f"{stage.level}: each body once, the deciding one last and without code"]


def _stage_from(row: Mapping[str, Any]) -> Stage:
    return Stage(
        level=Level(row["level"]),
        recognises=tuple(row["recognises"]),
        forward_from=row.get("forward_from"),
        forward_after_recognition=row.get("forward_after_recognition", False),
        below=Below(row["below"]) if "below" in row else None,
        bodies=tuple(Body(**body) for body in row.get("bodies", [ONE_BODY])),
    )


def _window_from(row: Mapping[str, Any]) -> Window:
    return Window(
        level=Level(row["level"]),
        request_by=_month_day(row["request_by"]),
        end_by=_month_day(row["end_by"]),
    )


def _month_day(text: str) -> tuple[int, int]:
    """ "06-30" as (6, 30); a day that no leap year has is refused."""
    day = date.fromisoformat(f"2000-{text}")
    return day.month, day.day
