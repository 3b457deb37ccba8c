"""The static check of a credential in a real browser: without a network, by kept keys alone."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page, expect

from scoring.domain import jws
from scoring.domain.decision_states import DecisionKind
from scoring.models import Certificate
from scoring.services import credentials, documents, keys
from tests.factories import promotion as make
from tests.factories import registry, scoring
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHECK = "/xac-thuc/chung-thu/"
KEPT = """() => {
  const stored = name => JSON.parse(localStorage.getItem(name) ?? "{}");
  return stored("ocop-keys").keys?.length === 2 && Object.keys(stored("ocop-lists")).length === 3;
}"""


@pytest.fixture(autouse=True)
def _today(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.KEYS_DIR = tmp_path / "keys"
    with time_machine.travel(make.NOW):
        yield


def held(name: str) -> Certificate:
    made = documents.make_certificate(make.certificate(registry.product(name=name)))
    credentials.make(made, at=make.NOW)
    return made


def outcome(page: Page, token: str) -> str:
    """What the page says of a credential, once it has said it."""
    page.locator("#credential-answer").evaluate("place => place.replaceChildren()")
    page.locator("#chung-thu").fill(token)
    page.get_by_role("button", name="Kiểm tra", exact=True).click()
    answer = page.locator("#credential-answer .verify__word")
    expect(answer).to_be_visible()
    return page.locator("#credential-answer").inner_text()


def changed(token: str) -> str:
    """One byte of what was signed is another one."""
    place = token.index(".") + 40
    return token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]


def test_check_when_there_is_no_network_then_kept_keys_and_lists_tell(
    open_page: PageOpener,
) -> None:
    old = held("Chè Tân Cương").credential.token
    keys.rotate(at=make.NOW)
    later = held("Mật ong Võ Nhai")
    credentials.refresh_lists(at=make.NOW)
    stranger = jws.sign({"type": ["OcopCertificate"]}, jws.new_key())
    page = open_page(width=360)
    page.clock.set_fixed_time(make.NOW + timedelta(minutes=5))
    page.goto(CHECK)
    page.wait_for_function(KEPT)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")

    page.context.set_offline(offline=True)
    page.reload()

    assert "Chứng thư thật – Còn hiệu lực" in outcome(page, old)
    found = outcome(page, later.credential.token)
    assert "Chứng thư thật – Còn hiệu lực" in found
    assert "Mật ong Võ Nhai" in found
    assert "Không phải chứng thư thật" in outcome(page, changed(old))
    assert "Không phải chứng thư thật" in outcome(page, stranger)
    assert "Không phải chứng thư thật" in outcome(page, "không phải chứng thư")
    page.clock.set_fixed_time(make.NOW + timedelta(days=70 * 365))
    found = outcome(page, old)
    assert "Đã hết hạn" in found
    assert "Danh sách trạng thái đã cũ" in found

    page.clock.set_fixed_time(make.NOW + timedelta(minutes=6))
    scoring.decided(later, DecisionKind.REVOKE)
    credentials.refresh_lists(at=make.NOW + timedelta(minutes=6))
    assert "Còn hiệu lực" in outcome(page, later.credential.token)
    page.context.set_offline(offline=False)
    page.reload()
    assert "Đã bị thu hồi" in outcome(page, later.credential.token)
    assert "Còn hiệu lực" in outcome(page, old)
