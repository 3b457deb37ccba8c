"""What a person has typed into a form and not sent yet."""

from cycle.models import Enrolment, Jotting
from ocop_portal.accounts.models import User


def jotted(enrolment: Enrolment, form: str, person: User) -> dict[str, str]:
    """The person's own unsent texts by their fields."""
    rows = Jotting.objects.filter(person=person, enrolment=enrolment, form=form)
    return dict(rows.values_list("field", "text"))
