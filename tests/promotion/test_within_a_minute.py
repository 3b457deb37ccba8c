"""A revocation against a real clock: worker, live site, and the caches of a browser.

The clock starts with the signature. From then on a shopper's browser asks as often as it likes and
may answer itself from its own cache; within a minute everything it can be told is the revocation.
"""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from registry.domain.clock import legal_day
from scoring.domain.certificate_states import CertificateStatus
from scoring.domain.credentials import check
from scoring.domain.decision_states import DecisionKind
from scoring.models import Certificate
from scoring.selectors.credentials import published_keys
from scoring.services import credentials, documents
from tests.factories import promotion as make
from tests.factories import registry, scoring
from tests.services_fixtures import PageOpener, Worker

pytestmark = [
    pytest.mark.browser,
    pytest.mark.services,
    pytest.mark.django_db(transaction=True),
]
MINUTE = 60.0
PURPOSES = ("revocation", "suspension", "refresh")
READ = "async path => (await fetch(path, {cache: 'default'})).text()"


@pytest.fixture
def held(celery_worker_process: Worker) -> Certificate:
    today = legal_day(timezone.now())
    made = make.certificate(
        registry.product(name="Chè Tân Cương"), issued_on=today - timedelta(days=100)
    )
    documents.make_certificate(made)
    credentials.make(made, at=timezone.now())
    credentials.refresh_lists(at=timezone.now())
    return made


def seconds_until(is_told: Callable[[], bool], *, since: float) -> float:
    while not is_told():
        assert time.monotonic() - since < MINUTE, "not told within a minute"
        time.sleep(0.5)
    return time.monotonic() - since


def test_revocation_when_signed_then_seen_everywhere_within_a_minute(
    held: Certificate, open_page: PageOpener
) -> None:
    page = open_page(width=360)
    page.goto("/xac-thuc/")
    token = held.credential.token

    def on_the_page() -> bool:
        return "Đã bị thu hồi" in page.evaluate(READ, f"/xac-thuc/{held.code}/")

    def offline_status() -> CertificateStatus:
        return check(token, keys=published_keys(), lists=fetched(page), at=timezone.now()).status

    assert not on_the_page()  # from now on the browser keeps a copy that says: valid
    assert offline_status() is CertificateStatus.VALID

    scoring.decided(held, DecisionKind.REVOKE, at=timezone.now())
    signed = time.monotonic()

    lists = seconds_until(lambda: offline_status() is CertificateStatus.REVOKED, since=signed)
    shown = seconds_until(on_the_page, since=signed)

    assert max(lists, shown) < MINUTE


def fetched(page: Page) -> list[str]:
    """The status lists as the browser gets them, from its cache where it may."""
    return [page.evaluate(READ, f"/xac-thuc/trang-thai/{name}/0.jwt") for name in PURPOSES]
