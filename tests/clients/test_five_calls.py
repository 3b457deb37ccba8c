"""The page for programmers keeps its word: its own five calls, run as they stand on it."""

import html
import os
import re
import shlex
import subprocess
import sys
from typing import Any

import pytest
import urllib3
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from ocop_portal.clients import tokens, views
from ocop_portal.clients.scopes import Scope
from scoring.models import Certificate
from tests.factories import people
from tests.factories import promotion as make_promotion
from tests.factories import rubrics as make_rubrics


@pytest.fixture
def page(
    transactional_db: None,
    live_server: LiveServer,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> str:
    """The guide of a portal with one recognised product, its examples leading to it."""
    settings.SITE_URL = live_server.url
    make_promotion.listing(stars=4)
    make_rubrics.edition("2026", views.EXAMPLE_SET)
    monkeypatch.setattr(views, "EXAMPLE_CODE", Certificate.objects.get().shown_code)
    answer = Client().get(reverse("clients:guide"))
    return answer.content.decode()


@pytest.fixture
def secret(transactional_db: None) -> str:
    lan = people.lan()
    scopes = (Scope.READ, Scope.FEED)
    return tokens.make(name="x", scopes=scopes, days=1, by=lan, at=timezone.now())[1]


def pieces(page: str, kind: str) -> list[str]:
    found = re.findall(rf'<code class="{kind}"[^>]*>(.*?)</code>', page, flags=re.DOTALL)
    return [html.unescape(text) for text in found]


def ask(command: str, secret: str) -> Any:
    """Does what the curl command says: address, method, headers, body."""
    words = shlex.split(command.replace("$OCOP_TOKEN", secret))
    headers, body, address = {}, None, ""
    rest = iter(words[1:])
    for word in rest:
        if word == "-H":
            name, _colon, value = next(rest).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = next(rest).encode()
        elif word == "-X":
            next(rest)
        else:
            address = word
    method = "POST" if body else "GET"
    return urllib3.request(method, address, body=body, headers=headers).json()


@pytest.mark.django_db(transaction=True)
def test_the_calls_of_the_page_answer_as_it_says(page: str, secret: str) -> None:
    products, certificate, evaluation, dossiers, changes = (
        ask(command, secret) for command in pieces(page, "call")
    )

    assert products["count"] == 1
    assert certificate["status"] == "valid"
    assert (evaluation["complete"], evaluation["total"], bool(evaluation["plans"])) == (
        False,
        0,
        True,
    )
    assert dossiers["count"] == 0
    assert (changes["next"], changes["has_more"]) == (0, False)


@pytest.mark.django_db(transaction=True)
def test_the_program_of_the_page_runs(page: str, secret: str) -> None:
    (program,) = pieces(page, "program")

    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"OCOP_TOKEN": secret},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (done.stderr, done.stdout.split()) == ("", ["1", "valid", "0", "0", "0"])
