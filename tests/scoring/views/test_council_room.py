"""The whole room through the browser's door: call, declare, score, conclude, decide, sign."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from cycle.models import Dossier
from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from registry.domain.regime import Level
from registry.domain.roles import Role
from scoring.models import (
    AgendaItem,
    Certificate,
    Council,
    Decision,
    Mark,
    Rating,
    Session,
    Sheet,
)
from scoring.selectors.rubrics import rubric_of
from scoring.services import documents
from tests.conftest import LogIn
from tests.factories import cycle, registry
from tests.factories import scoring as make
from tests.factories.people import PASSWORD

pytestmark = pytest.mark.django_db


def status(browser: Client, address: str) -> int:
    """The answer's status; a file that was opened for it is read to its end, which closes it."""
    answer = browser.get(address)
    if answer.streaming:
        assert b"".join(answer)
    return answer.status_code


def posted(choices: dict[str, str | None]) -> dict[str, str]:
    """As the browser sends them."""
    return {f"c-{code}": option or "khong" for code, option in choices.items()}


def test_a_session_from_its_call_to_the_certificate_in_the_browser(log_in: LogIn) -> None:
    dossier = make.accepted_dossier(regime="2026")
    held = make.room_for(dossier)

    with time_machine.travel(make.NOW, tick=False):
        answer = log_in(held.officer).post(
            reverse("scoring:session-call", args=[held.council.pk]),
            {
                "starts_at": "2026-11-27T10:00",
                "place": "Phòng họp số 2",
                "dossiers": [dossier.pk],
            },
        )
    session = Session.objects.get()
    item = AgendaItem.objects.get()

    assert answer["Location"] == session.get_absolute_url()
    assert Entry.objects.filter(kind="scoring.session.called").count() == 1

    page = reverse("scoring:item-detail", args=[item.pk])
    with time_machine.travel(make.NOW, tick=False):
        for member in held.everybody:
            answer = log_in(member.user).post(page, {"has_conflict": "khong"})
            assert answer.status_code == 302

    with time_machine.travel(make.MEETING, tick=False):
        chair, secretary = log_in(held.chair.user), log_in(held.secretary.user)
        secretary.post(reverse("scoring:session-open", args=[session.pk]))
        secretary.post(
            reverse("scoring:session-presence", args=[session.pk]),
            {"present": [member.pk for member in held.everybody]},
        )
        for member in held.voters:
            _scores(log_in(member.user), item, 74)
        board = chair.get(page)
        assert "74" in board.content.decode()
        chair.post(
            reverse("scoring:gates-find", args=[item.pk]),
            {
                f"gate-{row.support.gate.criterion}-{row.support.gate.star}": "dat"
                for row in board.context["gate_rows"]
            },
        )
        answer = chair.post(reverse("scoring:item-conclude", args=[item.pk]))
        assert answer.status_code == 302
        assert (
            secretary.get(reverse("scoring:session-minutes", args=[session.pk])).status_code == 200
        )
        secretary.post(reverse("scoring:session-close", args=[session.pk]))
    rating = Rating.objects.get()

    assert rating.stars == 4

    unit = cycle.unit_of(dossier.enrolment.commune, Level.PROVINCE)
    signer = registry.person(name="Hoàng Sơn")
    signer.set_password(PASSWORD)
    signer.save()
    registry.posting(signer, Role.AUTHORITY, unit)
    with time_machine.travel(make.SIGNING, tick=False):
        log_in(held.officer).post(
            reverse("scoring:decision-create", args=[unit.pk]),
            {
                "title": "Công nhận sản phẩm OCOP đợt 2",
                "number": "12/QĐ-UBND",
                "decided_on": "2026-11-29",
                "ratings": [rating.pk],
            },
        )
        decision = Decision.objects.get()
        present = reverse("scoring:decision-present", args=[decision.pk])
        log_in(held.officer).post(present, {"version": decision.version})
        hand = log_in(signer)
        sign = reverse("scoring:decision-sign", args=[decision.pk])
        shown = hand.get(decision.get_absolute_url()).context["form"].initial
        form = {**shown, "signer_title": "Chủ tịch"}
        wrong = hand.post(sign, {**form, "password": "sai"})
        assert wrong.status_code == 200
        assert not Certificate.objects.exists()
        answer = hand.post(sign, {**form, "password": PASSWORD})
        assert answer["Location"] == decision.get_absolute_url()
        documents.make_missing(limit=10)
        certificate = Certificate.objects.get()
        for address in (
            decision.get_absolute_url(),
            reverse("scoring:decision-pdf", args=[decision.pk]),
            certificate.get_absolute_url(),
            reverse("scoring:certificate-pdf", args=[certificate.pk]),
            reverse("scoring:certificate-list"),
            reverse("scoring:decision-list"),
            rating.get_absolute_url(),
        ):
            assert status(hand, address) == 200


