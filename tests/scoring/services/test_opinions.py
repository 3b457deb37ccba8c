"""The advisory team: shown beside the criterion once sent, counted nowhere."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from ocop_portal.journal.models import Entry
from registry.domain.errors import Stale
from scoring.domain.council import Seat
from scoring.models import AgendaItem, CouncilMember, Opinion, OpinionLine
from scoring.selectors.boards import board_of
from scoring.selectors.opinions import advice_by_criterion, sent_opinions
from scoring.selectors.rubrics import rubric_of
from scoring.services import councils, declarations, opinions, ratings, sheets
from scoring.services.opinions import Said
from tests.factories import registry
from tests.factories import scoring as make
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def adviser_of(held: make.Room) -> CouncilMember:
    return councils.add_member(
        held.council,
        user=registry.person("Vũ Tư Vấn"),
        seat=Seat.ADVISER,
        starts_on=date(2026, 1, 6),
        by=held.officer,
        at=make.NOW,
    )


@pytest.fixture
def held() -> make.Room:
    dossier = make.accepted_dossier(regime="2019")
    room = make.room_for(dossier)
    adviser_of(room)
    make.opened(room, make.called(room, dossier))
    return room


@pytest.fixture
def adviser(held: make.Room, item: AgendaItem) -> CouncilMember:
    found = held.council.members.get(seat=Seat.ADVISER)
    declarations.declare(item, has_conflict=False, by=found.user, at=make.MEETING)
    return found


@pytest.fixture
def item(held: make.Room) -> AgendaItem:
    return make.item_of(held.council.sessions.get())


def said(item: AgendaItem, remark: str = "Hương bền", **facts: str) -> Said:
    first, second = rubric_of(item.edition).criteria[:2]
    return Said(
        {first.code: first.options[0].id},
        {first.code: remark, second.code: "Cần xem lại"},
        **facts,  # type: ignore[arg-type] # texts by their names
    )


def test_a_draft_is_read_by_nobody_else_and_a_sent_opinion_by_the_council(
    adviser: CouncilMember, item: AgendaItem
) -> None:
    draft = opinions.save(item, said(item), version=0, by=adviser.user, at=make.MEETING)
    before = list(sent_opinions(item))
    opinions.send(item, said(item), version=1, by=adviser.user, at=make.MEETING)
    rubric = rubric_of(item.edition)
    first, second = rubric.criteria[:2]
    advice = advice_by_criterion(sent_opinions(item), rubric)

    assert (draft.version, before) == (1, [])
    assert set(advice) == {first.code, second.code}
    assert (advice[first.code][0].option, advice[first.code][0].remark) == (
        first.options[0],
        "Hương bền",
    )
    assert (advice[second.code][0].option, advice[second.code][0].remark) == (None, "Cần xem lại")


def test_an_opinion_counts_neither_in_a_total_nor_for_the_quorum(
    held: make.Room, adviser: CouncilMember, item: AgendaItem
) -> None:
    opinions.send(item, said(item), by=adviser.user, at=make.MEETING)
    item = make.scored(item, held.voters, [70, 71, 72, 73])
    board = board_of(item)
    rating = ratings.conclude(item, by=held.chair.user, at=make.MEETING)

    assert (board.quorum.voters, len(board.sheets)) == (4, 4)
    assert rating is not None
    assert (rating.points, rating.sheets) == (286, 4)
    with pytest.raises(PermissionDenied):
        sheets.save(item, choices={}, by=adviser.user, at=make.MEETING)


def test_a_sent_opinion_is_replaced_only_by_another_sending(
    adviser: CouncilMember, item: AgendaItem
) -> None:
    opinions.send(item, said(item), version=0, by=adviser.user, at=make.MEETING)

    with refusal("opinion.sent"):
        opinions.save(item, said(item, "Khác"), version=1, by=adviser.user, at=make.MEETING)
    with pytest.raises(Stale):
        opinions.send(item, said(item, "Khác"), version=0, by=adviser.user, at=make.MEETING)
    opinions.send(item, said(item, "Sửa"), version=1, by=adviser.user, at=make.MEETING)

    assert OpinionLine.objects.first().remark == "Sửa"  # type: ignore[union-attr] # there are two
    assert OpinionLine.objects.count() == 2
    assert Entry.objects.filter(kind="scoring.opinion.sent").count() == 2


def test_a_request_for_supplements_is_told_once_for_every_wording(
    adviser: CouncilMember, item: AgendaItem
) -> None:
    for wording in ("Phiếu kiểm nghiệm", "Phiếu kiểm nghiệm", "Phiếu kiểm nghiệm, nhãn", ""):
        opinions.send(item, said(item, supplements=wording), by=adviser.user, at=make.MEETING)

    told = Entry.objects.filter(kind="scoring.supplement.asked").order_by("pk")
    assert [entry.facts["supplements"] for entry in told] == [
        "Phiếu kiểm nghiệm",
        "Phiếu kiểm nghiệm, nhãn",
    ]


def test_who_may_not_advise(held: make.Room, adviser: CouncilMember, item: AgendaItem) -> None:
    other = adviser_of(held)

    for nobody in (held.chair.user, held.secretary.user, held.officer, other.user):
        with pytest.raises(PermissionDenied):
            opinions.save(item, said(item), by=nobody, at=make.MEETING)
    declarations.declare(item, has_conflict=True, by=adviser.user, at=make.MEETING)
    with pytest.raises(PermissionDenied):
        opinions.send(item, said(item), by=adviser.user, at=make.MEETING)
    assert not Opinion.objects.exists()


def test_bad_input_changes_nothing(
    held: make.Room, adviser: CouncilMember, item: AgendaItem
) -> None:
    first, second = rubric_of(item.edition).criteria[:2]
    by = adviser.user

    with refusal("opinion.empty"):
        opinions.send(item, Said(), by=by, at=make.MEETING)
    with refusal("sheet.foreign_option"):
        opinions.save(item, Said({first.code: second.options[0].id}), by=by, at=make.MEETING)
    with refusal("sheet.unknown_criterion"):
        opinions.save(item, Said({}, {"99.9": "Gì đó"}), by=by, at=make.MEETING)
    assert not Opinion.objects.exists()

    make.scored(item, held.voters, [70] * 4)
    ratings.conclude(item, by=held.chair.user, at=make.MEETING)
    with pytest.raises(PermissionDenied):
        opinions.send(item, said(item), by=by, at=make.MEETING)
