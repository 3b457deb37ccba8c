"""An office calls milestones and days: named one by one, refused where there is none."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cycle.domain.messages import Side
from cycle.models import Conversation, Enrolment, Message
from cycle.services import calls
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from tests.factories import cycle, registry
from tests.factories.registry import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def row() -> Enrolment:
    return cycle.enrolment(round=cycle.season(closes_on=TODAY + timedelta(days=200)))


def planned(row: Enrolment, title: str, due_on: date, **facts: date) -> None:
    row.milestones.create(title=title, due_on=due_on, **facts)


def test_message_names_what_is_past_and_near_and_nothing_else(row: Enrolment) -> None:
    planned(row, "In nhãn", TODAY - timedelta(days=3))
    planned(row, "Gửi mẫu", TODAY + timedelta(days=7))
    planned(row, "Chụp ảnh", TODAY + timedelta(days=8))
    planned(row, "Mua máy", TODAY - timedelta(days=9), completed_on=TODAY)

    message = calls.call(row, by=cycle.officer_for(row, Level.PROVINCE), at=NOW)

    assert message.text.splitlines() == [
        "Cơ quan OCOP nhắc các hạn của sản phẩm này:",
        f"- Mốc “In nhãn”: hạn {TODAY - timedelta(days=3):%d/%m/%Y}, đã quá 3 ngày.",
        f"- Mốc “Gửi mẫu”: hạn {TODAY + timedelta(days=7):%d/%m/%Y}.",
    ]
    assert message.side == Side.OFFICE
    assert Conversation.objects.get().awaits == Side.NOBODY


def test_lodging_day_of_the_round_is_called_while_the_dossier_is_a_draft() -> None:
    season = cycle.season(closes_on=TODAY + timedelta(days=2))
    dossier = cycle.draft_dossier(cycle.enrolment(round=season))

    message = calls.call(
        dossier.enrolment, by=cycle.officer_for(dossier.enrolment, Level.PROVINCE), at=NOW
    )

    assert f"Nộp hồ sơ của đợt: hạn {season.closes_on:%d/%m/%Y}" in message.text


def test_where_no_day_is_near_nothing_is_written(row: Enrolment) -> None:
    planned(row, "Chụp ảnh", TODAY + timedelta(days=8))

    with pytest.raises(RuleBroken) as refusal:
        calls.call(row, by=cycle.officer_for(row, Level.PROVINCE), at=NOW)

    assert refusal.value.code == "call.nothing"
    assert not Message.objects.exists()


def test_stranger_may_not_call_and_learns_no_day(row: Enrolment) -> None:
    planned(row, "In nhãn", TODAY)

    with pytest.raises(PermissionDenied):
        calls.call(row, by=registry.person("Tuấn"), at=NOW)