def _scores(browser: Client, item: AgendaItem, total: int) -> None:
    """Draft, then hand in; the receipt is read back."""
    address = reverse("scoring:sheet-edit", args=[item.pk])
    choices = make.choices_of_total(rubric_of(item.edition), total)
    some = dict(list(choices.items())[:3])

    assert browser.get(address).status_code == 200
    answer = browser.post(address, {**posted(some), "act": "save", "version": "0"})
    assert answer.status_code == 302
    answer = browser.post(address, {**posted(choices), "act": "submit", "version": "1"})
    assert answer.status_code == 302
    receipt = browser.get(answer["Location"]).content.decode()
    assert Sheet.objects.get(pk=int(answer["Location"].split("/")[-2])).receipt_hash in receipt


def test_a_sheet_that_misses_a_criterion_is_shown_again_with_the_code_named(log_in: LogIn) -> None:
    item, held = being_scored()
    choices = make.choices_of_total(rubric_of(item.edition), 70)
    left_out = next(iter(choices))
    sent = {code: option for code, option in choices.items() if code != left_out}
    address = reverse("scoring:sheet-edit", args=[item.pk])

    with time_machine.travel(make.MEETING, tick=False):
        answer = log_in(held.chair.user).post(
            address, {**posted(sent), "act": "submit", "version": "0"}
        )

    text = answer.content.decode()
    assert answer.status_code == 200
    assert f"tc-{left_out.replace('.', '-')}-loi" in text
    assert text.count(" checked") == len(sent)
    assert Sheet.objects.get().state == "draft"  # nothing that was chosen is lost
    assert Mark.objects.count() == len(sent)


def test_points_that_a_browser_sends_are_no_scores(log_in: LogIn) -> None:
    item, held = being_scored()
    choices = make.choices_of_total(rubric_of(item.edition), 70)
    address = reverse("scoring:sheet-edit", args=[item.pk])
    forged = {"total": "100", "points": "100", "p-1.1": "10", "act": "submit", "version": "0"}

    with time_machine.travel(make.MEETING, tick=False):
        browser = log_in(held.chair.user)
        browser.post(address, {**posted(choices), **forged})
        code = next(iter(choices))
        refused = log_in(held.members[0].user).post(
            address, {**posted(choices), f"c-{code}": "10", "act": "submit", "version": "0"}
        )

    assert Sheet.objects.get().total == 70
    assert refused.status_code == 200
    assert "không thuộc tiêu chí" in refused.content.decode()


def test_a_second_tab_is_told_that_the_sheet_has_changed(log_in: LogIn) -> None:
    item, held = being_scored()
    choices = make.choices_of_total(rubric_of(item.edition), 70)
    others = make.choices_of_total(rubric_of(item.edition), 60)
    address = reverse("scoring:sheet-edit", args=[item.pk])

    with time_machine.travel(make.MEETING, tick=False):
        browser = log_in(held.chair.user)
        browser.post(address, {**posted(choices), "act": "save", "version": "0"})
        stale = browser.post(address, {**posted(others), "act": "save", "version": "0"})
        again = browser.post(address, {**posted(choices), "act": "save", "version": "0"})

    assert stale.status_code == 409
    assert again.status_code == 302
    assert Sheet.objects.get().version == 1


def being_scored() -> tuple[AgendaItem, make.Room]:
    """An item of an open session with everybody present and without a conflict."""
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier)
    return make.item_of(make.opened(held, make.called(held, dossier))), held


