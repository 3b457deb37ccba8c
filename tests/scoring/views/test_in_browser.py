"""The council room in real browsers: totals that follow, receipts read back, pages for all."""

import pytest
import time_machine
from playwright.sync_api import expect

from scoring.models import Sheet
from scoring.selectors.rubrics import rubric_of
from tests.factories import scoring as make
from tests.factories.people import PASSWORD
from tests.journeys.actors import Actor
from tests.looks import faults_of
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Presses one radio button of every criterion, in whichever section it stands.
CHOOSE = """choices => {
  for (const [name, value] of Object.entries(choices))
    document.querySelector(`[name="${name}"][value="${value}"]`).click();
}"""


def test_a_member_scores_and_a_chair_presides(open_page: PageOpener) -> None:
    dossier = make.accepted_dossier(regime="2026")
    held = make.room_for(dossier)
    session = make.opened(held, make.called(held, dossier))
    item = make.item_of(session)
    choices = make.choices_of_total(rubric_of(item.edition), 74)
    for person in held.everybody:
        person.user.set_password(PASSWORD)
        person.user.save()
    faults: list[tuple[str, str]] = []

    with time_machine.travel(make.MEETING):
        member = Actor.at(open_page(), held.members[0].user)
        member.go(f"/hoi-dong/muc/{item.pk}/phieu/")
        faults += faults_of(member.page)
        member.page.evaluate(CHOOSE, {f"c-{c}": o or "khong" for c, o in choices.items()})
        expect(member.page.locator(".totals__all [data-points-total]")).to_have_text("74")
        member.press("Xem lại và nộp")
        faults += faults_of(member.page)
        member.press("Nộp phiếu")
        member.agree()
        member.sees(Sheet.objects.get().receipt_hash)
        faults += faults_of(member.page)

        for voter in [held.chair, *held.members[1:]]:
            make.submitted(item, voter, 76)
        chair = Actor.at(open_page(width=360), held.chair.user)
        pages = (
            f"/hoi-dong/muc/{item.pk}/",
            f"/hoi-dong/phien/{session.pk}/",
            f"/hoi-dong/phien/{session.pk}/bien-ban/",
            f"/hoi-dong/{held.council.pk}/",
            f"/hoi-dong/phieu/{Sheet.objects.get(member=held.chair).pk}/",
        )
        for path in pages:
            chair.go(path)
            faults += faults_of(chair.page)
        chair.go(pages[0])
        chair.sees("75,5")
        chair.press("Ghi nhận các mức")
        chair.press("Kết luận")
        chair.agree()
        chair.sees("Hội đồng đã kết luận.")

    assert faults == []
