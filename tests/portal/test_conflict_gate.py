"""The conflict gate on every address: before the word, and in conflict, only the title is there.

The addresses are read from the URL configuration as in the permission matrix. Three readers have
the same seats and postings: one has not declared, one is in conflict, one is free. What the free
one opens is what the other two must not find, on pages that name an object as well as in every
list, search, count and export.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from cycle.models import Dossier, DossierEvidence, Milestone, SupportRequest
from cycle.selectors import visible_dossiers
from cycle.services import messages
from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Evidence, Product, Unit
from reporting.selectors.pipeline import pipeline
from scoring.models import AgendaItem, Package, Rating, Session, Sheet
from scoring.services import attendance, declarations, packages, sessions
from tests.conftest import LogIn
from tests.factories import cycle as make_cycle
from tests.factories import registry as make
from tests.factories import scoring as make_scoring
from tests.factories import support as make_support
from tests.portal.addresses import (
    CONVERTER,
    PUBLIC,
    Address,
    addresses,
    path_of,
    put_away,
    statuses,
)
from tests.portal.world import first

# Words that stand nowhere but in this dossier and in what led to it.
SECRET_PAPER = "Hợp đồng bao tiêu mật số 7731"
SECRET_WORD = "Ruộng thuê của anh rể thành viên"


@dataclass(frozen=True)
class Room:
    """One dossier before its second council, and three readers of that council."""

    dossier: Dossier
    item: AgendaItem
    session: Session
    link: DossierEvidence
    evidence: Evidence
    support: SupportRequest
    milestone: Milestone
    lower_item: AgendaItem
    rating: Rating
    package: Package
    sheet: Sheet
    lower_sheet: Sheet
    undeclared: User
    in_conflict: User
    free: User
    at: datetime

    @property
    def product(self) -> Product:
        return self.dossier.enrolment.product

    @property
    def shut(self) -> tuple[User, User]:
        return self.undeclared, self.in_conflict


def make_room() -> Room:
    dossier = make_scoring.accepted_dossier(regime="2019")
    paper = dossier.evidence.select_related("evidence").get()
    Evidence.objects.filter(pk=paper.evidence_id).update(title=SECRET_PAPER)
    make_support.request(dossier.enrolment)
    lower = make_scoring.concluded(dossier, [70, 71, 72])
    at = lower.concluded_at
    dossier = make_cycle.received(Dossier.objects.get(pk=dossier.pk), at=at)
    messages.write(
        dossier.enrolment,
        text=SECRET_WORD,
        asks=False,
        by=make_cycle.owner_of(dossier.enrolment),
        at=at,
    )
    held = make_scoring.room_for(dossier, members=5)
    undeclared, in_conflict, free = (member.user for member in held.members[:3])
    for reader in (undeclared, in_conflict, free):
        _with_postings(reader, make_cycle.unit_of(dossier.enrolment.commune, Level.PROVINCE))
    session = make_scoring.called(held, dossier, at=at)
    item = make_scoring.item_of(session)
    for member in held.everybody:
        if member.user != undeclared:
            declarations.declare(
                item, has_conflict=member.user == in_conflict, by=member.user, at=at
            )
    session = sessions.open_session(session, by=held.secretary.user, at=session.starts_at)
    for member in held.everybody:
        attendance.mark_present(session, member, by=held.secretary.user, at=session.starts_at)
    make_scoring.submitted(item, held.chair, 77)
    return Room(
        dossier=dossier,
        item=make_scoring.item_of(session),
        session=session,
        link=paper,
        evidence=Evidence.objects.get(pk=paper.evidence_id),
        support=first(SupportRequest, enrolment=dossier.enrolment),
        milestone=first(Milestone, enrolment=dossier.enrolment),
        lower_item=lower.item,
        rating=lower,
        package=packages.make(Package.objects.get(rating=lower)),
        sheet=first(Sheet, item=item),
        lower_sheet=first(Sheet, item=lower.item),
        undeclared=undeclared,
        in_conflict=in_conflict,
        free=free,
        at=session.starts_at + timedelta(hours=1),
    )


def _with_postings(reader: User, unit: Unit) -> None:
    """Every power that would show the dossier by itself."""
    make.posting(reader, Role.PROVINCIAL_OFFICER, unit)
    make.posting(reader, Role.AUDITOR, make.country())
    make.posting(reader, Role.ADMINISTRATOR, make.country())


@pytest.fixture(scope="module")
def _room_of_the_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[Room]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_room()
        transaction.set_rollback(True)


@pytest.fixture
def room(_room_of_the_module: Room, db: None) -> Iterator[Room]:
    with time_machine.travel(_room_of_the_module.at, tick=False):
        yield _room_of_the_module


# The words before an argument in a route, and which things of the dossier they stand for.
HELD: dict[tuple[str, str], Callable[[Room], list[Any]]] = {
    ("registry", "minh-chung/<int:pk>"): lambda room: [room.evidence.pk],
    ("cycle", "luot/<int:pk>"): lambda room: [room.dossier.enrolment_id],
    ("cycle", "ho-tro/<int:pk>"): lambda room: [room.support.pk],
    ("cycle", "moc/<int:pk>"): lambda room: [room.milestone.pk],
    ("cycle", "ho-so/<int:pk>"): lambda room: [room.dossier.pk],
    ("promotion", "ho-so/<int:dossier_id>"): lambda room: [room.dossier.pk],
    ("scoring", "muc/<int:pk>"): lambda room: [room.item.pk, room.lower_item.pk],
    ("scoring", "phieu/<int:pk>"): lambda room: [room.sheet.pk, room.lower_sheet.pk],
    ("scoring", "tu-danh-gia/<int:pk>"): lambda room: [room.dossier.pk],
    ("scoring", "ket-qua/<int:pk>"): lambda room: [room.rating.pk],
    ("scoring", "goi-ho-so/<int:pk>"): lambda room: [room.package.pk],
    ("api", "dossiers/<int:pk>"): lambda room: [room.dossier.pk],
    ("api", "enrolments/<int:pk>"): lambda room: [room.dossier.enrolment_id],
    ("api", "evidence/<int:pk>"): lambda room: [room.evidence.pk],
    ("api", "agenda-items/<int:pk>"): lambda room: [room.item.pk],
    ("api", "ratings/<int:pk>"): lambda room: [room.rating.pk],
}


# Arguments beside these that stand for a part of the same thing.
PARTS: dict[str, Callable[[Room], Any]] = {
    "code": lambda room: room.link.item,
    "link_pk": lambda room: room.link.pk,
    "number": lambda _room: 1,
}
# What names no dossier: the register, rounds, councils, decisions, one's own notices.
OTHER: dict[tuple[str, str], Callable[[Room], list[Any]]] = {
    ("reporting", "nhap-so/<int:pk>"): lambda _room: [],
    ("registry", "loi-moi/<int:pk>"): lambda _room: [],
    ("registry", "nguoi/<int:pk>"): lambda _room: [],
    ("privacy", "yeu-cau/<slug:kind>"): lambda _room: [],
    ("privacy", "yeu-cau/<int:pk>"): lambda _room: [],
    ("privacy", "rut/<int:pk>"): lambda _room: [],
    ("privacy", "tep/<int:pk>"): lambda _room: [],
    ("reporting", "hang-loat/<int:pk>"): lambda _room: [],
    ("reporting", "bo-loc/<int:pk>"): lambda _room: [],
    ("reporting", "loi-thuong-gap/<int:pk>"): lambda room: [room.dossier.enrolment.round_id],
    ("reporting", "yeu-cau/<int:pk>"): lambda _room: [],
    ("reporting", "bao-cao/<int:pk>"): lambda _room: [],
    ("reporting", "lan-gui/<int:pk>"): lambda _room: [],
    ("reporting", "ke-hoach/<int:pk>"): lambda _room: [],
    ("reporting", "khoan-chi/<int:pk>"): lambda _room: [],
    ("accounts", "phien/<slug:handle>"): lambda _room: [],
    ("api", "certificate-rows/<int:pk>"): lambda _room: [],
    ("api", "councils/<int:pk>"): lambda room: [room.session.council_id],
    ("api", "registered-products/<int:pk>"): lambda room: [room.product.pk],
    ("api", "sessions/<int:pk>"): lambda room: [room.session.pk, room.lower_item.session_id],
    ("api", "subjects/<int:pk>"): lambda room: [room.product.subject_id],
    ("clients", "ma-truy-cap/<int:pk>"): lambda _room: [],
    ("clients", "nhan-tin/<int:pk>"): lambda _room: [],
    ("clients", "tin/<int:pk>"): lambda _room: [],
    ("cycle", "tham-gia/<int:pk>"): lambda room: [room.product.pk],
    ("cycle", "dot/<int:pk>"): lambda room: [room.dossier.enrolment.round_id],
    ("cycle", "lop-hoc/<int:pk>"): lambda _room: [],
    ("journal", "hop-thu-di/<int:pk>"): lambda _room: [],
    ("journal", "thong-bao/<int:pk>"): lambda _room: [],
    ("journal", "cong-tac/<int:pk>"): lambda _room: [],
    ("promotion", "xuc-tien/<int:product_id>"): lambda room: [room.product.pk],
    ("promotion", "diem-ban/<int:sold_id>"): lambda _room: [],
    ("promotion", "nhan-hieu/<int:unit_pk>"): lambda room: [room.session.council.unit_id],
    ("promotion", "phan-anh/<int:pk>"): lambda _room: [],
    ("promotion", "tep/<int:pk>"): lambda _room: [],
    ("api", "pictures/<slug:token>"): lambda _room: [],
    ("promotion", "thu-hoi-mua/<int:pk>"): lambda _room: [],
    ("promotion", "tham-gia/<int:entry_id>"): lambda _room: [],
    ("promotion", "su-kien/<int:pk>"): lambda _room: [],
    ("promotion", "to-chuc/<int:pk>"): lambda _room: [],
    ("promotion", "so-diem-ban/<int:pk>"): lambda _room: [],
    ("promotion", "chao-ban/<int:sold_id>"): lambda _room: [],
    ("promotion", "tin-tuc/<int:pk>"): lambda _room: [],
    ("promotion", "dinh-kem/<int:pk>"): lambda _room: [],
    ("registry", "chu-the/<int:pk>"): lambda room: [room.product.subject_id],
    ("registry", "lang-nghe/<int:pk>"): lambda _room: [],
    ("registry", "dia-phuong/<int:pk>"): lambda _room: [],
    ("registry", "thay-doi/<int:pk>"): lambda _room: [],
    ("registry", "loi-moi/<str:token>"): lambda _room: [],
    ("registry", "vung-nguyen-lieu/<int:pk>"): lambda _room: [],
    ("registry", "vai-tro/<int:pk>"): lambda _room: [],
    ("registry", "cua-toi/<int:pk>"): lambda _room: [],
    ("registry", "anh/<int:pk>"): lambda _room: [],
    ("registry", "anh/<slug:token>"): lambda _room: [],
    ("registry", "san-pham/<int:pk>"): lambda room: [room.product.pk],
    ("scoring", "giay-chung-nhan/<int:pk>"): lambda _room: [],
    ("scoring", "anh/<int:pk>"): lambda _room: [],
    ("scoring", "bien-phap/<int:pk>"): lambda _room: [],
    ("scoring", "ke-hoach/<int:unit_pk>"): lambda room: [room.session.council.unit_id],
    ("scoring", "khieu-nai/<int:pk>"): lambda _room: [],
    ("scoring", "kiem-tra/<int:pk>"): lambda _room: [],
    ("scoring", "phat-hien/<int:pk>"): lambda _room: [],
    ("scoring", "so/<int:unit_pk>"): lambda room: [room.session.council.unit_id],
    ("scoring", "hoi-dong/<int:pk>"): lambda room: [
        room.session.council_id,
        room.lower_item.session.council_id,
    ],
    ("scoring", "lap/<int:unit_pk>"): lambda room: [room.session.council.unit_id],
    ("scoring", "quyet-dinh/<int:pk>"): lambda _room: [],
    ("scoring", "ban/<int:pk>"): lambda _room: [],
    ("scoring", "bo-tieu-chi/<str:regime>"): lambda _room: [],
    ("scoring", "thanh-vien/<int:pk>"): lambda _room: [],
    ("scoring", "phien/<int:pk>"): lambda room: [room.session.pk, room.lower_item.session_id],
}


def first_word(address: Address) -> tuple[str, str]:
    """The word before the first argument, and the argument, of a route that has one."""
    found = CONVERTER.search(address.route)
    assert found is not None
    word = address.route[: found.start()].rstrip("/").rsplit("/", 1)[-1]
    space = "api" if address.name.startswith("api-") else address.name.partition(":")[0]
    return space, f"{word}/{found[0]}"


def paths_of(address: Address, room: Room) -> list[str]:
    things = {**HELD, **OTHER}[first_word(address)](room)
    return [path_of(address, _values(address, thing, room)) for thing in things]


def _values(address: Address, thing: Any, room: Room) -> dict[str, Any]:
    values = {}
    for _kind, name in address.arguments:
        values[name] = PARTS[name](room) if name in PARTS else thing
    return values


def with_objects() -> list[Address]:
    return [a for a in addresses() if a.arguments and a.name not in PUBLIC]


def of_the_dossier() -> list[Address]:
    return [address for address in with_objects() if first_word(address) in HELD]


def elsewhere() -> list[Address]:
    """Every other page: lists, searches, counts, exports, the pages of other things."""
    files = {"reporting:stars-file"}
    return [
        a
        for a in addresses()
        if (not a.arguments or first_word(a) in OTHER) and a.name not in files
    ]


def test_every_word_of_an_address_is_known_here() -> None:
    assert {first_word(address) for address in with_objects()} - {*HELD, *OTHER} == set()


@pytest.mark.parametrize("address", of_the_dossier(), ids=str)
def test_what_belongs_to_the_dossier_is_not_there_for_who_may_not_read_it(
    room: Room, log_in: LogIn, address: Address
) -> None:
    for path in paths_of(address, room):
        is_title = path == room.item.get_absolute_url()
        allowed = {200} if is_title else {404, 405}

        assert [statuses(log_in(reader), path) <= allowed for reader in room.shut] == [True, True]


def test_what_the_gate_hides_is_there_for_the_member_without_a_conflict(
    room: Room, log_in: LogIn
) -> None:
    """Others' sheets stay shut to everybody while one is missing; the rest opens."""
    browser = log_in(room.free)
    opened = {
        address.name
        for address in of_the_dossier()
        for path in paths_of(address, room)
        if is_opened(browser, path)
    }

    assert {address.name for address in of_the_dossier() if is_page(address)} - opened == set()


