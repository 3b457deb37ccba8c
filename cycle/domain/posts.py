"""Which officer acts for which level."""

from registry.domain.regime import Level
from registry.domain.roles import Role

OFFICER_OF: dict[Level, Role] = {
    Level.COMMUNE: Role.COMMUNE_OFFICER,
    Level.DISTRICT: Role.DISTRICT_OFFICER,
    Level.PROVINCE: Role.PROVINCIAL_OFFICER,
    Level.CENTRAL: Role.CENTRAL_OFFICER,
}
LEVEL_OF: dict[Role, Level] = {role: level for level, role in OFFICER_OF.items()}
CONTEST_KEEPERS = (Role.ADMINISTRATOR, Role.DISTRICT_OFFICER, Role.PROVINCIAL_OFFICER)
ROUND_KEEPERS = (Role.ADMINISTRATOR, Role.PROVINCIAL_OFFICER, Role.CENTRAL_OFFICER)
