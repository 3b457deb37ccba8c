"""Who may do what in the programme room: provinces write their own, the centre asks and answers."""

from datetime import date

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import ALLOWED, Verdict, refused
from registry.domain.roles import Role
from registry.domain.text import term
from registry.models import Unit
from registry.selectors import country, has_role
from reporting.selectors.programme import NATIONAL_ROLES

NOT_PROVINCE = term("Chỉ cán bộ OCOP của chính tỉnh này mới làm được việc này.")
NOT_CENTRE = term("Chỉ cơ quan OCOP trung ương mới làm được việc này.")


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
