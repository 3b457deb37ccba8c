"""Metrics, the request's id, and log lines without what belongs to people."""

import json
import logging
import sys
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families

from ocop_portal import problems
from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Channel, Entry, Notification
from ocop_portal.journal.services import record
from ocop_portal.upkeep import services
from ocop_portal.web import logs, tracing
from ocop_portal.web.tasks import beat_heart

pytestmark = [pytest.mark.embedded]
TOKEN = "only-for-this-test"
NOT_HERE = 404


def metrics(client: Client) -> dict[str, float]:
    """Every sample without labels, and the number of answers by route."""
    text = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
    found: dict[str, float] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if not sample.labels:
                found[sample.name] = sample.value
            elif sample.name == "ocop_request_seconds_count":
                key = f"{sample.labels['route']} {sample.labels['status']}"
                found[key] = found.get(key, 0) + sample.value
    return found


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("token", "brought"),
    [("", ""), ("", "Bearer "), (TOKEN, ""), (TOKEN, "Bearer wrong"), (TOKEN, f"Basic {TOKEN}")],
)
def test_metrics_when_the_token_is_not_brought_then_the_page_is_not_there(
    client: Client, settings: Any, token: str, brought: str
) -> None:
    settings.METRICS_TOKEN = token

    answer = client.get("/metrics", headers={"Authorization": brought})

    assert answer.status_code == NOT_HERE


@pytest.mark.django_db
def test_metrics_when_asked_with_the_token_then_they_say_how_the_queues_stand(
    client: Client, settings: Any, producer: User
) -> None:
    settings.METRICS_TOKEN = TOKEN
    now = timezone.now()
    Entry.objects.update(fan_out_due_at=None)
    entry = record("accounts.password.changed", subject=producer, actor=None, at=now)
    Entry.objects.filter(pk=entry.pk).update(fan_out_due_at=now - timedelta(minutes=5))
    Notification.objects.create(
        entry=entry, recipient=producer, channel=Channel.MAIL, due_at=now - timedelta(minutes=2)
    )
    beat_heart()
    services.run(at=now, rules=[])
    client.get("/huong-dan/")

    found = metrics(client)

    assert found["ocop_entries_untold"] == 1
    assert 300 <= found["ocop_entries_untold_seconds"] < 400
    assert found["ocop_notices_waiting"] == 1
    assert 120 <= found["ocop_notices_waiting_seconds"] < 200
    assert found["ocop_notices_failed"] == 0
    assert found["ocop_journal_unsealed"] == Entry.objects.count()
    assert found["ocop_worker_silent_seconds"] < 60
    assert found["ocop_checks_found"] == 0
    assert "ocop_broker_messages" in found
    assert found["guidance:index 200"] >= 1


# --- The request's id -----------------------------------------------------------------------------


@pytest.mark.django_db
def test_request_when_answered_then_each_has_an_id_of_its_own(client: Client) -> None:
    first, second = (client.get("/robots.txt", headers={tracing.HEADER: "mine"}) for _ in range(2))

    assert first[tracing.HEADER] != second[tracing.HEADER] != "mine"
    assert len(first[tracing.HEADER]) == tracing.ID_LENGTH
    assert tracing.current_id() == ""


@pytest.mark.django_db
def test_access_line_when_written_then_it_names_the_route_not_the_address(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="ocop.access"):
        client.get("/xac-thuc/ABCD2345EFGH/?ma=secret")

    (line,) = [each.getMessage() for each in caplog.records if each.name == "ocop.access"]
    assert line.startswith("promotion:verify GET ")
    assert "ABCD" not in line
    assert "secret" not in line


def test_fault_when_a_page_breaks_then_page_and_problem_carry_the_id(rf: Any) -> None:
    with tracing.following("abc123"):
        page = problems.server_error(rf.get("/san-pham/"))
        problem = problems.server_error(rf.get("/api/v1/products/"))

    assert page.status_code == problem.status_code == 500
    assert "abc123" in page.content.decode()
    assert json.loads(problem.content)["request_id"] == "abc123"


