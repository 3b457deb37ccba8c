"""Inspections: who inspects what, what is asked, what has to be settled before the end."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from PIL import Image

from ocop_portal.journal.models import Entry
from registry.domain.regime import Level
from registry.domain.roles import Role
from scoring.domain.certificate_states import CertificateState, RevocationGround
from scoring.domain.decision_states import DecisionKind
from scoring.domain.inspections import Answer, CheckItem, InspectionState, Proposal, checklist
from scoring.models import Certificate, Finding, Inspection
from scoring.selectors.inspections import (
    checklist_of,
    office_of,
    open_findings,
    plan_of,
    planned,
    standing_items,
    to_plan,
    visible_inspections,
    waiting_for,
)
from scoring.selectors.rubrics import rubric_of
from scoring.services import inspections, reminders
from tests.factories import cycle, registry
from tests.factories import inspections as visits
from tests.factories import promotion as papers
from tests.factories import scoring as make
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOW, TODAY = make.NOW, make.TODAY


@pytest.fixture
def held() -> Certificate:
    return visits.certificate(stars=4)


def test_checklist_when_drawn_then_the_criteria_kept_for_the_stars_and_the_mark(
    held: Certificate,
) -> None:
    assert held.rating is not None
    rubric = rubric_of(held.rating.edition)
    three = checklist(rubric, 3, standing_items())
    four = checklist(rubric, 4, standing_items())

    gated = {f"c-{gate.criterion}" for gate in rubric.gates if gate.star <= 4}
    assert {item.code for item in four} == gated | {item.code for item in standing_items()}
    assert len(three) < len(four)
    assert checklist_of(held) == four
    codes = [item.code for item in four]
    assert codes[-len(standing_items()) :] == [item.code for item in standing_items()]
    by_code = {item.code: item for item in four}
    strictest = max(gate.min_points for gate in rubric.gates if gate.star <= 4)
    assert strictest > 0
    assert all(by_code[code].text.startswith(code.removeprefix("c-")) for code in gated)


def test_checklist_when_the_rubric_has_no_gates_then_its_sections() -> None:
    dossier = make.accepted_dossier(regime="2019")
    rubric = rubric_of(make.edition_of(dossier))
    item = CheckItem("mark", "Nhãn hiệu", "")

    found = checklist(rubric, 3, [item])

    assert not rubric.gates
    assert len(found) == len(list(rubric.sections())) + 1


def test_office_when_five_stars_then_the_centre_else_the_province(held: Certificate) -> None:
    five = papers.certificate(
        registry.product(name="Chè năm sao"),
        stars=5,
        level=Level.CENTRAL,
        unit=registry.country(),
    )

    assert office_of(held) == held.product.commune.province
    assert office_of(five) == registry.country()
    assert list(to_plan(office_of(held), 2026, TODAY)) == [held]
    assert list(to_plan(registry.country(), 2026, TODAY)) == [five]
    with refusal("inspection.office"):
        inspections.plan(
            office_of(held),
            year=2026,
            certificates=[five],
            due_on=TODAY,
            by=visits.officer(held),
            at=NOW,
        )


def test_plan_when_made_then_each_product_stands_in_it_once(held: Certificate) -> None:
    facts: dict[str, Any] = {
        "year": 2026,
        "certificates": [held],
        "due_on": date(2026, 12, 20),
        "by": visits.officer(held),
        "at": NOW,
    }

    plan = inspections.plan(office_of(held), **facts)
    again = inspections.plan(office_of(held), **facts)

    assert plan == again == plan_of(office_of(held), 2026)
    assert [row.certificate for row in planned(plan)] == [held]
    assert not to_plan(office_of(held), 2026, TODAY).exists()
    assert list(waiting_for(visits.officer(held), TODAY)) == list(planned(plan))
    with refusal("inspection.due"):
        inspections.plan(office_of(held), **{**facts, "due_on": date(2027, 1, 1)})
    with refusal("inspection.due"):
        inspections.plan(office_of(held), **{**facts, "due_on": TODAY - timedelta(days=1)})
    with refusal("inspection.empty"):
        inspections.plan(office_of(held), **{**facts, "certificates": []})
    with pytest.raises(PermissionDenied):
        inspections.plan(office_of(held), **{**facts, "by": visits.authority(held)})


def test_visit_when_not_recorded_yet_then_its_producer_does_not_see_it(held: Certificate) -> None:
    producer = registry.person()
    registry.posting(producer, Role.OWNER, held.product.subject)
    inspection = visits.ordered(held)
    assert inspection in visible_inspections(visits.officer(held), TODAY)
    assert not visible_inspections(producer, TODAY).exists()

    inspections.record(
        inspection,
        visited_on=TODAY,
        inspectors="Hà",
        seen=visits.seen(held),
        conclusion="Đạt",
        by=visits.officer(held),
        at=NOW,
    )

    assert list(visible_inspections(producer, TODAY)) == [inspection]
    assert not visible_inspections(registry.person(), TODAY).exists()


def test_visit_when_recorded_then_every_line_is_kept_with_its_words(held: Certificate) -> None:
    inspection = visits.recorded(held, mark_stars=Answer.NOT_KEPT)

    answers = list(inspection.answers.order_by("id"))
    assert [each.code for each in answers] == [item.code for item in checklist_of(held)]
    assert [each.code for each in answers if not each.is_kept] == ["mark-stars"]
    entry = Entry.objects.get(kind="scoring.inspection.recorded")
    assert entry.facts["failed"] == 1
    with refusal("inspection.not_from_here"):
        inspections.record(
            inspection,
            visited_on=TODAY,
            inspectors="Hà",
            seen=visits.seen(held),
            conclusion="",
            by=visits.officer(held),
            at=NOW,
        )


def test_visit_when_a_line_is_missing_or_the_day_is_to_come_then_refused(
    held: Certificate,
) -> None:
    inspection = visits.ordered(held)
    facts: dict[str, Any] = {
        "inspectors": "Hà",
        "conclusion": "Đạt",
        "by": visits.officer(held),
        "at": NOW,
    }
    some = dict(list(visits.seen(held).items())[1:])

    with refusal("inspection.unanswered"):
        inspections.record(inspection, visited_on=TODAY, seen=some, **facts)
    with refusal("inspection.to_come"):
        inspections.record(
            inspection, visited_on=TODAY + timedelta(days=1), seen=visits.seen(held), **facts
        )
    assert not inspection.answers.exists()


def test_inspection_when_a_finding_is_open_then_not_closed_until_it_is_mended(
    held: Certificate,
) -> None:
    by = visits.officer(held)
    inspection = visits.recorded(held)
    finding = inspections.find(
        inspection, text="Tem mờ", due_on=TODAY + timedelta(days=10), by=by, at=NOW
    )

    with refusal("inspection.needs_settled"):
        inspections.close(inspection, by=by, at=NOW)
    with refusal("finding.note"):
        inspections.mend(finding, note=" ", by=by, at=NOW)
    inspections.mend(finding, note="Đã in lại tem", by=by, at=NOW)
    inspections.mend(finding, note="Lần hai", by=by, at=NOW)
    closed = inspections.close(inspection, note="Xong", by=by, at=NOW)

    assert closed.status is InspectionState.CLOSED
    assert Finding.objects.get().mended_note == "Đã in lại tem"
    with refusal("inspection.not_recorded"):
        inspections.find(inspection, text="Nữa", due_on=TODAY, by=by, at=NOW)


@pytest.mark.parametrize(
    ("proposal", "kind", "state"),
    [
        (Proposal.SUSPEND, DecisionKind.SUSPEND, CertificateState.SUSPENDED),
        (Proposal.REVOKE, DecisionKind.REVOKE, CertificateState.REVOKED),
    ],
)
def test_finding_when_it_proposes_then_the_signed_decision_settles_it(
    held: Certificate, proposal: Proposal, kind: DecisionKind, state: CertificateState
) -> None:
    by = visits.officer(held)
    inspection = visits.recorded(held)
    finding = inspections.find(
        inspection,
        text="In 5 sao",
        proposal=proposal,
        ground=RevocationGround.MARK_MISUSED,
        by=by,
        at=NOW,
    )
    draft = make.measure(held, kind, finding=finding)
    assert open_findings(inspection) == [finding]

    make.signed(draft, at=NOW)

    held.refresh_from_db()
    assert held.state == state
    assert open_findings(inspection) == []
    assert inspections.close(inspection, by=by, at=NOW).status is InspectionState.CLOSED


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"text": " ", "due_on": TODAY}, "finding.text"),
        ({"text": "x"}, "finding.due"),
        ({"text": "x", "due_on": TODAY - timedelta(days=1)}, "finding.due_past"),
        ({"text": "x", "proposal": Proposal.REVOKE}, "finding.ground"),
    ],
)
def test_finding_when_a_fact_is_missing_then_refused(
    held: Certificate, facts: dict[str, Any], code: str
) -> None:
    inspection = visits.recorded(held)

    with refusal(code):
        inspections.find(inspection, by=visits.officer(held), at=NOW, **facts)


def test_ad_hoc_visit_when_cancelled_then_a_reason_is_needed(held: Certificate) -> None:
    by = visits.officer(held)
    inspection = visits.ordered(held)

    with refusal("inspection.needs_reason"):
        inspections.cancel(inspection, note=" ", by=by, at=NOW)
    cancelled = inspections.cancel(inspection, note="Trùng đoàn khác", by=by, at=NOW)

    assert cancelled.status is InspectionState.CANCELLED
    with refusal("inspection.occasion"):
        inspections.order(held, occasion="", due_on=TODAY, by=by, at=NOW)


def test_finding_when_overdue_then_told_once(held: Certificate) -> None:
    inspection = visits.recorded(held)
    due = TODAY + timedelta(days=3)
    inspections.find(inspection, text="Tem mờ", due_on=due, by=visits.officer(held), at=NOW)

    told = [reminders.remind_of_findings(at=NOW + timedelta(days=days)) for days in range(6)]

    assert told == [0, 0, 0, 0, 1, 0]


def test_photo_when_added_then_written_anew_and_anything_else_refused(held: Certificate) -> None:
    by = visits.officer(held)
    inspection = visits.recorded(held)
    facts: dict[str, Any] = {"by": by, "at": NOW}

    photo = inspections.add_photo(
        inspection, file=visits.picture(), caption="Bao bì in sai", **facts
    )

    with photo.file.open("rb") as file, Image.open(file) as kept:
        assert kept.format == "WEBP"
        assert not kept.getexif()
    with refusal("picture.kind_of_file"):
        inspections.add_photo(
            inspection, file=ContentFile(b"<svg onload=alert(1)>", "a.png"), caption="x", **facts
        )
    with refusal("inspection.caption"):
        inspections.add_photo(inspection, file=visits.picture(), caption=" ", **facts)
    ordered = visits.ordered(held)
    with refusal("inspection.not_recorded"):
        inspections.add_photo(ordered, file=visits.picture(), caption="Sớm", **facts)
    assert inspection.photos.count() == 1


def test_whole_of_an_inspection_when_done_by_others_then_denied(held: Certificate) -> None:
    inspection = visits.recorded(held)
    elsewhere = cycle.holder(Role.PROVINCIAL_OFFICER, registry.province("Tỉnh Lào Cai", "15"))

    for person in (elsewhere, visits.authority(held), registry.person()):
        with pytest.raises(PermissionDenied):
            inspections.find(inspection, text="x", due_on=TODAY, by=person, at=NOW)
        with pytest.raises(PermissionDenied):
            inspections.order(held, occasion="x", due_on=TODAY, by=person, at=NOW)
    assert Inspection.objects.count() == 1
