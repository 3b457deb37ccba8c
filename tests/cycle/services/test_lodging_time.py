"""A lodging in the second in which the window closes, and one that is sent twice."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cycle.models import Dossier, Lodging
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from tests.factories import cycle

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
LAST_DAY = date(2026, 11, 30)
HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
MIDNIGHT = datetime(2026, 12, 1, tzinfo=HANOI)


@pytest.fixture
def dossier() -> Dossier:
    return cycle.filled_dossier(cycle.enrolment(cycle.season(closes_on=LAST_DAY)))


def test_the_last_second_of_the_last_day_is_in_time(dossier: Dossier) -> None:
    lodged = cycle.lodged(dossier, at=MIDNIGHT - timedelta(microseconds=1))

    assert lodged.code.startswith("HS-")
    assert Lodging.objects.get().at < MIDNIGHT


def test_the_second_after_is_too_late_says_why_and_loses_nothing(dossier: Dossier) -> None:
    with pytest.raises(RuleBroken) as refusal:
        cycle.lodged(dossier, at=MIDNIGHT)

    assert refusal.value.text == "Đợt này không còn nhận hồ sơ."
    kept = Dossier.objects.get()
    assert (kept.state, kept.code, kept.due_on) == ("draft", "", None)
    assert kept.introduction == dossier.introduction
    assert kept.evidence.count() == 1
    assert not Lodging.objects.exists()


def test_what_came_in_time_is_not_refused_when_it_is_sent_again_after_midnight(
    dossier: Dossier,
) -> None:
    first = cycle.lodged(dossier, at=MIDNIGHT - timedelta(seconds=1))

    second = cycle.lodged(dossier, at=MIDNIGHT + timedelta(seconds=1))

    assert second.code == first.code
    assert Lodging.objects.count() == 1
    assert Entry.objects.filter(kind="cycle.dossier.lodged").count() == 1