def test_task_when_rung_in_a_request_then_it_works_under_the_same_id() -> None:
    headers: dict[str, Any] = {}
    with tracing.following("abc123"):
        tracing._send_along(headers=headers)

    tracing._take_over(task=SimpleNamespace(request=headers))
    inside = tracing.current_id()
    tracing._let_go()

    assert (inside, tracing.current_id()) == ("abc123", "")


def test_task_when_rung_by_the_clock_then_it_has_no_id() -> None:
    headers: dict[str, Any] = {}
    tracing._send_along(headers=headers)

    assert headers == {}


# --- Log lines ------------------------------------------------------------------------------------

PLANTED = {
    "mail": "lan.nguyen@ocop.example",
    "telephone": "0912345678",
    "telephone with spaces": "+84 912 345 678",
    "identity": "001085012345",
    "token of the portal": "ocop_9f8Kd0-sLq2mWxYz7AbCdEfGhIjKlMnOpQr",
    "signed text": "eyJhbGciOiJFZERTQSJ9.eyJkYXkiOiIyMDI2In0.c2lnbmF0dXJl",
    "session": "x7k2m9q4w8e1r5t3y6u0i2o4p7a9s1d3",
    "link of a reset": "c5x2vj-8d1f0a7b3c9e5d2f4a6b8c0d1e3f5a7b",
}


@pytest.fixture(params=["line", "json"])
def written(request: pytest.FixtureRequest) -> Iterator[tuple[logging.Logger, StringIO]]:
    """A logger that writes as the portal's own handler does."""
    output = StringIO()
    handler = logging.StreamHandler(output)
    is_json = request.param == "json"
    words = "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s"
    handler.setFormatter(logs.JsonFormatter() if is_json else logs.LineFormatter(words))
    handler.addFilter(logs.RequestIdFilter())
    logger = logging.getLogger("ocop.test")
    logger.addHandler(handler)
    yield logger, output
    logger.removeHandler(handler)


@pytest.mark.parametrize("secret", PLANTED.values(), ids=PLANTED)
def test_log_when_a_secret_is_planted_then_it_is_struck_out(
    written: tuple[logging.Logger, StringIO], secret: str
) -> None:
    logger, output = written

    logger.error("cannot send to %s (%r)", secret, {"who": secret})
    logger.error("Internal Server Error: /tai-khoan/dat-lai/MQ/%s/?token=%s", secret, secret)
    try:
        raise ValueError(f"refused: {secret}")
    except ValueError:
        logger.exception("a task broke")

    assert secret not in output.getvalue()
    assert "cannot send to" in output.getvalue()
    assert "ValueError: refused" in output.getvalue()


@pytest.mark.parametrize(
    "harmless",
    [
        "ocop_portal.journal.tasks.seal",
        "certificate 12 of 2026-11-20 03:00 UTC",
        "a" * 32 + "1b" * 16,
        "/srv/portal/ocop_portal/journal/sealing.py",
        "status 503 after 2000 ms",
    ],
)
def test_log_when_nothing_is_secret_then_it_stays(
    written: tuple[logging.Logger, StringIO], harmless: str
) -> None:
    logger, output = written

    logger.error("about %s", harmless)

    assert f"about {harmless}" in output.getvalue()


def test_json_when_written_then_each_line_is_an_object_with_the_id() -> None:
    record_ = logging.LogRecord("ocop.x", logging.ERROR, "x.py", 1, "Lỗi\nhai dòng", None, None)
    record_.fields = {"route": "home", "ms": 3}
    try:
        raise KeyError("x")
    except KeyError:
        record_.exc_info = sys.exc_info()
    with tracing.following("abc123"):
        logs.RequestIdFilter().filter(record_)

    line = logs.JsonFormatter().format(record_)

    said = json.loads(line)
    assert "\n" not in line
    assert said["request_id"] == "abc123"
    assert (said["level"], said["logger"], said["message"]) == ("ERROR", "ocop.x", "Lỗi\nhai dòng")
    assert (said["route"], said["ms"]) == ("home", 3)
    assert "KeyError" in said["exception"]
