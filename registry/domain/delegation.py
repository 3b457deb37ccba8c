"""Who may hand power on: which roles the holder of a posting gives, at or below its unit.

The programme is run from the province (seed 000, section 3); nobody makes his or her own equal, so
an administrator of a province is named by the country, and an officer names those of the tier
below. A commune's officer names nobody.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from registry.domain.regime import Level
from registry.domain.roles import SUBJECT_ROLES, Role

# The levels at which a role on a unit may stand.
LEVELS_OF_ROLE: Mapping[Role, frozenset[Level]] = {
    Role.COMMUNE_OFFICER: frozenset({Level.COMMUNE}),
    Role.DISTRICT_OFFICER: frozenset({Level.DISTRICT}),
    Role.PROVINCIAL_OFFICER: frozenset({Level.PROVINCE}),
    Role.CENTRAL_OFFICER: frozenset({Level.CENTRAL}),
    Role.AUTHORITY: frozenset({Level.DISTRICT, Level.PROVINCE, Level.CENTRAL}),
    Role.ADMINISTRATOR: frozenset({Level.PROVINCE, Level.CENTRAL}),
    Role.AUDITOR: frozenset({Level.PROVINCE, Level.CENTRAL}),
}
UNIT_ROLES = tuple(role for role in Role if role not in SUBJECT_ROLES)
_OF_A_PROVINCE = frozenset(
    {
        Role.COMMUNE_OFFICER,
        Role.DISTRICT_OFFICER,
        Role.PROVINCIAL_OFFICER,
        Role.AUTHORITY,
        Role.AUDITOR,
    }
)
_GIVES: Mapping[tuple[Role, Level], frozenset[Role]] = {
    (Role.ADMINISTRATOR, Level.CENTRAL): frozenset(UNIT_ROLES),
    (Role.ADMINISTRATOR, Level.PROVINCE): _OF_A_PROVINCE,
    (Role.PROVINCIAL_OFFICER, Level.PROVINCE): frozenset(
        {Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER}
    ),
    (Role.DISTRICT_OFFICER, Level.DISTRICT): frozenset({Role.COMMUNE_OFFICER}),
}


@dataclass(frozen=True)
class Held:
    """A posting in force: its role, the level and the path of its unit."""

    role: Role
    level: Level
    path: str

    def gives(self, role: Role, path: str) -> bool:
        """Whether the holder gives this role on the unit of a path."""
        return path.startswith(self.path) and role in roles_given(self.role, self.level)


def roles_given(role: Role, level: Level) -> frozenset[Role]:
    """The roles that a posting of this role on a unit of this level hands on."""
    return _GIVES.get((role, level), frozenset())


def roles_offered(held: Iterable[Held]) -> list[Role]:
    """Every role that a person with these postings gives somewhere, in the order of the roles."""
    given = {role for each in held for role in roles_given(each.role, each.level)}
    return [role for role in UNIT_ROLES if role in given]
