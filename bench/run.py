"""What the public face costs at 20,000 products, beside its limits.

`python -m bench.run` fills a scratch SQLite database, asks each page a few times inside one process
and prints the middle time. A figure over its limit makes the exit code 1. The limits leave
room for a machine that is busy with other work; trust the order of magnitude.
"""

import argparse
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from http import HTTPStatus

from bench import faces, portal

PRODUCTS = 20_000
ROUNDS = 9


@dataclass(frozen=True)
class Question:
    """One address and how many milliseconds its answer may take."""

    name: str
    address: str
    limit_ms: int
    is_face: bool = False  # a page that strangers share, measured cold and kept too


@dataclass(frozen=True)
class Cost:
    """What a question cost: the middle of the rounds, and the bytes of the answer."""

    question: Question
    status: int
    milliseconds: float
    size: int

    @property
    def is_within(self) -> bool:
        return self.status == HTTPStatus.OK and self.milliseconds <= self.question.limit_ms


def main(arguments: list[str] | None = None) -> int:
    """Fills, measures, prints; 0 where every figure is within its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", type=int, default=PRODUCTS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="ocop-bench-") as folder:
        portal.start(folder)
        started = time.perf_counter()
        portal.fill(chosen.products)
        portal.say(f"{chosen.products} products filled in {time.perf_counter() - started:.1f} s\n")
        questions = _questions()
        costs = [_cost(question, chosen.rounds) for question in questions]
        empty, rates = faces.rates({each.name: each.address for each in questions if each.is_face})
        _forget_looks()
    for line in (*table(costs), "", *faces.table(empty, rates)):
        portal.say(line)
    is_within = all(cost.is_within for cost in costs)
    return 0 if is_within and all(rate.is_within(empty) for rate in rates) else 1


def table(costs: list[Cost]) -> list[str]:
    """The figures with their limits, one line each."""
    head = f"{'':38} {'ms':>8} {'limit':>6} {'KB':>7}"
    rows = [
        f"{cost.question.name:38} {cost.milliseconds:8.1f} {cost.question.limit_ms:6d} "
        f"{cost.size / 1024:7.1f}  {'ok' if cost.is_within else f'OVER ({cost.status})'}"
        for cost in costs
    ]
    return [head, *rows]


def _questions() -> list[Question]:
    from promotion.models import Listing  # noqa: PLC0415 - after the set-up

    listing = Listing.objects.select_related("certificate").order_by("-pk")[0]
    certificate = listing.certificate
    return [
        Question("catalogue, first page", "/san-pham/", 500, is_face=True),
        Question("catalogue, two words", "/san-pham/?q=che+bac", 500),
        Question("catalogue, three filters", "/san-pham/?stars=4&group=thuc-pham&province=01", 500),
        Question("catalogue, page 200", "/san-pham/?order=name&page=200", 700),
        Question("catalogue, page a billion", "/san-pham/?order=name&page=1000000000", 700),
        Question("catalogue, filters that contradict", "/san-pham/?stars=5&group=x&year=2019", 500),
        Question("map of the provinces", "/san-pham/theo-tinh/", 300),
        Question("catalogue, as of a past day", "/san-pham/?as_of=2025-06-30", 700),
        Question("product page", listing.get_absolute_url(), 120, is_face=True),
        Question("verification", f"/xac-thuc/{certificate.code}/", 90, is_face=True),
        Question("statistics", "/thong-ke/", 700),
        Question("statistics, as of a past day", "/thong-ke/?as_of=2025-06-30", 700),
        Question("report of a half-year, country", "/thong-ke/ky/", 1000),
        Question("API, 50 products", "/api/v1/products/", 90),
        Question("API, 50 products, two words", "/api/v1/products/?q=che+bac", 180),
        Question("API, one certificate", f"/api/v1/certificates/{certificate.code}/", 60),
        Question("API, star statistics", "/api/v1/statistics/stars/", 400),
    ]


def _forget_looks() -> None:
    """Looks at certificates are not counted after the folder of the measurement is gone."""
    from promotion.services import checks  # noqa: PLC0415 - after the set-up

    checks.forget()


def _cost(question: Question, rounds: int) -> Cost:
    from django.conf import settings  # noqa: PLC0415 - after the set-up
    from django.test import Client  # noqa: PLC0415 - as above

    settings.CHECKS_WRITTEN_AFTER_SECONDS = 0  # no timer outlives the folder of the measurement
    settings.FACES_KEPT_SECONDS = 0  # what drawing costs, not what the kept copy saves
    client = Client(HTTP_HOST="127.0.0.1")
    response = client.get(question.address)
    times = []
    for _round in range(rounds):
        started = time.perf_counter()
        response = client.get(question.address)
        times.append(time.perf_counter() - started)
    return Cost(
        question, response.status_code, statistics.median(times) * 1000, len(response.content)
    )


if __name__ == "__main__":
    sys.exit(main())
