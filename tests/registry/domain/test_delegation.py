"""Who hands which role on: the whole table, and where."""

import pytest

from registry.domain.delegation import LEVELS_OF_ROLE, UNIT_ROLES, Held, roles_given, roles_offered
from registry.domain.regime import Level
from registry.domain.roles import Role

OF_A_PROVINCE = {
    Role.COMMUNE_OFFICER,
    Role.DISTRICT_OFFICER,
    Role.PROVINCIAL_OFFICER,
    Role.AUTHORITY,
    Role.AUDITOR,
}
# Every posting that hands anything on; all others hand nothing on.
GIVES = {
    (Role.ADMINISTRATOR, Level.CENTRAL): set(UNIT_ROLES),
    (Role.ADMINISTRATOR, Level.PROVINCE): OF_A_PROVINCE,
    (Role.PROVINCIAL_OFFICER, Level.PROVINCE): {Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER},
    (Role.DISTRICT_OFFICER, Level.DISTRICT): {Role.COMMUNE_OFFICER},
}


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("role", list(Role))
def test_a_posting_hands_on_what_the_table_says(role: Role, level: Level) -> None:
    assert roles_given(role, level) == GIVES.get((role, level), set())


def test_below_the_country_nobody_makes_an_equal_administrator() -> None:
    for (role, level), given in GIVES.items():
        assert Role.ADMINISTRATOR not in given or (role, level) == (
            Role.ADMINISTRATOR,
            Level.CENTRAL,
        )


def test_a_role_is_given_at_or_below_the_own_unit_alone() -> None:
    held = Held(Role.ADMINISTRATOR, Level.PROVINCE, "/2:19/")

    assert held.gives(Role.COMMUNE_OFFICER, "/2:19/05503/")
    assert held.gives(Role.AUDITOR, "/2:19/")
    assert not held.gives(Role.COMMUNE_OFFICER, "/2:68/24700/")
    assert not held.gives(Role.ADMINISTRATOR, "/2:19/")


def test_offered_is_what_any_posting_gives_in_the_order_of_the_roles() -> None:
    held = [
        Held(Role.COMMUNE_OFFICER, Level.COMMUNE, "/2:19/05503/"),
        Held(Role.PROVINCIAL_OFFICER, Level.PROVINCE, "/2:19/"),
    ]

    assert roles_offered(held) == [Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER]
    assert roles_offered(held[:1]) == []


def test_every_role_on_a_unit_has_its_levels() -> None:
    assert set(LEVELS_OF_ROLE) == set(UNIT_ROLES)
