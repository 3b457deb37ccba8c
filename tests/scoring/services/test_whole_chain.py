"""One product from its self-assessment to its certificate, under both chains."""

import pytest

from cycle.domain.dossier import DossierState
from cycle.domain.steps import Step
from cycle.models import Dossier, Enrolment
from registry.domain.regime import Level
from scoring.domain.certificate_states import CertificateState
from scoring.domain.chain import OutcomeKind
from scoring.domain.lower_choice import LowerChoiceKind
from scoring.models import Certificate, Rating
from scoring.selectors.rechecks import differences
from scoring.selectors.rubrics import rubric_of
from scoring.services import ratings
from tests.factories import cycle
from tests.factories import scoring as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def again(dossier: Dossier) -> Dossier:
    return Dossier.objects.get(pk=dossier.pk)


def enrolment_of(dossier: Dossier) -> Enrolment:
    return Enrolment.objects.get(pk=dossier.enrolment_id)


def test_under_2019_a_product_goes_from_the_district_to_a_central_five_star_certificate() -> None:
    dossier = make.accepted_dossier(regime="2019")

    first = make.concluded(dossier, [88, 90, 89, 91])

    assert first.result is OutcomeKind.FORWARDED
    assert (again(dossier).state, again(dossier).level) == (
        DossierState.FORWARDED,
        Level.PROVINCE,
    )

    dossier = cycle.received(again(dossier), at=first.concluded_at)
    second = make.concluded(dossier, [89, 91], at=first.concluded_at)

    assert (second.mean_shown, second.band, second.stars) == ("90", 5, 5)
    assert (second.standing_stars, second.potential_five) == (4, True)
    assert again(dossier).state == DossierState.CONCLUDED

    make.signed(make.drafted(second))
    province_certificate = Certificate.objects.get()

    assert province_certificate.stars == 4
    assert enrolment_of(dossier).step == Step.PROMOTION
    assert (again(dossier).state, again(dossier).level) == (DossierState.FORWARDED, Level.CENTRAL)

    at = second.concluded_at
    dossier = cycle.received(again(dossier), at=at)
    third = make.concluded(dossier, [89, 91], at=at)
    make.signed(make.drafted(third))
    province_certificate.refresh_from_db()
    central_certificate = Certificate.objects.get(stars=5)

    assert third.result is OutcomeKind.RECOGNISED
    assert province_certificate.state == CertificateState.SUPERSEDED
    assert province_certificate.superseded_by == central_certificate
    assert enrolment_of(dossier).stars == 5
    assert again(dossier).state == DossierState.RECOGNISED
    assert list(differences()) == []


def test_under_2019_a_central_mean_under_90_lets_the_province_result_stand() -> None:
    dossier = at_the_centre("2019")

    central = make.concluded(dossier, [85, 86], at=Rating.objects.latest("id").concluded_at)

    assert (central.result, central.below) == (OutcomeKind.RETURNED, "stands")
    assert central.standing_stars == 4
    assert again(dossier).state == DossierState.RECOGNISED
    assert enrolment_of(dossier).stars == 4
    assert Certificate.objects.get().state == CertificateState.VALID
    assert list(differences()) == []


def at_the_centre(regime: str) -> Dossier:
    """A dossier that its province recognised with four stars, received by the centre."""
    dossier = make.accepted_dossier(regime=regime)
    if regime == "2019":
        first = make.concluded(dossier, [90, 90])
        dossier = cycle.received(again(dossier), at=first.concluded_at)
    at = Rating.objects.latest("id").concluded_at if Rating.objects.exists() else make.NOW
    province = make.concluded(dossier, [90, 91], at=at)
    make.signed(make.drafted(province))
    return cycle.received(again(dossier), at=province.concluded_at)


def test_under_2026_the_province_may_use_the_central_result() -> None:
    dossier = at_the_centre("2026")
    at = Rating.objects.latest("id").concluded_at
    central = make.concluded(dossier, [60, 62], at=at)
    province = make.unit_for(make.accepted_dossier(regime="2026"))
    officer = cycle.officer_for(dossier.enrolment, Level.PROVINCE)

    ratings.choose_after(
        central, choice=LowerChoiceKind.USE, note="Theo Điều 7.4", by=officer, at=at
    )
    central = Rating.objects.get(pk=central.pk)
    make.signed(make.drafted(central, level=Level.PROVINCE, unit=province))

    assert Certificate.objects.get(stars=3).state == CertificateState.VALID
    assert Certificate.objects.get(stars=4).state == CertificateState.SUPERSEDED
    assert enrolment_of(dossier).stars == 3
    assert again(dossier).state == DossierState.RECOGNISED
    assert list(differences()) == []


def test_under_2026_the_province_may_score_again() -> None:
    dossier = at_the_centre("2026")
    at = Rating.objects.latest("id").concluded_at
    central = make.concluded(dossier, [80, 82], at=at)
    officer = cycle.officer_for(dossier.enrolment, Level.PROVINCE)

    ratings.choose_after(
        central, choice=LowerChoiceKind.RESCORE, note="Chấm lại", by=officer, at=at
    )

    assert (again(dossier).state, again(dossier).level) == (DossierState.ACCEPTED, Level.PROVINCE)

    second = make.concluded(again(dossier), [71, 72], at=central.concluded_at)

    assert (second.result, second.standing_stars) == (OutcomeKind.RECOGNISED, 4)
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("totals", "shut", "mean", "stars", "outcome"),
    [
        ([72, 74, 76], [], "74", 4, OutcomeKind.RECOGNISED),
        ([72, 74, 76], [4], "74", 3, OutcomeKind.RECOGNISED),
        ([72, 74, 76], [3], "74", None, OutcomeKind.NOT_RECOGNISED),
        ([70, 69, 70], [], "69,66", 3, OutcomeKind.RECOGNISED),
        ([50, 50, 50], [], "50", 3, OutcomeKind.RECOGNISED),
        ([50, 50, 50], [3], "50", None, OutcomeKind.NOT_RECOGNISED),
        ([49, 50, 50], [], "49,66", 2, OutcomeKind.NOT_RECOGNISED),
        ([29, 30, 30], [], "29,66", 1, OutcomeKind.NOT_RECOGNISED),
    ],
)
def test_a_result_of_the_province_follows_the_worked_figures(
    totals: list[int], shut: list[int], mean: str, stars: int | None, outcome: OutcomeKind
) -> None:
    dossier = make.accepted_dossier(regime="2026")
    rubric = rubric_of(make.edition_of(dossier))
    closed = [(gate.criterion, gate.star) for gate in rubric.gates if gate.star in shut][:1]

    rating = make.concluded(dossier, totals, shut=closed)

    assert (rating.mean_shown, rating.stars, rating.result) == (mean, stars, outcome)
    assert rating.held_back_by == [list(key) for key in closed]
    assert list(differences()) == []