def is_opened(browser: Client, path: str) -> bool:
    answer = browser.get(path)
    put_away(answer)
    return answer.status_code == 200


def is_page(address: Address) -> bool:
    """What a member reads of a dossier; forms belong to the subject and to the offices."""
    return address.name in {
        "cycle:dossier-detail",
        "cycle:enrolment-detail",
        "cycle:idea",
        "cycle:plan",
        "cycle:messages",
        "cycle:support-detail",
        "registry:evidence-detail",
        "registry:evidence-file",
        "scoring:item-detail",
        "scoring:item-board",
        "scoring:self-assessment",
        "scoring:rating-detail",
    }


def read(browser: Client, path: str, query: dict[str, str]) -> str:
    """What a page says; a file is read as it is."""
    answer = browser.get(path, query)
    content = b"".join(answer) if answer.streaming else answer.content
    put_away(answer)
    return content.decode(errors="replace") if answer.status_code == 200 else ""


def told(text: str, room: Room) -> set[str]:
    """The secrets that a page gives away."""
    secrets = {SECRET_PAPER, SECRET_WORD, room.dossier.code}
    return {secret for secret in secrets if secret in text}


@pytest.mark.parametrize("address", elsewhere(), ids=str)
def test_no_list_count_or_other_page_tells_of_the_dossier(
    room: Room, log_in: LogIn, address: Address
) -> None:
    paths = paths_of(address, room) if address.arguments else [path_of(address)]
    # Parts of the secrets: a search box shows what was looked for.
    asked_for = ("", SECRET_PAPER[:-1], room.dossier.code[:-1])
    for path in paths:
        for reader in room.shut:
            browser = log_in(reader)
            for asked in ("",) if address.arguments else asked_for:
                assert told(read(browser, path, {"q": asked}), room) == set()


