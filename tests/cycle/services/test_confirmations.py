"""The representative lets somebody else lodge exactly what was confirmed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied

from cycle.models import Dossier, Lodging, LodgingConfirmation
from cycle.selectors import code_for
from cycle.services import confirmations, dossiers, lodgings
from ocop_portal.accounts.models import User
from ocop_portal.journal import delivery
from ocop_portal.journal.models import Entry
from registry.domain.roles import Role
from tests.factories import cycle, people, registry
from tests.factories.cycle import NOW, RUBRIC_HASH
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
SUMMARY = {"choices": {"1.1": "a"}}
LATER = NOW + timedelta(minutes=5)


@dataclass(frozen=True)
class Case:
    dossier: Dossier
    owner: User
    editor: User

    def ask(self, at: datetime = NOW) -> LodgingConfirmation:
        return confirmations.ask(
            self.dossier, rubric_hash=RUBRIC_HASH, assessment=SUMMARY, by=self.editor, at=at
        )

    def enter(self, code: str, at: datetime = LATER) -> LodgingConfirmation:
        return confirmations.enter(self.dossier, code=code, by=self.editor, at=at)

    def lodge(self, at: datetime = LATER, **facts: Any) -> Dossier:
        return lodgings.lodge(
            self.dossier,
            facts=cycle.ASSESSED,
            rubric_hash=RUBRIC_HASH,
            assessment=facts.get("assessment", SUMMARY),
            by=self.editor,
            at=at,
        )


@pytest.fixture
def case() -> Case:
    dossier = cycle.filled_dossier()
    editor = registry.person()
    registry.posting(editor, Role.EDITOR, dossier.enrolment.product.subject)
    return Case(dossier, cycle.owner_of(dossier.enrolment), editor)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_an_editor_lodges_with_the_code_of_the_representative(case: Case) -> None:
    code = code_for(case.ask(), case.owner)
    case.enter(f" {code[:3]} {code[3:]} ")

    dossier = case.lodge()

    lodging = Lodging.objects.get()
    assert (dossier.state, lodging.by, lodging.confirmed_by) == ("lodged", case.editor, case.owner)
    assert case.lodge(at=LATER + timedelta(seconds=1)) == dossier
    assert case.enter(code).confirmed_by == case.owner  # the same page sent twice
    assert Lodging.objects.count() == 1


def test_the_owner_lodges_in_person_and_stands_for_it(case: Case) -> None:
    cycle.lodged(case.dossier)

    assert Lodging.objects.get().confirmed_by == case.owner
    with refusal("paper.not_open"):
        case.ask()


def test_the_code_goes_to_the_representative_by_mail_and_stands_nowhere(case: Case) -> None:
    asked = case.ask()
    code = code_for(asked, case.owner)
    entry = Entry.objects.get(kind="cycle.dossier.confirmation_asked")

    for row in delivery.fan_out(entry.pk, at=NOW):
        delivery.deliver(row, at=NOW)

    [letter] = mail.outbox
    assert letter.to == [case.owner.email]
    assert f"{code[:3]} {code[3:]}" in letter.body
    assert code not in str(entry.facts) + str(list(entry.notifications.values()))
    assert code not in str(list(LodgingConfirmation.objects.values()))


def test_two_representatives_have_codes_of_their_own(case: Case) -> None:
    second = registry.person()
    registry.posting(second, Role.OWNER, case.dossier.enrolment.product.subject)
    asked = case.ask()

    assert code_for(asked, second) != code_for(asked, case.owner)
    assert case.enter(code_for(asked, second)).confirmed_by == second


def test_a_changed_content_needs_a_new_code(case: Case) -> None:
    case.enter(code_for(case.ask(), case.owner))
    with refusal("confirmation.other_content"):
        case.lodge(assessment={"choices": {"1.1": "b"}})
    now = Dossier.objects.get()
    dossiers.save(now, version=now.version, introduction="Khác", by=case.editor, at=LATER)

    with refusal("confirmation.other_content"):
        case.lodge()


def test_five_wrong_entries_end_a_code_and_are_counted_although_refused(case: Case) -> None:
    asked = case.ask()
    code = code_for(asked, case.owner)
    for left in (4, 3, 2, 1, 0):
        with refusal("confirmation.wrong") as found:
            case.enter(wrong(code))
        assert found.value.facts == {"left": left}

    with refusal("confirmation.ended"):
        case.enter(code)
    with refusal("confirmation.missing"):
        case.lodge()
    again = code_for(case.ask(at=LATER), case.owner)
    assert again != code
    case.enter(again)
    assert case.lodge().state == "lodged"


@pytest.mark.parametrize("text", ["", "12345", "1234567", "mã", "\u0661\u0662\u0663"])
def test_what_is_no_code_is_wrong(case: Case, text: str) -> None:
    case.ask()

    with refusal("confirmation.wrong"):
        case.enter(text)


def test_a_day_later_the_code_and_the_word_have_ended(case: Case) -> None:
    code = code_for(case.ask(), case.owner)
    tomorrow = NOW + timedelta(hours=24)
    with refusal("confirmation.ended"):
        case.enter(code, at=tomorrow)

    case.enter(code, at=tomorrow - timedelta(seconds=1))

    with refusal("confirmation.ended"):
        case.lodge(at=tomorrow)


def test_a_new_code_ends_the_one_before_and_is_not_sent_at_every_press(case: Case) -> None:
    first = code_for(case.ask(), case.owner)
    with refusal("confirmation.too_soon"):
        case.ask(at=NOW + timedelta(seconds=59))
    case.ask(at=NOW + timedelta(minutes=1))

    with refusal("confirmation.wrong"):
        case.enter(first)


def test_a_code_serves_one_lodging(case: Case) -> None:
    case.enter(code_for(case.ask(), case.owner))
    lodged = case.lodge()
    cycle.returned(lodged, "introduction")

    with refusal("confirmation.missing"):
        case.lodge(at=LATER + timedelta(hours=1))


def test_who_asks_and_for_whom(case: Case) -> None:
    tuan = people.tuan()
    with refusal("confirmation.missing"):
        case.enter("000000")
    with refusal("confirmation.not_needed"):
        confirmations.ask(
            case.dossier, rubric_hash=RUBRIC_HASH, assessment={}, by=case.owner, at=NOW
        )
    with pytest.raises(PermissionDenied):
        confirmations.ask(case.dossier, rubric_hash=RUBRIC_HASH, assessment={}, by=tuan, at=NOW)
    with pytest.raises(PermissionDenied):
        confirmations.enter(case.dossier, code="000000", by=tuan, at=NOW)
    case.owner.is_active = False
    case.owner.save()
    with refusal("confirmation.nobody"):
        case.ask()
