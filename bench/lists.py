"""The API's list of fifty products beside other hands, at 20,000 and at a million rows.

`python -m bench.lists` starts a PostgreSQL of its own and asks every way in turn, so that a busy
machine slows all of them alike; then it multiplies the rows inside the database and asks again.
The limits are ratios within one run, which hold on any machine; one is a time.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench import portal
from tests import servers

FEW, MANY = 20_000, 1_000_000
ROUNDS = 41
WAYS = {
    "the portal": "/api/v1/products/",
    "plain framework": "/rivals/framework/",
    "by hand": "/rivals/by-hand/",
    "bare SQL": "/rivals/sql/",
    "an empty reply": "/rivals/nothing/",
    "star statistics": "/api/v1/statistics/stars/",
    "the same, added up": "/api/v1/statistics/stars/?validity=valid",
}


@dataclass(frozen=True)
class Limit:
    """A figure beside the most it may be."""

    name: str
    found: float
    most: float

    @property
    def is_kept(self) -> bool:
        return self.found <= self.most

    def __str__(self) -> str:
        return (
            f"{self.name:58} {self.found:7.2f} {self.most:6.2f}  {'ok' if self.is_kept else 'OVER'}"
        )


def main(words: Sequence[str] | None = None) -> int:
    """Measures and prints; 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=FEW)
    parser.add_argument("--many", type=int, default=MANY)
    parser.add_argument("--wheels", type=Path, required=True, help="where the servers' wheels are")
    asked = parser.parse_args(words)
    with ExitStack() as stack:
        folder = stack.enter_context(servers.scratch())
        database = stack.enter_context(servers.postgres(folder, lambda: asked.wheels))
        whole = {**database, "OCOP_DB_NAME": "postgres"}  # the one that a new server has
        portal.start(str(folder), whole, urls="bench.rivals")
        portal.fill(asked.few)
        _count()
        few = _told(asked.few)
        _multiply(asked.many)
        _count()
        many = _told(asked.many)
    kept = limits(few, many)
    portal.say("\n" + "\n".join(map(str, kept)))
    return 0 if all(limit.is_kept for limit in kept) else 1


def limits(few: Mapping[str, float], many: Mapping[str, float]) -> list[Limit]:
    """What the middle times of both runs must keep among themselves."""
    return [
        Limit(
            "portal / plain framework, few rows",
            few["the portal"] / few["plain framework"],
            1 / 2.3,
        ),
        Limit("portal / by hand, few rows", few["the portal"] / few["by hand"], 1.3),
        Limit("portal, many rows / few rows", many["the portal"] / few["the portal"], 1.5),
        Limit("star statistics over many rows, ms in the portal", many["star statistics"], 5.0),
        Limit(
            "star statistics added up, many rows / few rows",
            many["the same, added up"] / few["the same, added up"],
            1.5,
        ),
    ]


def _multiply(total: int) -> None:
    from bench import multiply  # noqa: PLC0415 - after the set-up

    started = time.perf_counter()
    multiply.multiply(total)
    portal.analyze()
    portal.say(f"multiplied in {time.perf_counter() - started:.0f} s")


def _count() -> None:
    """What beat does every half minute; no answer is kept, only the counts."""
    from django.utils import timezone  # noqa: PLC0415 - after the set-up

    from registry.domain.clock import legal_day  # noqa: PLC0415 - as above
    from reporting.services import star_tallies  # noqa: PLC0415 - as above

    started = time.perf_counter()
    star_tallies.count_all(on=legal_day(timezone.now()))
    portal.analyze()
    portal.say(f"stars counted in {time.perf_counter() - started:.0f} s")


def _told(rows: int) -> dict[str, float]:
    found = {name: statistics.median(times) for name, times in _times().items()}
    portal.say(f"\n{rows} products, 50 in an answer: middle of {ROUNDS} in ms")
    for name, milliseconds in found.items():
        portal.say(f"  {name:20} {milliseconds:8.2f}")
    return found


def _times() -> dict[str, list[float]]:
    """Milliseconds of every way, asked in turn."""
    from django.test import Client  # noqa: PLC0415 - after the set-up

    client = Client(HTTP_HOST="127.0.0.1")
    times: dict[str, list[float]] = {name: [] for name in WAYS}
    for turn in range(ROUNDS + 1):
        for name, address in WAYS.items():
            started = time.perf_counter()
            assert client.get(address).status_code == 200, address  # noqa: S101, PLR2004 - ours
            if turn:  # the first only warms
                times[name].append((time.perf_counter() - started) * 1000)
    return times


if __name__ == "__main__":
    sys.exit(main())
