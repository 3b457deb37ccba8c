"""Who recognises: the people's committee of a province or district, for five stars the ministry.

QĐ 26/2026, Điều 4: the chair of the provincial people's committee decides on three and four stars,
the minister of agriculture and environment on five.
"""

from registry.domain.regime import Level

MINISTRY = "Bộ Nông nghiệp và Môi trường"
CAPITAL = "Hà Nội"
MINISTRY_SYMBOL = "QĐ-BNNMT"
COMMITTEE_SYMBOL = "QĐ-UBND"


def authority_name(level: Level, unit_name: str) -> str:
    """The authority's name as it stands at the head of a decision; Vietnamese in every language."""
    if level is Level.CENTRAL:
        return MINISTRY
    return f"Ủy ban nhân dân {unit_name[:1].lower()}{unit_name[1:]}"


def symbol_of(level: Level) -> str:
    """What stands behind the number of a decision: its sort and who issues it."""
    return MINISTRY_SYMBOL if level is Level.CENTRAL else COMMITTEE_SYMBOL


def head_of(level: Level, unit_name: str) -> str:
    """Who signs for the authority, by office; without the unit's name only the office."""
    if level is Level.CENTRAL:
        return f"Bộ trưởng {MINISTRY}" if unit_name else "Bộ trưởng"
    if not unit_name:
        return "Chủ tịch"
    committee = authority_name(level, unit_name)
    return f"Chủ tịch {committee}"


def place_of(level: Level, unit_name: str) -> str:
    """The place in front of the date of a document."""
    return CAPITAL if level is Level.CENTRAL else unit_name
