"""Results of promotion, taken over into the evidence of a renewal."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from cycle.domain.dossier import DossierState
from cycle.models import Dossier, DossierEvidence
from ocop_portal.accounts.models import User
from promotion.domain.outcomes import MARKET, PROMOTION
from promotion.selectors.outcomes import criteria_for, findings_of, recognised_since
from promotion.services import results
from registry.domain.documents import EvidenceKind
from registry.domain.errors import RuleBroken
from registry.models import Subject
from tests.conftest import LogIn
from tests.factories import cycle, renewals
from tests.factories import promotion as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
NOW, TODAY = make.NOW, make.TODAY
LATER = renewals.LATER


@pytest.fixture
def renewal(subject: Subject) -> Dossier:
    return renewals.renewal(subject)


@pytest.fixture
def promoted(renewal: Dossier) -> Dossier:
    """The product was at a fair and is sold on a platform."""
    return renewals.promoted(renewal)


def test_findings_when_counted_then_between_recognition_and_today(promoted: Dossier) -> None:
    product, since = promoted.enrolment.product, recognised_since(promoted)
    assert since == make.DECIDED

    found = findings_of(product, since=since, until=LATER.date())

    assert [(each.item, each.contracts, each.orders, each.revenue) for each in found] == [
        (PROMOTION, 2, None, 12_500_000),
        (MARKET, None, 40, 8_000_000),
    ]
    assert findings_of(product, since=since, until=TODAY - timedelta(days=1)) == []


def test_results_when_taken_over_then_a_paper_stands_at_the_item_with_its_criteria(
    promoted: Dossier,
) -> None:
    by = cycle.owner_of(promoted.enrolment)

    link = results.take_over(promoted, PROMOTION, by=by, at=LATER)
    again = results.take_over(promoted, PROMOTION, by=by, at=LATER)
    market = results.take_over(promoted, MARKET, by=by, at=LATER)

    assert again.pk == link.pk
    assert link.item == PROMOTION
    assert [name for _code, name in criteria_for(promoted, PROMOTION)] == ["Quảng bá sản phẩm"]
    assert link.criteria == [code for code, _name in criteria_for(promoted, PROMOTION)]
    assert link.evidence.kind == EvidenceKind.PROMOTION
    assert link.evidence.content_type == "application/pdf"
    assert market.evidence.kind == EvidenceKind.MARKET
    assert (
        DossierEvidence.objects.filter(dossier=promoted, item__in=(PROMOTION, MARKET)).count() == 2
    )


def test_results_when_nothing_is_known_or_not_asked_then_refused(
    renewal: Dossier, stranger: User
) -> None:
    by = cycle.owner_of(renewal.enrolment)

    for item in (PROMOTION, MARKET, "labour", ""):
        with pytest.raises(RuleBroken, match=r"results\.none"):
            results.take_over(renewal, item, by=by, at=LATER)
    with pytest.raises(PermissionDenied):
        results.take_over(renewal, PROMOTION, by=stranger, at=LATER)


def test_first_evaluation_when_asked_then_there_is_no_time_to_count() -> None:
    dossier = cycle.draft_dossier(regime="2026")

    assert recognised_since(dossier) is None


def test_results_when_the_dossier_is_not_open_then_the_cycle_refuses(promoted: Dossier) -> None:
    Dossier.objects.filter(pk=promoted.pk).update(state=DossierState.LODGED)
    by = cycle.owner_of(promoted.enrolment)

    with pytest.raises(RuleBroken):
        results.take_over(promoted, PROMOTION, by=by, at=LATER)

    assert not DossierEvidence.objects.filter(dossier=promoted, item=PROMOTION).exists()


def test_page_when_the_producer_presses_the_button_then_the_paper_is_named(
    promoted: Dossier, log_in: LogIn, stranger: User
) -> None:
    address = f"/xuc-tien/ho-so/{promoted.pk}/"

    with time_machine.travel(LATER, tick=False):
        owner = log_in(cycle.owner_of(promoted.enrolment))
        shown = owner.get(address).content.decode()
        dossier = owner.get(promoted.get_absolute_url()).content.decode()
        done = owner.post(address, {"item": PROMOTION}, follow=True).content.decode()
        wrong = owner.post(address, {"item": "x"}, follow=True).content.decode()
        foreign = log_in(stranger).get(address)

    assert address in dossier
    assert "12.500.000" in shown
    assert "Đã đưa vào hồ sơ" in done
    assert "Đã có trong hồ sơ" in done
    assert "Chưa có kết quả nào được ghi cho mục này." in wrong
    assert foreign.status_code == 404
