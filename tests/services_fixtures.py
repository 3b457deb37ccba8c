"""Fixtures that need servers: the worker as a process of its own, a browser, a live site.

A test that uses one is marked `services` or `browser`; `./ocop test` starts what they need.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.live_server_helper import LiveServer

from tests import servers

os.environ.setdefault("DJANGO_LIVE_TEST_SERVER_ADDRESS", "127.0.0.1")
HEIGHTS = {360: 740, 768: 1024, 1366: 768}
TOUCHED = 800  # px: phones, and tablets held upright
PATIENCE_MS = 15_000


@dataclass(frozen=True)
class Worker:
    """A running Celery worker and the folder into which it puts its mail."""

    pid: int
    outbox: Path
    log: Path

    def letters(self) -> list[str]:
        """Every mail that it sent so far, oldest first."""
        found = sorted(self.outbox.glob("*.log"), key=lambda path: path.stat().st_mtime_ns)
        return [path.read_text(encoding="utf-8") for path in found]


WorkerStarter = Callable[[], AbstractContextManager[Worker]]


class PageOpener(Protocol):
    """Opens a page of the live site for a person with a browser profile of their own."""

    def __call__(
        self,
        *,
        width: int = ...,
        scheme: Literal["light", "dark"] = ...,
        javascript: bool = ...,
    ) -> Page: ...


@pytest.fixture(scope="session")
def start_worker(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> WorkerStarter:
    """Starts a worker with beat on the tests' own database; for a test that also ends it."""
    from django.conf import settings  # noqa: PLC0415 - after the database got its name
    from django.db import connection  # noqa: PLC0415 - as above

    if connection.vendor != "postgresql" or not settings.REDIS_URL:
        pytest.fail("a worker process needs PostgreSQL and Redis: run ./ocop test PATH")

    @contextmanager
    def start() -> Iterator[Worker]:
        folder = tmp_path_factory.mktemp("worker")
        outbox = folder / "outbox"
        outbox.mkdir()
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "OCOP_DB_NAME": str(settings.DATABASES["default"]["NAME"]),
            "OCOP_TEST_OUTBOX": str(outbox),
        }
        with servers.worker(folder, env) as running:
            yield Worker(pid=running.pid, outbox=outbox, log=folder / "worker.log")

    return start


@pytest.fixture(scope="module")
def celery_worker_process(start_worker: WorkerStarter) -> Iterator[Worker]:
    """One worker for the tests of a file; another file may count on there being none."""
    with start_worker() as worker:
        yield worker


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; root gets it without its sandbox, which refuses root."""
    path = servers.chromium_on_path()
    if not path and "PLAYWRIGHT_BROWSERS_PATH" not in os.environ:
        pytest.fail("no Chromium on PATH: run ./ocop test PATH, which installs one")
    # Playwright keeps an event loop in this thread; Django's ORM is used beside it, not in it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    words = ["--no-sandbox"] if os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE_MS)  # a sign is waited for as long as a press
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path or None, args=words)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def live(live_server: LiveServer, settings: Settings) -> str:
    """The address of the portal served on 127.0.0.1, without a slash at the end."""
    settings.SITE_URL = live_server.url
    settings.CSRF_TRUSTED_ORIGINS = [live_server.url]
    return live_server.url


@pytest.fixture
def open_page(chromium: Browser, live: str) -> Iterator[PageOpener]:
    """Opens a page of the live site for a person with a browser profile of their own.

    `open_page()` is a desk at 1366 px, `open_page(width=360)` a phone, 768 a tablet; paths are
    relative to the site. A script error on any page fails the test.
    """
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_one(
        *, width: int = 1366, scheme: Literal["light", "dark"] = "light", javascript: bool = True
    ) -> Page:
        context = chromium.new_context(
            base_url=live,
            viewport={"width": width, "height": HEIGHTS.get(width, 800)},
            locale="vi-VN",
            has_touch=width < TOUCHED,
            color_scheme=scheme,
            java_script_enabled=javascript,
        )
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def page(open_page: PageOpener) -> Page:
    """A desk at 1366 px."""
    return open_page()


@pytest.fixture
def phone(open_page: PageOpener) -> Page:
    """A phone at 360 px."""
    return open_page(width=360)
