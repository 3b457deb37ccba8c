"""What the guidance pages draw from the regimes: parts, bands, levels, subjects, examples."""

from dataclasses import dataclass
from functools import cache

from promotion.selectors.guidance import read
from registry.domain.eligibility import SubjectKind
from registry.domain.regime import Level, Regime
from registry.selectors.law import regime, regimes
from scoring.domain.gates import GateFinding
from scoring.domain.stars import Award, award, mean_of

FEW = 4


@dataclass(frozen=True)
class BandRow:
    """One band of a regime: from `at_least` up to, not including, `below` (None: to the top)."""

    stars: int
    at_least: int
    below: int | None
    recognised_by: Level | None


@dataclass(frozen=True)
class BandTable:
    regime: Regime
    rows: tuple[BandRow, ...]


@dataclass(frozen=True)
class SubjectRow:
    """A kind of subject and, for each regime in order: "all", "tourism" or "" (not named)."""

    kind: SubjectKind
    named: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """Sheets, the star of the gate that is shut (0: none), and what follows from them."""

    sheets: str
    count: int
    mean: str
    shut: int
    award: Award


def known_regimes() -> tuple[Regime, ...]:
    return regimes()


def band_tables() -> tuple[BandTable, ...]:
    """The bands of every regime that is scored, the highest star first."""
    return tuple(
        BandTable(each, tuple(reversed(_band_rows(each)))) for each in regimes() if each.scoring
    )


def _band_rows(each: Regime) -> list[BandRow]:
    ends = [band.at_least for band in each.bands[1:]]
    return [
        BandRow(band.stars, band.at_least, below, each.recognising_level(band.stars))
        for band, below in zip(each.bands, [*ends, None], strict=True)
    ]


def subject_rows() -> tuple[SubjectRow, ...]:
    """Every kind of subject against every regime."""
    return tuple(
        SubjectRow(kind, tuple(_how_named(kind, each) for each in regimes()))
        for kind in SubjectKind
    )


def _how_named(kind: SubjectKind, each: Regime) -> str:
    if kind in each.subject_kinds:
        return "all"
    return "tourism" if kind in each.subject_kinds_tourism else ""


@cache
def examples() -> tuple[Example, ...]:
    """The worked examples, computed by the rules that rate real products."""
    record = read("examples.toml")
    bands = regime(record["regime"]).bands
    return tuple(
        Example(
            sheets=_short(row["sheets"]),
            count=len(row["sheets"]),
            mean=mean_of(row["sheets"]).shown(),
            shut=row["shut"],
            award=award(
                mean_of(row["sheets"]), [GateFinding("–", row["shut"], met=not row["shut"])], bands
            ),
        )
        for row in record["examples"]
    )


def _short(sheets: list[int]) -> str:
    """The sheets for reading: a long run of equal ones is counted."""
    if len(sheets) <= FEW:
        return "; ".join(map(str, sheets))
    return "; ".join(
        f"{sheets.count(points)} × {points}" if sheets.count(points) > 1 else str(points)
        for points in sorted(set(sheets), reverse=True)
    )
