"""One product from its self-assessment to its certificate, under both chains."""

from datetime import date, datetime
from typing import Any

import pytest

from cycle.domain.dossier import DossierState
from cycle.domain.steps import Step
from cycle.models import Dossier, Enrolment
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.models import Posting, Unit
from registry.selectors import regime
from scoring.domain.certificate_states import CertificateState
from scoring.domain.chain import OutcomeKind
from scoring.domain.lower_choice import LowerChoiceKind
from scoring.models import Certificate, Rating
from scoring.selectors.bodies import due_body, groups_by_body
from scoring.selectors.ratings import awaiting_decision
from scoring.selectors.rechecks import differences
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.sessions import dossiers_waiting
from scoring.services import ratings
from tests.factories import cycle, registry
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


def test_under_2019_a_specialised_council_scores_before_the_national_one() -> None:
    dossier = at_the_centre("2019")
    at = Rating.objects.latest("id").concluded_at
    group = dossier.product_set.industry
    country = make.unit_for(dossier)
    national = make.room(Level.CENTRAL, country)
    other = make.room(Level.CENTRAL, country, body="specialised", groups=[another_group(group)])

    assert due_body(dossier).code == "specialised"
    for early in (national, other):
        assert not dossiers_waiting(early.council).exists()
        with pytest.raises(RuleBroken, match=r"^session\.foreign_dossier"):
            make.called(early, dossier, at=at)

    first = make.concluded(dossier, [91, 92], at=at, one_body=True)

    assert (first.result, first.body, first.standing_stars) == (
        OutcomeKind.PASSED_ON,
        "specialised",
        None,
    )
    assert (again(dossier).state, again(dossier).level) == (DossierState.ACCEPTED, Level.CENTRAL)
    assert not awaiting_decision(country, Level.CENTRAL).exists()
    assert list(dossiers_waiting(national.council)) == [dossier]

    second = make.concluded(again(dossier), [90, 91], at=at)

    assert (second.result, second.body, second.stars) == (OutcomeKind.RECOGNISED, "", 5)
    assert list(differences()) == []


def another_group(group: str) -> str:
    return next(name for name in groups_by_body(Level.CENTRAL, "specialised") if name != group)


def test_a_council_is_of_a_kind_that_its_level_has() -> None:
    dossier = make.accepted_dossier(regime="2026")
    province = make.unit_for(dossier)
    country = registry.country()
    group = groups_by_body(Level.CENTRAL, "specialised")[0]

    wrong: list[tuple[str, Level, Unit, dict[str, Any]]] = [
        ("council.body", Level.PROVINCE, province, {"body": "specialised", "groups": [group]}),
        ("council.groups", Level.CENTRAL, country, {"body": "specialised"}),
        ("council.groups", Level.CENTRAL, country, {"groups": [group]}),
        ("council.group_unknown", Level.CENTRAL, country, {"body": "specialised", "groups": ["x"]}),
    ]
    for code, level, unit, facts in wrong:
        with pytest.raises(RuleBroken, match=f"^{code}: "):
            make.room(level, unit, **facts)


def enrolled(regime: str, *, at: datetime) -> Enrolment:
    """A product of people who have been there since the beginning of the year."""
    item = cycle.product()
    Posting.objects.filter(subject=item.subject).update(starts_on=date(2026, 1, 1))
    return cycle.enrolment(regime=regime, item=item, at=at)


def test_a_change_of_regime_moves_no_dossier_that_was_lodged_the_day_before() -> None:
    """On 21 May 2026 a dossier is lodged under the old rules; on 22 May new ones are in force."""
    eve, day = make.at_day(2026, 5, 21), make.at_day(2026, 5, 22)
    assert not regime("2026").is_in_force(date(2026, 5, 21))
    assert regime("2026").is_in_force(date(2026, 5, 22))
    old = make.lodged_dossier(row=enrolled("2019", at=eve), at=eve)
    before = Dossier.objects.values().get(pk=old.pk)
    new = make.lodged_dossier(regime="2026", row=enrolled("2026", at=day), at=day)

    assert Dossier.objects.values().get(pk=old.pk) == before
    assert (old.regime, old.level, new.regime, new.level) == (
        "2019",
        Level.DISTRICT,
        "2026",
        Level.COMMUNE,
    )
    received = cycle.received(again(old), at=day)
    rating = make.concluded(received, [88, 90, 89], at=day)
    assert (rating.regime, rating.edition.regime) == ("2019", "2019")
    assert rating.result is OutcomeKind.FORWARDED
    assert again(old).level == Level.PROVINCE
