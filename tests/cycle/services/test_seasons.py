"""Rounds: who opens them, under what law, and when they end."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from cycle.models import Round
from cycle.services import seasons
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from tests.factories import cycle, registry
from tests.factories.cycle import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.mark.parametrize(
    ("role", "is_allowed"),
    [
        (Role.ADMINISTRATOR, True),
        (Role.PROVINCIAL_OFFICER, True),
        (Role.AUDITOR, False),
        (Role.AUTHORITY, False),
    ],
)
def test_who_may_open_a_round(role: Role, is_allowed: bool) -> None:
    place = registry.province()
    user = registry.officer(role, place)

    if is_allowed:
        assert cycle.season("2026", by=user).unit == place
    else:
        with pytest.raises(PermissionDenied, match="quản trị"):
            cycle.season("2026", by=user)


def test_nobody_opens_a_round_in_another_province() -> None:
    user = registry.officer(Role.PROVINCIAL_OFFICER, registry.province("Tỉnh Phú Thọ", "25"))

    with pytest.raises(PermissionDenied):
        cycle.season("2026", by=user)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"regime": "2023"}, "round.no_scoring"),
        ({"regime": "1999"}, "regime.unknown"),
        ({"opens_on": date(2026, 6, 2), "closes_on": date(2026, 6, 1)}, "round.days"),
        ({"division": "two_tier", "unit": "former"}, "round.unit_division"),
        ({"unit": "commune"}, "round.unit_level"),
    ],
)
def test_a_round_must_fit_the_law(fields: Any, code: str) -> None:
    by = registry.officer(Role.ADMINISTRATOR, registry.country())
    places = {"former": registry.former_province, "commune": registry.commune}
    if "unit" in fields:
        fields = {**fields, "unit": places[fields["unit"]]()}
    facts = {
        "name": "Đợt 1",
        "regime": "2026",
        "division": "two_tier",
        "unit": registry.province(),
        "year": 2026,
        "opens_on": date(2026, 1, 1),
        "closes_on": date(2026, 6, 30),
        **fields,
    }

    with pytest.raises(RuleBroken, match=code):
        seasons.open_round(**facts, by=by, at=NOW)


def test_a_name_is_given_once_in_a_year() -> None:
    cycle.season(name="Đợt 1")

    with pytest.raises(RuleBroken, match=r"round\.name"):
        cycle.season(name=" Đợt 1 ")

    assert cycle.season(name="Đợt 1", year=2027).year == 2027


def test_the_whole_country_opens_a_round_of_either_division() -> None:
    season = cycle.season("2019", unit=registry.country())

    assert cycle.enrolment(season).round == season


def test_a_closed_round_takes_nothing_in() -> None:
    season = cycle.season()
    by = cycle.holder(Role.ADMINISTRATOR, season.unit)
    assert season.is_open(TODAY)

    seasons.close(season, by=by, at=NOW)
    closed = seasons.close(season, by=by, at=NOW)

    assert closed.closed_at == NOW
    assert not Round.objects.get().is_open(TODAY)
    with pytest.raises(RuleBroken, match=r"round\.closed"):
        cycle.enrolment(season)
    with pytest.raises(PermissionDenied):
        seasons.close(season, by=registry.person(), at=NOW)
