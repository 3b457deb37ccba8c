"""The minutes: presence, conflicts, every ballot, findings, results; to each reader a share."""

import io
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from scoring.models import AgendaItem
from scoring.selectors.rubrics import rubric_of
from scoring.services import grounds, ratings, sessions
from tests.conftest import LogIn
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db


def read(browser: Client, session_id: int) -> str:
    """The words of the PDF, with one blank between them."""
    answer = browser.get(reverse("scoring:session-minutes-pdf", args=[session_id]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


def page_of(browser: Client, session_id: int) -> str:
    return browser.get(reverse("scoring:session-minutes", args=[session_id])).content.decode()


def concluded_in_two_rounds() -> tuple[AgendaItem, make.Room]:
    dossier = make.accepted_dossier(regime="2026")
    held = make.room_for(dossier, members=4)
    session = make.opened(held, make.called(held, dossier), in_conflict=[held.members[3]])
    item = make.item_of(session)
    make.scored(item, held.voters[:4], [61, 73, 74, 75])
    sessions.open_ballot(item, reason="Chưa thống nhất phần B", by=held.chair.user, at=make.MEETING)
    item = make.scored(item, held.voters[:4], [72, 73, 74, 77])
    make.gates_found(item, held.chair.user, open_all=True)
    ratings.conclude(item, by=held.chair.user, at=make.MEETING)
    return item, held


def test_the_minutes_hold_what_was_decided_and_how(log_in: LogIn) -> None:
    item, held = concluded_in_two_rounds()
    with time_machine.travel(make.MEETING, tick=False):
        chair = log_in(held.chair.user)
        draft = read(chair, item.session_id)
        sessions.close(item.session, note="Không", by=held.secretary.user, at=make.MEETING)
        final = read(chair, item.session_id)

    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "BIÊN BẢN",
        f"Chủ trì: {held.chair.user}",
        f"Không tham gia chấm vì có xung đột lợi ích: {held.members[3].user}",
        "Người chấm có mặt: 4/4 (cần ít nhất 3)",
        f"1 {held.chair.user} 61",
        f"1 {held.chair.user} 72",
        "Chênh lệch giữa phiếu cao nhất và thấp nhất 14",
        "Chênh lệch giữa phiếu cao nhất và thấp nhất 5",
        "Chưa thống nhất phần B",
        "điểm trung bình 74 trên 4 phiếu",
        "4 sao",
    ):
        assert words in final
    assert "Dự thảo lập từ dữ liệu" in draft
    assert "Dự thảo lập từ dữ liệu" not in final
    assert "Cuộc họp kết thúc vào" in final


def test_an_office_reads_totals_without_names_and_a_member_in_conflict_only_the_title(
    log_in: LogIn,
) -> None:
    item, held = concluded_in_two_rounds()
    with time_machine.travel(make.MEETING, tick=False):
        office = read(log_in(held.officer), item.session_id)
        office_page = page_of(log_in(held.officer), item.session_id)
        conflict = read(log_in(held.members[3].user), item.session_id)
        conflict_page = page_of(log_in(held.members[3].user), item.session_id)

    assert "Phiếu số 1 77" in office
    assert f"{held.chair.user} 72" not in office
    assert "Phiếu số 1" in office_page
    title = item.dossier.enrolment.product.name
    assert title in conflict
    conflict = conflict.replace(title, "")
    for words in ("77", "trung bình", item.dossier.enrolment.product.subject.name):
        assert words not in conflict
    assert "trung bình" not in conflict_page


def test_minutes_of_a_product_that_is_still_scored_hold_no_sheet(log_in: LogIn) -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier)
    item = make.item_of(make.opened(held, make.called(held, dossier)))
    make.scored(item, held.voters, [81, 82, 83, 84])

    with time_machine.travel(make.MEETING, tick=False):
        shown = read(log_in(held.chair.user), item.session_id)

    assert "đang chấm" in shown
    assert not re.search(r"\b8[1-4]\b", shown)


def test_the_minutes_name_the_vice_chair_who_presided_over_one_product(log_in: LogIn) -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier, vice_chairs=1)
    session = make.opened(held, make.called(held, dossier), in_conflict=[held.chair])
    vice = held.vice_chairs[0]
    item = make.scored(make.item_of(session), [vice, *held.members], [70, 71, 72, 73])
    ratings.conclude(item, by=vice.user, at=make.MEETING)

    with time_machine.travel(make.MEETING, tick=False):
        browser = log_in(held.secretary.user)
        paper, page = read(browser, session.pk), page_of(browser, session.pk)

    assert f"Chủ trì khi xét sản phẩm này: {vice.user}." in paper
    assert f"Chủ trì khi xét sản phẩm này: {vice.user} (" in page
    assert f"Chủ trì: {held.chair.user}" in paper


def test_a_stopped_product_stands_there_with_its_ground_and_who_found_it(log_in: LogIn) -> None:
    dossier = make.accepted_dossier(regime="2026")
    held = make.room_for(dossier)
    item = make.item_of(make.opened(held, make.called(held, dossier)))
    ground = rubric_of(item.edition).exclusions[0].id
    grounds.find(
        item, ground=ground, note="Giấy kiểm nghiệm giả", by=held.secretary.user, at=make.MEETING
    )
    grounds.stop(item, by=held.chair.user, at=make.MEETING)

    with time_machine.travel(make.MEETING, tick=False):
        shown = read(log_in(held.chair.user), item.session_id)

    assert f"Giấy kiểm nghiệm giả ({held.secretary.user} ghi nhận)" in shown
    assert "Kết quả: dừng chấm" in shown
