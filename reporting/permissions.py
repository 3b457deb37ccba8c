"""Who may do what in the reporting; every answer carries its reason."""

from datetime import date

from cycle.models import Round
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import ALLOWED, Verdict, refused
from registry.domain.roles import Role
from registry.domain.text import term
from registry.models import Unit
from registry.selectors import country, has_role, postings_of
from reporting.selectors.programme import NATIONAL_ROLES

NOT_PROVINCE = term("Chỉ cán bộ OCOP của chính tỉnh này mới làm được việc này.")
NOT_CENTRE = term("Chỉ cơ quan OCOP trung ương mới làm được việc này.")
COMPILERS = frozenset({Role.DISTRICT_OFFICER, Role.PROVINCIAL_OFFICER, Role.CENTRAL_OFFICER})
NOT_COMPILER = term("Chỉ cán bộ OCOP cấp huyện, tỉnh, trung ương xem bảng lỗi thường gặp.")


def may_write_for(user: User, unit: Unit, *, on: date) -> Verdict:
    """The province's own officers write its reports, plans and spending."""
    if has_role(user, Role.PROVINCIAL_OFFICER, unit=unit, on=on):
        return ALLOWED
    return refused(NOT_PROVINCE)


def may_ask_provinces(user: User, *, on: date) -> Verdict:
    """The centre asks for reports, receives and returns them."""
    if has_role(user, *NATIONAL_ROLES, unit=country(), on=on):
        return ALLOWED
    return refused(NOT_CENTRE)


def may_read_faults(user: User, season: Round, *, on: date) -> Verdict:
    """Officers above the commune whose area meets that of the round; each sees the own area's."""
    place = season.unit.path
    for posting in postings_of(user, on).filter(role__in=COMPILERS, unit__isnull=False):
        held = posting.unit.path if posting.unit else ""
        if held and (place.startswith(held) or held.startswith(place)):
            return ALLOWED
    return refused(NOT_COMPILER)
