"""Names, kinds, paths and search texts of administrative units."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.domain.regime import Division, Level
from registry.domain.text import fold

# A kind is the first word or words of a unit's full name; longer ones first.
KINDS = (
    "Thành phố",
    "Thị trấn",
    "Đặc khu",
    "Thị xã",
    "Phường",
    "Huyện",
    "Tỉnh",
    "Quận",
    "Xã",
)
COUNTRY_PATH = "/"
_PATH_HEADS = {Division.THREE_TIER: "3:", Division.TWO_TIER: "2:"}


@dataclass(frozen=True)
class PlaceName:
    """A unit's full name taken apart: “Phường Tân Lộc” is a Phường called Tân Lộc."""

    full: str
    kind: str
    short: str


def read_name(full: str) -> PlaceName:
    """Takes a name apart; one without a known kind is an error in the data."""
    for kind in KINDS:
        if full.startswith(f"{kind} "):
            return PlaceName(full, kind, full.removeprefix(f"{kind} "))
    raise ValueError(f"{full}: no known kind of unit")


def path_of(division: Division, code: str, parent_path: str) -> str:
    """The path of a unit below `parent_path`; a province's begins with its division."""
    head = _PATH_HEADS[division] if parent_path == COUNTRY_PATH else ""
    return f"{parent_path}{head}{code}/"


def level_at(division: Division, depth: int) -> Level:
    """The level of a unit that lies `depth` steps below the country."""
    return division.levels[depth - 1]


def search_text(name: PlaceName, *, code: str, above: Iterable[str], former: Iterable[str]) -> str:
    """What a search compares: the unit's own name first, then where it lies, then its code."""
    parts = [name.short, name.full, *above, *former, code]
    return fold(" ".join(parts))
