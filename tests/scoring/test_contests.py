"""A district's contest: a kind of round whose products are ranked and go on to the province."""

import pytest
import time_machine

from cycle.domain.rounds import RoundKind
from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from registry.domain.roles import Role
from scoring.selectors.contests import ranking_of
from tests.conftest import LogIn
from tests.factories import cycle, registry
from tests.factories import scoring as make
from tests.refusals import refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db: None) -> User:
    registry.former_commune(successor=registry.commune())
    return cycle.holder(Role.DISTRICT_OFFICER, registry.district())


def test_a_contest_ranks_its_products_and_sends_the_good_ones_up(
    officer: User, log_in: LogIn
) -> None:
    contest = cycle.season("2019", unit=registry.district(), kind=RoundKind.CONTEST, by=officer)
    for totals in ([60, 61, 62], [80, 81, 82], [40, 41, 42]):
        row = cycle.enrolment(contest)
        make.concluded(make.accepted_dossier(regime="2019", row=row), totals)
    make.concluded(make.accepted_dossier(regime="2019"), [99, 99, 99])

    ranked = ranking_of(contest, officer, make.SIGNING.date())

    assert [(row.place, row.rating.mean_shown, row.goes_on) for row in ranked] == [
        (1, "81", True),
        (2, "61", True),
        (3, "41", False),
    ]
    with time_machine.travel(make.SIGNING, tick=False):
        office = log_in(officer).get(contest.get_absolute_url()).content.decode()
        owner = cycle.owner_of(ranked[0].rating.dossier.enrolment)
        producer = log_in(owner).get(contest.get_absolute_url()).content.decode()
    assert "Xếp hạng cuộc thi" in office
    assert "Xếp hạng cuộc thi" not in producer


def test_a_contest_is_held_where_the_regime_says_so(officer: User) -> None:
    with refusal("round.unit_level"):
        cycle.season("2019", kind=RoundKind.CONTEST)
    with refusal("round.unit_level"):
        cycle.season("2019", unit=registry.district(), by=officer)
    with refusal("round.no_contest"):
        cycle.season("2026", kind=RoundKind.CONTEST)
    assert registry.district().level == Level.DISTRICT
