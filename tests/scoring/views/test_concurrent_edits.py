"""Two people at the same thing: whoever is second is told, and nothing is overwritten.

One table for everything that a decision-maker edits or presses on a page; the second test asks
that a sort of row which counts its versions stands in the table, or says where else it is tested.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db.models import Model
from django.urls import reverse

from ocop_portal.accounts.models import User
from registry.domain.roles import Role
from scoring.models import Complaint, CouncilMember, Decision, GateFinding, Rating, RatingRemark
from scoring.services import complaints, remarks
from tests.conftest import LogIn
from tests.factories import cycle, people
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db

AT = make.SIGNING


@dataclass(frozen=True)
class Edit:
    """A form or a button: on what, where, sent by whom with which stale mark."""

    model: type[Model]
    address: str
    made: Callable[[], tuple[Model, int, User]]
    sent: dict[str, Any]
    prefix: str = ""

    def __str__(self) -> str:
        return self.address


def rating() -> Rating:
    return make.concluded(make.accepted_dossier(regime="2026"), [74, 74, 75])


def signer_of(decision: Decision) -> User:
    signer = cycle.holder(Role.AUTHORITY, decision.unit)
    signer.set_password(people.PASSWORD)
    signer.save()
    return signer


def a_draft() -> tuple[Model, int, User]:
    decision = make.drafted(rating())
    return decision, decision.pk, cycle.holder(Role.PROVINCIAL_OFFICER, decision.unit)


def a_presented() -> tuple[Model, int, User]:
    decision = make.presented(make.drafted(rating()))
    return decision, decision.pk, signer_of(decision)


def a_complaint() -> tuple[Model, int, User]:
    found = make.complaint(rating(), at=AT)
    return found, found.pk, cycle.holder(Role.PROVINCIAL_OFFICER, found.rating.unit)


def a_taken_complaint() -> tuple[Model, int, User]:
    found, pk, officer = a_complaint()
    assert isinstance(found, Complaint)
    return complaints.take(found, by=officer, at=AT), pk, officer


def a_remark(seat: str) -> Callable[[], tuple[Model, int, User]]:
    def made() -> tuple[Model, int, User]:
        found = rating()
        council = found.item.session.council
        secretary = CouncilMember.objects.get(council=council, seat="secretary").user
        by = CouncilMember.objects.filter(council=council, seat=seat)[0].user
        remark = remarks.write(found, text="Bản đầu", by=secretary, at=AT)
        remark = remarks.write(found, text="Bản hai", by=secretary, at=AT)
        return remark, found.pk, by

    return made


def found_gates() -> tuple[Model, int, User]:
    dossier = make.accepted_dossier(regime="2026")
    held = make.room_for(dossier)
    session = make.opened(held, make.called(held, dossier))
    item = make.scored(make.item_of(session), held.voters, [74, 74, 75, 76])
    make.gates_found(item, held.chair.user, open_all=True)
    row = GateFinding.objects.order_by("pk")[0]
    return row, item.pk, held.secretary.user


STALE = "1"
EDITS = [
    Edit(
        Decision,
        "scoring:decision-edit",
        a_draft,
        {"title": "Trích yếu khác", "number": "9/QĐ-UBND", "decided_on": "2026-11-28"},
    ),
    Edit(Decision, "scoring:decision-present", a_draft, {}),
    Edit(Decision, "scoring:decision-discard", a_draft, {}),
    Edit(
        Decision,
        "scoring:decision-sign",
        a_presented,
        {"signer_title": "Chủ tịch", "password": people.PASSWORD, "seen": "x"},
    ),
    Edit(Decision, "scoring:decision-hand-back", a_presented, {"reason": "Sai"}, "back-"),
    Edit(Complaint, "scoring:complaint-take", a_complaint, {}),
    Edit(Complaint, "scoring:complaint-extend", a_taken_complaint, {"reason": "Xa"}, "extend-"),
    Edit(
        Complaint,
        "scoring:complaint-answer",
        a_taken_complaint,
        {"effect": "keep", "text": "Nội dung đã gõ"},
    ),
    Edit(RatingRemark, "scoring:remark-write", a_remark("secretary"), {"text": "Nội dung đã gõ"}),
    Edit(RatingRemark, "scoring:remark-approve", a_remark("chair"), {}),
    Edit(GateFinding, "scoring:gates-find", found_gates, {"seen": "somebody else's"}),
]


@pytest.mark.parametrize("edit", EDITS, ids=str)
def test_a_stale_edit_is_refused_and_what_was_typed_stays(edit: Edit, log_in: LogIn) -> None:
    row, pk, by = edit.made()
    if edit.model is not GateFinding:
        edit.model._default_manager.filter(pk=row.pk).update(version=7)
    before = edit.model._default_manager.filter(pk=row.pk).values().get()
    sent = {f"{edit.prefix}{name}": value for name, value in edit.sent.items()}
    if isinstance(row, Decision):
        sent["ratings"] = list(row.items.values_list("rating", flat=True))
    at = row.item.session.starts_at if isinstance(row, GateFinding) else AT
    with time_machine.travel(at, tick=False):
        answer = log_in(by).post(
            reverse(edit.address, args=[pk]), {f"{edit.prefix}version": STALE, **sent}
        )

    page = answer.content.decode()
    assert answer.status_code in {200, 409}
    assert "ải lại" in page  # "Hãy tải lại trang …"
    assert edit.model._default_manager.filter(pk=row.pk).values().get() == before
    if answer.status_code == 200:
        for value in edit.sent.values():
            assert value in page or value in {people.PASSWORD, "x", "2026-11-28", "keep"}


# Rows that count their versions and whose edits are tested beside their own services.
ELSEWHERE = {
    "registry.CraftVillage": "tests/registry",
    "registry.Subject": "tests/registry",
    "registry.MaterialArea": "tests/registry",
    "registry.Product": "tests/registry",
    "cycle.Enrolment": "tests/cycle",
    "cycle.Dossier": "tests/cycle",
    "cycle.Idea": "tests/cycle",
    "cycle.BusinessPlan": "tests/cycle",
    "cycle.SupportRequest": "tests/cycle/services/test_support.py",
    "scoring.SelfAssessment": "tests/scoring/services/test_self_assessments.py",
    "scoring.Sheet": "tests/scoring/services/test_sheets.py",
    "scoring.SheetSending": "tests/scoring/services/test_sendings.py",
    "scoring.Opinion": "tests/scoring/services",
    "scoring.Tasting": "tests/scoring/services",
    "promotion.NewsItem": "tests/promotion/services/test_news.py",
    "reporting.ProvincePlan": "tests/reporting/services/test_province_plans.py",
    "reporting.ProvinceReport": "tests/reporting/services/test_province_reports.py",
    # A council is not edited, a session moves by its table alone.
    "scoring.Council": "",
    "scoring.Session": "",
}


def test_every_row_that_counts_its_versions_is_in_a_table() -> None:
    counted = {
        model._meta.label
        for model in apps.get_models()
        if any(field.name == "version" for field in model._meta.fields)
    }
    here = {edit.model._meta.label for edit in EDITS} - {"scoring.GateFinding"}

    assert counted - here - set(ELSEWHERE) == set()
    assert set(ELSEWHERE) - counted == set()
