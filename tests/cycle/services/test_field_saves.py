"""Single fields that are saved while they are written."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cycle.models import BusinessPlan, Dossier, Idea
from cycle.services import ideas
from cycle.services.field_saves import save_fields
from cycle.services.papers import Paper
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from registry.domain.merging import Merged, mark_of
from registry.domain.roles import Role
from tests.factories import cycle, people, registry
from tests.factories.cycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
# Both ends, empty lines, an emoji of several signs, letters that look alike.
TEXT = "  \n\nChè đắng\tĐồng Hỷ \U0001f468\u200d\U0001f33e\n\n 1 kg = 5 búp\n "


def saved(paper: Paper, name: str, text: Any, *, read: Any = "", at: Any = NOW) -> Merged:
    owner = cycle.owner_of(paper.enrolment)
    return save_fields(
        paper, {name: text}, seen={name: frozenset({mark_of(read)})}, by=owner, at=at
    )


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda: cycle.enrolment().idea, "market"),
        (lambda: cycle.with_idea_accepted(cycle.enrolment()).plan, "finance"),
        (cycle.draft_dossier, "introduction"),
    ],
)
def test_a_text_comes_back_sign_for_sign(make: Callable[[], Paper], name: str) -> None:
    paper = make()

    assert saved(paper, name, TEXT) == Merged(written=(name,))

    stored = type(paper)._default_manager.get(pk=paper.pk)
    assert getattr(stored, name) == TEXT
    assert stored.version == paper.version + 1


def test_the_button_keeps_the_same_text_as_the_field() -> None:
    idea = cycle.enrolment().idea
    owner = cycle.owner_of(idea.enrolment)

    ideas.save(idea, version=1, market=TEXT.replace("\n", "\r\n"), by=owner, at=NOW)

    assert Idea.objects.get().market == TEXT


def test_of_two_devices_on_one_field_the_second_gets_both_texts() -> None:
    idea = cycle.enrolment().idea
    saved(idea, "market", "Máy thứ nhất")

    second = saved(idea, "market", "Máy thứ hai")

    assert second == Merged(conflicts={"market": "Máy thứ nhất"})
    assert Idea.objects.get().market == "Máy thứ nhất"
    chosen = saved(idea, "market", "Máy thứ hai", read="Máy thứ nhất")
    assert chosen == Merged(written=("market",))
    assert Idea.objects.get().market == "Máy thứ hai"


def test_two_devices_on_two_fields_do_not_meet() -> None:
    idea = cycle.enrolment().idea

    assert saved(idea, "market", "Chợ phiên").written == ("market",)
    assert saved(idea, "difference", "Sao tay").written == ("difference",)


def test_one_fields_conflict_keeps_back_no_other() -> None:
    idea = cycle.enrolment().idea
    saved(idea, "market", "Của người khác")
    nothing = frozenset({mark_of("")})

    merged = save_fields(
        idea,
        {"market": "Của tôi", "difference": "Sao tay"},
        seen={"market": nothing, "difference": nothing},
        by=cycle.owner_of(idea.enrolment),
        at=NOW,
    )

    assert merged == Merged(written=("difference",), conflicts={"market": "Của người khác"})


def test_the_next_text_after_a_lost_answer_is_no_conflict() -> None:
    idea = cycle.enrolment().idea
    saved(idea, "market", "Chợ")  # it arrived; the page never heard

    known = frozenset({mark_of(""), mark_of("Chợ")})
    owner = cycle.owner_of(idea.enrolment)
    merged = save_fields(idea, {"market": "Chợ phiên"}, seen={"market": known}, by=owner, at=NOW)

    assert merged == Merged(written=("market",))


def entries() -> list[tuple[int | None, list[str]]]:
    rows = Entry.objects.filter(kind="cycle.idea.saved").order_by("id")
    return [(row.actor_id, row.facts["fields"]) for row in rows]


def test_half_an_hour_of_writing_is_one_entry_of_the_journal() -> None:
    idea = cycle.enrolment().idea
    owner = cycle.owner_of(idea.enrolment)
    text = ""
    for minute, word in enumerate(["Chợ", "Chợ phiên", "Chợ phiên xã"]):
        saved(idea, "market", word, read=text, at=NOW + timedelta(minutes=minute * 14))
        text = word
    saved(idea, "difference", "Sao tay", at=NOW)
    assert entries() == [(owner.pk, ["market"]), (owner.pk, ["difference"])]

    saved(idea, "market", "Chợ tỉnh", read=text, at=NOW + timedelta(minutes=31))
    assert entries()[2:] == [(owner.pk, ["market"])]


def test_a_field_that_somebody_else_wrote_meanwhile_is_told_again() -> None:
    idea = cycle.enrolment().idea
    owner = cycle.owner_of(idea.enrolment)
    editor = registry.person()
    registry.posting(editor, Role.EDITOR, idea.enrolment.product.subject)
    saved(idea, "market", "Một")
    seen = {"market": frozenset({mark_of("Một")})}
    save_fields(idea, {"market": "Hai"}, seen=seen, by=editor, at=NOW)
    saved(idea, "market", "Ba", read="Hai")

    assert [actor for actor, _fields in entries()] == [owner.pk, editor.pk, owner.pk]


def test_what_stands_there_already_is_no_fault_after_the_handing_in() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())

    assert saved(row.idea, "description", "Chè búp sao tay") == Merged()
    with pytest.raises(RuleBroken) as refusal:
        saved(row.idea, "description", "Chè khác", read="Chè búp sao tay")
    assert refusal.value.code == "paper.not_open"


def test_own_capital_beyond_the_whole_is_refused_at_its_field() -> None:
    plan = cycle.with_idea_accepted(cycle.enrolment()).plan
    saved(plan, "investment", 100)

    with pytest.raises(RuleBroken) as refusal:
        saved(plan, "own_capital", 101)

    assert (refusal.value.code, refusal.value.field) == ("plan.money", "own_capital")
    assert BusinessPlan.objects.get().own_capital is None


def test_strangers_write_nothing() -> None:
    dossier = cycle.draft_dossier()
    nothing = {"introduction": frozenset({mark_of("")})}

    with pytest.raises(PermissionDenied):
        save_fields(dossier, {"introduction": "x"}, seen=nothing, by=people.tuan(), at=NOW)

    assert Dossier.objects.get().introduction == ""
