"""/healthz tells whether database, broker and worker are well."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client

from ocop_portal.celery import app as celery_app
from ocop_portal.web import tasks

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def test_all_is_well(client: Client) -> None:
    tasks.beat_heart()

    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok", "database": "ok", "broker": "ok", "worker": "ok"}


def test_worker_that_was_never_seen_is_down(client: Client) -> None:
    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["worker"] == "never seen"


@pytest.mark.parametrize(("silent_for", "status"), [(59, 200), (61, 503), (3600, 503)])
def test_silence_of_the_worker_is_noticed_within_ninety_seconds(
    client: Client, silent_for: int, status: int
) -> None:
    with time_machine.travel(NOW, tick=False):
        tasks.beat_heart()
    with time_machine.travel(NOW + timedelta(seconds=silent_for), tick=False):
        response = client.get("/healthz")

    assert response.status_code == status


def test_broker_that_does_not_answer_is_down(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(**_options: Any) -> None:
        raise OSError("no broker")

    tasks.beat_heart()
    monkeypatch.setattr(celery_app, "connection_for_write", unreachable)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json() | {"status": ""} == {
        "status": "",
        "database": "ok",
        "broker": "unreachable",
        "worker": "ok",
    }


def test_broker_of_files_needs_its_folder(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tasks.beat_heart()
    options = celery_app.conf.broker_transport_options
    monkeypatch.setitem(options, "data_folder_out", str(tmp_path))
    there = client.get("/healthz").status_code
    monkeypatch.setitem(options, "data_folder_out", str(tmp_path / "gone"))

    gone = client.get("/healthz")

    assert there == 200
    assert (gone.status_code, gone.json()["broker"]) == (503, "unreachable")


def test_database_that_does_not_answer_is_down(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable() -> None:
        raise OperationalError("no database")

    monkeypatch.setattr(connection, "cursor", unreachable)

    response = client.get("/healthz")

    assert response.status_code == 503
    assert response.json()["database"] == "unreachable"
    assert response.json()["worker"] == "unknown"


def test_health_needs_no_login_and_is_not_cached(client: Client) -> None:
    assert "no-store" in client.get("/healthz")["Cache-Control"]


def test_robots_stay_outside(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /ban-lam-viec/\n" in text