def test_before_a_member_has_declared_everything_but_the_title_is_hidden(log_in: LogIn) -> None:
    dossier = make.accepted_dossier(regime="2019")
    held = make.room_for(dossier)
    session = make.called(held, dossier)
    item = make.item_of(session)
    paper = dossier.evidence.select_related("evidence").get().evidence
    member = held.members[0]
    registry.posting(member.user, Role.AUDITOR, registry.country())
    browser = log_in(member.user)
    addresses = [
        reverse("cycle:dossier-detail", args=[dossier.pk]),
        reverse("registry:evidence-detail", args=[paper.pk]),
        reverse("registry:evidence-file", args=[paper.pk]),
        reverse("scoring:self-assessment", args=[dossier.pk]),
    ]

    with time_machine.travel(make.NOW + timedelta(hours=1), tick=False):
        before = [status(browser, address) for address in addresses]
        title = browser.get(item.get_absolute_url())
        browser.post(item.get_absolute_url(), {"has_conflict": "khong"})
        free = [status(browser, address) for address in addresses]
        browser.post(item.get_absolute_url(), {"has_conflict": "co", "note": "Anh rể"})
        conflict = [status(browser, address) for address in addresses]
        back = browser.post(item.get_absolute_url(), {"has_conflict": "khong"})

    subject = dossier.enrolment.product.subject.name
    assert before == [404, 404, 404, 404]
    assert dossier.enrolment.product.name in title.content.decode()
    assert subject not in title.content.decode()
    assert free == [200, 200, 200, 200]
    assert conflict == [404, 404, 404, 404]
    assert "không rút lại được" in back.content.decode()


def test_strangers_and_producers_see_no_room_and_no_sheet(log_in: LogIn, stranger: User) -> None:
    item, held = being_scored()
    make.submitted(item, held.chair, 80)
    sheet = Sheet.objects.get()
    producer = cycle.owner_of(item.dossier.enrolment)
    addresses = [
        item.get_absolute_url(),
        item.session.get_absolute_url(),
        sheet.get_absolute_url(),
        reverse("scoring:sheet-edit", args=[item.pk]),
        reverse("scoring:item-board", args=[item.pk]),
        Council.objects.get().get_absolute_url(),
        reverse("scoring:session-minutes", args=[item.session_id]),
    ]

    with time_machine.travel(make.MEETING, tick=False):
        seen = [status(log_in(held.chair.user), address) for address in addresses]
        by_stranger = [status(log_in(stranger), address) for address in addresses]
        by_producer = [status(log_in(producer), address) for address in addresses]

    assert seen == [200, 200, 200, 302, 200, 200, 200]
    assert by_stranger == [404] * 7
    assert by_producer == [404] * 7


def test_nobody_sees_another_sheet_or_any_figure_before_all_are_in(log_in: LogIn) -> None:
    item, held = being_scored()
    for member in held.voters[:-1]:
        make.submitted(item, member, 83)
    others = Sheet.objects.exclude(member=held.secretary).first()
    assert others is not None
    last = held.voters[-1]

    with time_machine.travel(make.MEETING, tick=False):
        for person in (held.chair, last, held.secretary):
            browser = log_in(person.user)
            shown = strip_tags(browser.get(item.get_absolute_url()).content.decode())
            assert not re.search(r"(?<!\d)83(?!\d)", shown)
            if person != held.chair:
                assert browser.get(others.get_absolute_url()).status_code == 404
        make.submitted(item, last, 85)
        after = log_in(last.user).get(others.get_absolute_url())
        board = log_in(held.secretary.user).get(item.get_absolute_url()).content.decode()

    assert after.status_code == 200
    assert "83,5" in board


def test_a_dossier_is_taken_off_the_agenda_with_a_reason_before_the_session_opens(
    log_in: LogIn,
) -> None:
    first, second = (make.accepted_dossier(regime="2019") for _ in range(2))
    held = make.room_for(first)
    session = make.called(held, first, second)
    item = session.items.get(dossier=second)
    address = reverse("scoring:item-remove", args=[item.pk])

    with time_machine.travel(make.NOW, tick=False):
        office, member = log_in(held.officer), log_in(held.members[0].user)
        offered = office.get(session.get_absolute_url()).content.decode()
        unseen = member.get(session.get_absolute_url()).content.decode()
        assert member.post(address, {"reason": "Tự ý"}).status_code == 404
        without = office.post(address, {"reason": " "})
        done = office.post(address, {"reason": "Chờ kết quả kiểm nghiệm"})
        told = office.get(item.get_absolute_url()).content.decode()

    assert (address in offered, address in unseen) == (True, False)
    assert without.status_code == 409
    assert "lý do" in without.content.decode()
    assert done.status_code == 302
    assert session.items.get(pk=item.pk).state == "removed"
    assert Dossier.objects.get(pk=second.pk).state == "accepted"
    assert "Chờ kết quả kiểm nghiệm" in told
