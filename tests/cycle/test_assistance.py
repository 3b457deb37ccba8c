"""Assisted filing: an officer writes, the producer confirms; nothing counts before."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from cycle.models import Enrolment, Idea, Move
from cycle.selectors import enrolment_waiting_on, enrolments_waiting_for
from cycle.services import assistance, ideas
from ocop_portal.accounts.models import User
from ocop_portal.journal import notices
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken, Stale
from registry.domain.regime import Level
from tests.factories import cycle, registry
from tests.factories.cycle import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
TEXTS: dict[str, Any] = {
    "description": "Che\u0300",
    "local_speciality": "Giống bản địa",
    "value_added": "Thêm việc làm",
    "no_harm": "Ủ phụ phẩm",
}


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(name: str, row: Enrolment) -> str:
    return reverse(f"cycle:{name}", args=[row.pk])


def prepared(row: Enrolment) -> Idea:
    officer = cycle.officer_for(row, Level.COMMUNE)
    version = row.idea.version
    return assistance.prepare(row.idea, version=version, by=officer, at=NOW, **TEXTS)


def test_what_an_officer_wrote_counts_when_the_producer_confirms() -> None:
    row = cycle.enrolment()
    officer, owner = cycle.officer_for(row, Level.COMMUNE), cycle.owner_of(row)

    answer = client_of(officer).post(
        page("idea-assist", row), {**TEXTS, "version": row.idea.version}
    )
    assert answer.status_code == 302
    idea = Idea.objects.get()
    assert (idea.state, idea.assisted_by, idea.submitted_at) == ("prepared", officer, None)
    assert idea.description == "Chè"
    row = Enrolment.objects.get(pk=row.pk)
    assert enrolment_waiting_on(row).who == row.product.subject.name
    assert list(enrolments_waiting_for(owner, TODAY)) == [row]
    assert "đã soạn hộ" in client_of(owner).get(page("idea", row)).content.decode()

    for _press in range(2):
        assert client_of(owner).post(page("idea-confirm", row)).status_code == 302
    assert Idea.objects.get().state == "submitted"
    acts = Move.objects.filter(enrolment=row, name__startswith="idea.").order_by("id")
    assert [(move.name, move.by) for move in acts] == [
        ("idea.prepare", officer),
        ("idea.submit", owner),
    ]
    kinds = Entry.objects.filter(kind__startswith="cycle.idea.").order_by("id")
    assert [(entry.kind, entry.actor) for entry in kinds] == [
        ("cycle.idea.saved", officer),
        ("cycle.idea.prepared", officer),
        ("cycle.idea.submitted", owner),
    ]


def test_the_producer_is_told_and_may_take_it_back() -> None:
    row = cycle.enrolment()
    owner = cycle.owner_of(row)
    prepared(row)

    entry = Entry.objects.get(kind="cycle.idea.prepared")
    notice = notices.notice_of(entry.kind)
    assert notice is not None
    assert list(notice.recipients(entry)) == [owner]
    client_of(owner).post(page("idea-reopen", row))

    assert Idea.objects.get().state == "draft"
    assert client_of(owner).get(page("idea", row)).context["form"] is not None


def test_nobody_confirms_for_the_producer() -> None:
    row = cycle.enrolment()
    idea = prepared(row)
    officer = cycle.officer_for(row, Level.COMMUNE)

    with pytest.raises(PermissionDenied):
        ideas.submit(idea, by=officer, at=NOW)
    with pytest.raises(PermissionDenied):
        assistance.reopen(idea, by=officer, at=NOW)
    with pytest.raises(RuleBroken, match=r"idea\.not_from_here"):
        ideas.accept(idea, findings=cycle.ALL_MET, by=cycle.appraiser_for(row), at=NOW)


@pytest.mark.parametrize("level", [Level.COMMUNE, Level.DISTRICT])
def test_officers_of_the_commune_and_of_the_appraising_level_may_assist(level: Level) -> None:
    row = cycle.enrolment(regime="2019")

    assert client_of(cycle.officer_for(row, level)).get(page("idea-assist", row)).status_code == 200
    assert client_of(cycle.owner_of(row)).get(page("idea-assist", row)).status_code == 403
    assert client_of(registry.person()).get(page("idea-assist", row)).status_code == 404


def test_half_an_idea_and_an_old_version_leave_nothing() -> None:
    row = cycle.enrolment()
    officer = cycle.officer_for(row, Level.COMMUNE)
    version = row.idea.version

    with pytest.raises(RuleBroken, match=r"idea\.needs_written"):
        assistance.prepare(row.idea, version=version, description="x", by=officer, at=NOW)
    assert (Idea.objects.get().description, Idea.objects.get().assisted_by) == ("", None)
    ideas.save(row.idea, version=version, market="Chợ", by=cycle.owner_of(row), at=NOW)
    with pytest.raises(Stale):
        assistance.prepare(row.idea, version=version, by=officer, at=NOW, **TEXTS)
