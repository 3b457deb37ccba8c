"""An option that speaks of a paper the dossier lacks is flagged on all four pages."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from registry.domain.clock import legal_day
from registry.domain.documents import EvidenceKind
from registry.domain.regime import Level
from registry.models import Evidence
from scoring.selectors.rubrics import rubric_of
from scoring.services import ratings
from tests.conftest import LogIn
from tests.factories import cycle, registry
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db
HEADING = "Sở hữu trí tuệ"


def flagged(page: Any) -> set[tuple[str, str]]:
    return {(flag.item, str(flag.lack)) for flag in page.context["flags"] if flag.name == HEADING}


def test_the_four_pages_flag_an_option_without_its_paper(log_in: LogIn) -> None:
    dossier = make.accepted_dossier(regime="2026")
    held = make.room_for(dossier)
    session = make.opened(held, make.called(held, dossier))
    item = make.item_of(session)
    code = next(each.code for each in rubric_of(item.edition).criteria if each.name == HEADING)
    voters = held.members
    lacking = {("Sở hữu trí tuệ", "none")}

    with time_machine.travel(make.MEETING, tick=False):
        owner = log_in(cycle.owner_of(dossier.enrolment))
        assessment = owner.get(reverse("scoring:self-assessment", args=[dossier.pk]))
        sheet = log_in(voters[0].user).get(reverse("scoring:sheet-edit", args=[item.pk]))
        assert flagged(assessment) == flagged(sheet) == lacking
        assert "chưa có minh chứng" in assessment.content.decode()
        make.scored(item, held.voters, [80] * 4)
        board = log_in(held.chair.user).get(item.get_absolute_url())
        make.gates_found(item, held.chair.user, open_all=True)
        assert ratings.conclude(item, by=held.chair.user, at=make.MEETING) is not None
        minutes = log_in(held.chair.user).get(reverse("scoring:session-minutes", args=[session.pk]))

    assert flagged(board) == lacking
    (row,) = minutes.context["minutes"].items
    assert {(flag.code, flag.sheets, flag.of) for flag in row.flags if flag.name == HEADING} == {
        (code, 4, 4)
    }
    assert "Mức đã chọn cần minh chứng" in minutes.content.decode()


def test_a_paper_that_ran_out_before_the_session_is_flagged_as_such(log_in: LogIn) -> None:
    dossier = make.lodged_dossier(regime="2026")
    assert dossier.evidence.exists()
    Evidence.objects.filter(uses__dossier=dossier).update(valid_until=date(2020, 1, 1))
    owner = log_in(cycle.owner_of(dossier.enrolment))

    page = owner.get(reverse("scoring:self-assessment", args=[dossier.pk]))

    states = {str(flag.lack) for flag in page.context["flags"]}
    assert states <= {"none", "expired"}
    assert "expired" in states


def test_a_paper_is_judged_by_the_day_of_the_session_on_every_page(log_in: LogIn) -> None:
    dossier = make.accepted_dossier(regime="2026")
    held = make.room_for(dossier)
    last_day = legal_day(make.MEETING) - timedelta(days=1)
    Evidence.objects.filter(uses__dossier=dossier).update(valid_until=last_day)
    producer = log_in(cycle.owner_of(dossier.enrolment))
    officer = log_in(cycle.officer_for(dossier.enrolment, Level(dossier.level)))
    at_the_session = f"hết hạn vào ngày họp {legal_day(make.MEETING):%d/%m/%Y}"
    papers = reverse("cycle:evidence-list", args=[dossier.pk])

    with time_machine.travel(make.NOW, tick=False):
        before = officer.get(dossier.get_absolute_url()).content.decode()
        session = make.called(held, dossier)
        pages = [
            producer.get(papers),
            officer.get(papers),
            officer.get(dossier.get_absolute_url()),
        ]
        assessment = producer.get(reverse("scoring:self-assessment", args=[dossier.pk]))
    with time_machine.travel(make.MEETING, tick=False):
        item = make.item_of(make.opened(held, session))
        sheet = log_in(held.members[0].user).get(reverse("scoring:sheet-edit", args=[item.pk]))
    with time_machine.travel(make.MEETING + timedelta(days=40), tick=False):
        later = log_in(cycle.owner_of(dossier.enrolment)).get(papers)

    assert "hết hạn vào ngày họp" not in before
    assert f"{last_day:%d/%m/%Y}" in before
    shown = [at_the_session in page.content.decode() for page in [*pages, later]]
    assert shown == [True, True, True, True]
    assert "expired" in {str(flag.lack) for flag in assessment.context["flags"]}
    assert "hết hạn vào ngày họp" in sheet.content.decode()


def test_a_paper_of_the_item_takes_the_flag_away(log_in: LogIn) -> None:
    dossier = make.self_assessed(cycle.filled_dossier(regime="2026"))
    cycle.attached(
        dossier,
        "intellectual_property",
        title="Giấy chứng nhận nhãn hiệu",
        kind=EvidenceKind.INTELLECTUAL_PROPERTY,
        file=registry.png(),
    )
    owner = log_in(cycle.owner_of(dossier.enrolment))

    page = owner.get(reverse("scoring:self-assessment", args=[dossier.pk]))

    assert flagged(page) == set()
