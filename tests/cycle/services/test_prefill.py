"""Renewals and upgrades: what is carried over, what must be new, when they may be filed."""

from datetime import date, timedelta

import pytest

from cycle.domain.calendar import filing_window
from cycle.domain.journey import EnrolmentKind
from cycle.models import Dossier
from cycle.selectors import to_renew, window_of
from cycle.services import lodgings
from registry.domain.documents import EvidenceKind
from registry.domain.errors import RuleBroken
from registry.models import Evidence
from registry.selectors import regime
from registry.services import evidence
from tests.factories import cycle, registry
from tests.factories.cycle import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
ENDS = date(2029, 7, 1)


def first_passage() -> Dossier:
    """A recognised dossier with a licence, a test report, a story and a paper that ran out."""
    dossier = cycle.filled_dossier(regime="2026")
    for item, title in (("test_report", "Phiếu 1"), ("story", "Câu chuyện"), ("awards", "Cúp")):
        cycle.attached(dossier, item, title=title, kind=EvidenceKind.OTHER)
    Evidence.objects.filter(title="Cúp").update(valid_until=TODAY - timedelta(days=1))
    cycle.lodged(dossier)
    Dossier.objects.filter(pk=dossier.pk).update(state="recognised")
    type(dossier.enrolment).objects.filter(pk=dossier.enrolment_id).update(step="promotion")
    return Dossier.objects.get(pk=dossier.pk)


def again(first: Dossier, kind: EnrolmentKind) -> Dossier:
    row = cycle.enrolment(regime="2026", item=first.enrolment.product, kind=kind)
    found = row.dossier
    assert found is not None
    return found


def test_a_re_evaluation_begins_with_what_is_still_good() -> None:
    first = first_passage()

    dossier = again(first, EnrolmentKind.RE_EVALUATION)

    assert dossier.prefilled_from == first
    assert dossier.introduction == first.introduction
    assert (dossier.changes, dossier.state) == ("", "draft")
    links = dossier.evidence.select_related("evidence")
    assert {link.item for link in links} == {"business_registration", "story"}
    assert [item.code for item in to_renew(dossier, TODAY)] == ["test_report", "growth"]


def test_an_upgrade_takes_the_paper_that_followed() -> None:
    first = first_passage()
    old = first.evidence.get(item="story").evidence
    new = evidence.renew(
        old, file=registry.png(), by=cycle.owner_of(first.enrolment), at=NOW, title="Bản mới"
    )

    dossier = again(first, EnrolmentKind.UPGRADE)

    assert dossier.evidence.get(item="story").evidence == new
    assert dossier.evidence.filter(item="test_report").exists()
    assert [item.code for item in to_renew(dossier, TODAY)] == ["changes_proof"]


def test_a_first_dossier_is_filled_from_nothing() -> None:
    dossier = cycle.draft_dossier()

    assert (dossier.prefilled_from, dossier.introduction) == (None, "")
    assert to_renew(dossier, TODAY) == []


@pytest.mark.parametrize(
    ("on", "is_open"),
    [
        (ENDS - timedelta(days=181), False),
        (ENDS - timedelta(days=180), True),
        (ENDS - timedelta(days=120), True),
        (ENDS - timedelta(days=119), False),
        (ENDS, False),
        (ENDS + timedelta(days=1), True),
    ],
)
def test_the_window_of_2026_opens_and_closes_on_its_days(on: date, *, is_open: bool) -> None:
    renewal = regime("2026").renewal
    assert renewal is not None

    window = filing_window(renewal, ENDS)

    assert (window.opens_on, window.closes_on) == (date(2029, 1, 2), date(2029, 3, 3))
    assert window.is_open(on) is is_open
    assert window.has_ended(on) is (on > ENDS)


@pytest.mark.parametrize(
    ("days_left", "code"),
    [
        (200, "dossier.filing_window"),
        (150, "dossier.needs"),
        (60, "dossier.filing_window"),
        (-1, "dossier.needs"),  # over already: there is nothing to be early or late for
    ],
)
def test_a_re_evaluation_is_lodged_within_its_window(days_left: int, code: str) -> None:
    """Within the window, and after the end, the refusal is another one: what is still missing."""
    dossier = again(first_passage(), EnrolmentKind.RE_EVALUATION)

    with pytest.raises(RuleBroken, match=code):
        lodgings.lodge(
            dossier,
            facts=cycle.ASSESSED,
            rubric_hash=cycle.RUBRIC_HASH,
            valid_until=TODAY + timedelta(days=days_left),
            by=cycle.owner_of(dossier.enrolment),
            at=NOW,
        )


def test_an_upgrade_and_a_regime_without_the_rule_have_no_window() -> None:
    upgrade = again(first_passage(), EnrolmentKind.UPGRADE)
    older = cycle.draft_dossier()
    older.kind = EnrolmentKind.RE_EVALUATION

    assert window_of(upgrade, ENDS) is None
    assert window_of(older, ENDS) is None
