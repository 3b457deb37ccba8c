"""The statistics page beside the bare SQL of its figures, at 20,000 and 200,000 products.

`python -m bench.statistics` fills a scratch database for each size, counts the tallies, asks the
page and the counting query in turn in one run, and prints the middle times with their ratio and
its limit.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

from bench import portal
from bench.lists import Limit

SIZES = (20_000, 200_000)
ROUNDS = 7
IN_STEP, PAST = "page, tallies in step", "page, a past day"
# Drawing the page costs the same at any size, the bare SQL does not.
MOST_IN_STEP = {20_000: 20.0, 200_000: 3.0}
MOST_PAST = 30.0
SQL = (
    'SELECT stars, "group", province_id, count(*) FROM promotion_recognition'
    " WHERE starts_on <= %s AND ends_on >= %s GROUP BY 1, 2, 3"
)


def main() -> int:
    """Each size in a process and a scratch folder of its own; one size where it is named."""
    if len(sys.argv) > 1:
        return _measure(int(sys.argv[1]))
    code = 0
    for size in SIZES:
        command = [sys.executable, "-m", "bench.statistics", str(size)]
        code = max(code, subprocess.run(command, check=False).returncode)  # noqa: S603 - this very module
    return code


def _measure(size: int) -> int:
    with tempfile.TemporaryDirectory(prefix="ocop-bench-") as folder:
        portal.start(folder)
        portal.fill(size)
        limits = _report(size)
        portal.say("\n".join(map(str, limits)))
        return 0 if all(limit.is_kept for limit in limits) else 1


def _report(size: int) -> list[Limit]:
    from django.db import connection  # noqa: PLC0415 - after the set-up
    from django.test import Client  # noqa: PLC0415 - as above
    from django.utils import timezone  # noqa: PLC0415 - as above

    from reporting.services import star_tallies  # noqa: PLC0415 - as above

    client, today = Client(HTTP_HOST="127.0.0.1"), timezone.localdate()

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(SQL, [today, today])
            cursor.fetchall()

    def page(address: str) -> Callable[[], None]:
        def ask() -> None:
            client.get(address)

        return ask

    sql = _middle(bare)
    rows = [("page, tallies out of step", _middle(page("/thong-ke/")))]
    star_tallies.count_missing(on=today)
    rows += [
        (IN_STEP, _middle(page("/thong-ke/"))),
        (PAST, _middle(page("/thong-ke/?as_of=2025-06-30"))),
        ("page, one province", _middle(page("/thong-ke/?province=19"))),
        ("page, old units", _middle(page("/thong-ke/?division=three_tier"))),
    ]
    portal.say(f"{size} products; bare GROUP BY {sql:.1f} ms")
    for name, milliseconds in rows:
        portal.say(f"  {name:28} {milliseconds:8.1f} ms   {milliseconds / sql:5.1f} x the bare SQL")
    found = dict(rows)
    return [
        Limit(f"page in step / bare SQL, {size}", found[IN_STEP] / sql, MOST_IN_STEP[size]),
        Limit(f"page of a past day / bare SQL, {size}", found[PAST] / sql, MOST_PAST),
    ]


def _middle(act: Callable[[], None]) -> float:
    act()
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
