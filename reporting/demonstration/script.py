"""The script of the demonstration as it stands in reporting/data/demonstration.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SCRIPT_FILE = Path(__file__).resolve().parent.parent / "data" / "demonstration.toml"
WHOLE_WAY = "promotion"


@dataclass(frozen=True)
class ProductLine:
    """A product: its sets by regime, the round it enters, how far it comes, what it aims at."""

    name: str
    summary: str
    sets: Mapping[str, int]
    round: str
    reaches: str
    aims_at: int
    details: Mapping[str, Any]


@dataclass(frozen=True)
class SubjectLine:
    """A fictitious subject in a real commune of either division."""

    key: str
    province: str
    name: str
    kind: str
    former_commune: str
    commune: str
    representative: str
    gender: str
    ethnicity: str
    address: str
    products: tuple[ProductLine, ...]


@dataclass(frozen=True)
class ProvinceLine:
    """A province by its code in either division, with the one district that plays."""

    key: str
    former: str
    now: str
    district: str


@dataclass(frozen=True)
class Drawing:
    """How the products of some sets are drawn."""

    regime: str
    sets: tuple[int, ...]
    shape: str
    tones: tuple[str, ...]


@dataclass(frozen=True)
class Script:
    """Everything that is played."""

    notice: str
    troubled: str  # the province whose authority suspends one certificate and revokes another
    looked_after: str  # the province whose office visits, answers and keeps marks
    provinces: tuple[ProvinceLine, ...]
    subjects: tuple[SubjectLine, ...]
    drawings: tuple[Drawing, ...]


def read_script(file: Path = SCRIPT_FILE) -> Script:
    """The script from its file."""
    record = tomllib.loads(file.read_text(encoding="utf-8"))
    return Script(
        notice=record["notice"],
        troubled=record["troubled"],
        looked_after=record["looked_after"],
        provinces=tuple(
            ProvinceLine(row["key"], row["former"], row["now"], row["district"])
            for row in record["provinces"]
        ),
        subjects=tuple(_subject(row) for row in record["subjects"]),
        drawings=tuple(
            Drawing(row["regime"], tuple(row["sets"]), row["shape"], tuple(row["tones"]))
            for row in record["drawings"]
        ),
    )


def _subject(row: Mapping[str, Any]) -> SubjectLine:
    plain = {key: value for key, value in row.items() if key != "products"}
    return SubjectLine(**plain, products=tuple(_product(line) for line in row["products"]))


def _product(row: Mapping[str, Any]) -> ProductLine:
    return ProductLine(
        name=row["name"],
        summary=row["summary"],
        sets=row["sets"],
        round=row["round"],
        reaches=row.get("reaches", WHOLE_WAY),
        aims_at=row.get("aims_at", 4),
        details=row.get("details", {}),
    )
