"""Lists and the desk: the same number of queries for one row and for fifty."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ocop_portal.accounts.models import User
from ocop_portal.web import desk
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Unit
from scoring import menu
from scoring.domain.complaint_states import ComplaintEffect, ComplaintState
from scoring.domain.council import Seat
from scoring.models import (
    AgendaItem,
    Certificate,
    Complaint,
    Council,
    CouncilMember,
    Decision,
    SampleNumber,
    Session,
)
from tests.conftest import LogIn
from tests.factories import cycle, registry
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db


def queries(log_in: LogIn, user: User, address: str) -> int:
    browser = log_in(user)
    with time_machine.travel(make.NOW, tick=False):
        browser = log_in(user)
        browser.get(address)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            answer = browser.get(address)
    assert answer.status_code == 200
    return len(seen)


def councils(unit: Unit, officer: User, count: int) -> None:
    Council.objects.bulk_create(
        Council(
            name=f"Hội đồng {number}",
            level=Level.PROVINCE,
            unit=unit,
            decision_number=f"{number}/QĐ",
            decided_on=date(2026, 1, 5),
            starts_on=date(2026, 1, 6),
            appointed_at=make.NOW,
            appointed_by=officer,
        )
        for number in range(count)
    )


def test_the_list_of_councils_asks_as_often_for_fifty_as_for_one(
    log_in: LogIn, provincial_officer: User
) -> None:
    unit = registry.province()
    councils(unit, provincial_officer, 1)
    one = queries(log_in, provincial_officer, reverse("scoring:council-list"))
    Council.objects.all().delete()
    councils(unit, provincial_officer, 50)
    fifty = queries(log_in, provincial_officer, reverse("scoring:council-list"))

    assert (one, fifty) == (9, 9)


def test_the_list_of_certificates_asks_as_often_for_fifty_as_for_one(log_in: LogIn) -> None:
    rating = make.concluded(make.accepted_dossier(regime="2026"), [74, 74, 75])
    decision = make.signed(make.drafted(rating))
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, decision.unit)
    address = reverse("scoring:certificate-list")
    one = queries(log_in, officer, address)
    first = Certificate.objects.get()
    product = first.product
    for number in range(49):
        product.pk = None
        product.save()
        first.pk, first.product, first.number = None, product, f"{number}/x"
        first.code = f"{number:012d}"
        first.save()
    fifty = queries(log_in, officer, address)

    assert (one, fifty) == (8, 8)


def test_the_list_of_decisions_asks_as_often_for_fifty_as_for_one(
    log_in: LogIn, provincial_officer: User
) -> None:
    unit = registry.province()

    def drafts(count: int) -> None:
        Decision.objects.bulk_create(
            Decision(
                level=Level.PROVINCE,
                unit=unit,
                year=2026,
                decided_on=make.TODAY,
                title=f"Quyết định {number}",
                drafted_at=make.NOW,
                drafted_by=provincial_officer,
            )
            for number in range(count)
        )

    drafts(1)
    one = queries(log_in, provincial_officer, reverse("scoring:decision-list"))
    drafts(49)
    fifty = queries(log_in, provincial_officer, reverse("scoring:decision-list"))

    assert (one, fifty) == (9, 9)


def test_the_number_register_asks_as_often_for_fifty_as_for_one(log_in: LogIn) -> None:
    rating = make.concluded(make.accepted_dossier(regime="2026"), [74, 74, 75])
    first = make.drafted(rating, number="1/QĐ-UBND")
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, rating.unit)
    address = reverse("scoring:decision-register", args=[rating.unit_id, first.year])
    one = queries(log_in, officer, address)
    for number in range(2, 51):
        first.pk, first.number = None, f"{number}/QĐ-UBND"
        first.save()
    fifty = queries(log_in, officer, address)

    assert (one, fifty) == (6, 6)


def test_the_list_of_complaints_asks_as_often_for_fifty_as_for_one(log_in: LogIn) -> None:
    rating = make.concluded(make.accepted_dossier(regime="2026"), [74, 74, 75])
    first = make.complaint(rating, at=make.NOW)
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, rating.unit)
    owner = cycle.owner_of(rating.dossier.enrolment)
    address = reverse("scoring:complaint-list")
    one = [queries(log_in, person, address) for person in (officer, owner)]
    Complaint.objects.bulk_create(
        Complaint(
            rating=rating,
            lodged_at=make.NOW,
            lodged_by=owner,
            owner=registry.person(),
            due_on=first.due_on,
            state=ComplaintState.ANSWERED,
            answer="Giữ nguyên",
            effect=ComplaintEffect.KEEP,
            answered_at=make.NOW,
        )
        for _ in range(49)
    )
    fifty = [queries(log_in, person, address) for person in (officer, owner)]

    assert one == [7, 8]
    assert fifty == [7, 8]


def test_agenda_and_desk_ask_as_often_for_many_dossiers_as_for_one(log_in: LogIn) -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier)
    session = make.opened(held, make.called(held, dossier))
    item = make.item_of(session)
    page = session.get_absolute_url()

    def asked() -> tuple[int, int]:
        chair = User.objects.get(pk=held.chair.user_id)
        reset_queries()  # the log keeps 9,000 lines; a full one would count nothing
        with CaptureQueriesContext(connection) as seen:
            assert list(menu.tasks(chair, make.MEETING))
        return queries(log_in, held.chair.user, page), len(seen)

    one = asked()
    for order in range(2, 51):
        _another(item, session, order)
    many = asked()

    assert (one, many) == ((27, 11), (27, 11))


ROOM = {
    "session-board": 20,
    "session-board-live": 18,
    "session-projection": 18,
    "session-assign": 19,
    "session-minutes": 19,
    "session-minutes-pdf": 18,
}


def test_the_pages_of_a_session_ask_as_often_for_fifty_products_as_for_one(log_in: LogIn) -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier)
    session = make.opened(held, make.called(held, dossier))
    item = make.item_of(session)

    def asked() -> dict[str, int]:
        return {
            name: queries(log_in, held.chair.user, reverse(f"scoring:{name}", args=[session.pk]))
            for name in ROOM
        }

    one = asked()
    for order in range(2, 51):
        _another(item, session, order)
    fifty = asked()

    assert (one, fifty) == (ROOM, ROOM)


def test_a_council_asks_as_often_for_fifty_sessions_and_members_as_for_one(
    log_in: LogIn,
) -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier)
    make.called(held, dossier)
    page = held.council.get_absolute_url()

    def asked() -> tuple[int, int]:
        return queries(log_in, held.officer, page), queries(log_in, held.chair.user, page)

    one = asked()
    Session.objects.bulk_create(
        Session(
            council=held.council,
            called_at=make.NOW,
            called_by=held.officer,
            starts_at=make.MEETING + timedelta(days=number),
            place=f"Phòng {number}",
        )
        for number in range(49)
    )
    CouncilMember.objects.bulk_create(
        CouncilMember(
            council=held.council, user=registry.person(), seat=Seat.MEMBER, starts_on=make.TODAY
        )
        for _number in range(45)
    )
    fifty = asked()

    assert (one, fifty) == ((14, 14), (14, 14))


def test_the_tasting_asks_as_often_for_fifty_samples_as_for_one(log_in: LogIn) -> None:
    dossier = make.accepted_dossier(regime="2026")
    held = make.room_for(dossier)
    session = make.opened(held, make.called(held, dossier))
    item = make.item_of(session)
    page = reverse("scoring:tasting-list", args=[session.pk])

    def asked() -> tuple[int, int]:
        SampleNumber.objects.bulk_create(
            SampleNumber(
                session=session,
                item=each,
                number=100 + each.order,
                drawn_at=make.MEETING,
                drawn_by=held.secretary.user,
            )
            for each in session.items.filter(sample_number__isnull=True)
        )
        return queries(log_in, held.secretary.user, page), queries(log_in, held.chair.user, page)

    one = asked()
    for order in range(2, 51):
        _another(item, session, order)
    fifty = asked()

    assert SampleNumber.objects.count() == 50
    assert (one, fifty) == ((13, 12), (13, 12))


def _another(item: AgendaItem, session: Session, order: int) -> None:
    """One more dossier of another product on the same agenda."""
    declarations = list(item.declarations.all())
    dossier = item.dossier
    enrolment = dossier.enrolment
    product = enrolment.product
    product.pk = None
    product.save()
    enrolment.pk, enrolment.product = None, product
    enrolment.save()
    dossier.pk, dossier.enrolment, dossier.code = None, enrolment, f"HS-{order}"
    dossier.save()
    item.pk, item.dossier, item.order = None, dossier, order
    item.save()
    for word in declarations:
        word.pk, word.item = None, item
        word.save()


def test_nothing_on_the_desk_of_a_stranger(stranger: User) -> None:
    make.accepted_dossier(regime="2019")

    groups = desk.groups_for(stranger, make.NOW + timedelta(days=1))

    assert groups == []
