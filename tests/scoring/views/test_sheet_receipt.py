"""What stays of a sheet: the receipt, the official form, a reopening that everybody sees."""

import io
import re

import pytest
import time_machine
from django.urls import reverse
from pypdf import PdfReader

from scoring.models import AgendaItem, Mark, Sheet
from scoring.selectors.rubrics import rubric_of
from scoring.services import sheets
from tests.conftest import LogIn
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def held() -> make.Room:
    dossier = make.accepted_dossier(regime="2026")
    room = make.room_for(dossier)
    make.opened(room, make.called(room, dossier))
    return room


@pytest.fixture
def item(held: make.Room) -> AgendaItem:
    return make.item_of(held.council.sessions.get())


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_a_receipt_says_what_is_stored_and_that_it_still_is(
    log_in: LogIn, held: make.Room, item: AgendaItem
) -> None:
    make.submitted(item, held.chair, 74)
    sheet = Sheet.objects.get()

    with time_machine.travel(make.MEETING, tick=False):
        before = log_in(held.chair.user).get(sheet.get_absolute_url()).content.decode()
        mark = Mark.objects.filter(sheet=sheet, option__isnull=False)[0]
        Mark.objects.filter(pk=mark.pk).update(option=None, points=0)
        after = log_in(held.chair.user).get(sheet.get_absolute_url()).content.decode()

    assert sheet.receipt_hash in before
    assert 'data-intact="yes"' in before
    assert f"{len(rubric_of(item.edition).by_code)} tiêu chí" in before
    assert 'data-intact="no"' in after


def test_the_official_form_ticks_what_was_chosen(
    log_in: LogIn, held: make.Room, item: AgendaItem
) -> None:
    choices = make.choices_of_total(rubric_of(item.edition), 74)
    sheets.submit(item, choices=choices, comment="Chè thơm", by=held.chair.user, at=make.MEETING)
    sheet = Sheet.objects.get()

    with time_machine.travel(make.MEETING, tick=False):
        answer = log_in(held.chair.user).get(reverse("scoring:sheet-pdf", args=[sheet.pk]))
    text = text_of(answer.content)

    assert answer["Content-Type"] == "application/pdf"
    assert item.dossier.enrolment.product.name in text
    assert str(held.chair.user) in text
    assert "Chè thơm" in text
    assert text.count("×") == len(choices)
    assert re.sub(r"\s", "", sheet.receipt_hash) in re.sub(r"\s", "", text)


def test_a_draft_has_no_official_form(log_in: LogIn, held: make.Room, item: AgendaItem) -> None:
    sheet = sheets.save(item, choices={}, by=held.chair.user, at=make.MEETING)

    with time_machine.travel(make.MEETING, tick=False):
        answer = log_in(held.chair.user).get(reverse("scoring:sheet-pdf", args=[sheet.pk]))

    assert answer.status_code == 404


def test_the_chair_gives_back_a_sheet_unseen_and_everybody_reads_why(
    log_in: LogIn, held: make.Room, item: AgendaItem
) -> None:
    member = held.members[0]
    make.submitted(item, member, 83)
    sheet = Sheet.objects.get()
    page = reverse("scoring:sheet-reopen", args=[item.pk])
    with time_machine.travel(make.MEETING, tick=False):
        chair = log_in(held.chair.user)
        seen = chair.get(page)
        without = chair.post(page, {"sheet": sheet.pk, "reason": " "})
        refused = log_in(held.members[1].user).get(page)
        chair.post(page, {"sheet": sheet.pk, "reason": "Chấm nhầm mục 2.1"})
        others = log_in(held.members[1].user).get(item.get_absolute_url()).content.decode()
        own = log_in(member.user).get(reverse("scoring:sheet-edit", args=[item.pk]))
        twice = chair.post(page, {"sheet": sheet.pk, "reason": "Lần nữa"})
    sheet.refresh_from_db()

    assert str(member.user) in seen.content.decode()
    assert not re.search(r"(?<!\d)83(?!\d)", re.sub(r"<[^>]*>", " ", seen.content.decode()))
    assert without.status_code == 200
    assert refused.status_code == 403
    assert "Chấm nhầm mục 2.1" in others
    assert str(member.user) in others
    assert "Chấm nhầm mục 2.1" in own.content.decode()
    assert twice.status_code == 200
    assert sheet.reopenings.count() == 1