def test_counts_leave_the_dossier_out(room: Room) -> None:
    on = room.at.date()
    found = [pipeline(reader, on=on) for reader in (*room.shut, room.free)]

    assert [(each.dossiers, each.going_on) for each in found] == [(0, 0), (0, 0), (1, 1)]


def test_a_conflict_stays_when_the_item_has_ended_and_holds_for_this_product_only(
    room: Room,
) -> None:
    """Another dossier of the same council is open to who declared a conflict on this one."""
    dossier = make_scoring.accepted_dossier(regime="2019")
    lower = make_scoring.concluded(dossier, [70, 71, 72])
    other = make_cycle.received(Dossier.objects.get(pk=dossier.pk), at=lower.concluded_at)
    officer = room.session.called_by
    another = sessions.call(
        room.session.council,
        dossiers=[other],
        starts_at=room.at + timedelta(days=7),
        place="Phòng họp",
        by=officer,
        at=room.at,
    )
    item = make_scoring.item_of(another)
    declarations.declare(item, has_conflict=False, by=room.in_conflict, at=room.at)
    AgendaItem.objects.filter(pk=room.item.pk).update(state="stopped", ended_at=room.at)

    seen = visible_dossiers(room.in_conflict, room.at.date())

    assert {each.pk for each in seen} == {other.pk}
