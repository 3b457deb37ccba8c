"""What the filters of the cycle's lists offer."""

import pytest

from cycle.filters import EnrolmentFilter
from cycle.models import Enrolment
from tests.factories import cycle

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_an_enrolment_goes_on_or_has_ended_and_nothing_between() -> None:
    going = cycle.enrolment()
    ended = cycle.enrolment(item=cycle.product(name="Mật ong"))
    Enrolment.objects.filter(pk=ended.pk).update(ended_at=cycle.NOW)
    name = next(
        name for name, each in EnrolmentFilter.base_filters.items() if each.field_name == "ended_at"
    )

    offered = [value for value, _label in EnrolmentFilter().form.fields[name].widget.choices]
    found = {
        value: set(EnrolmentFilter({name: value}, queryset=Enrolment.objects.all()).qs)
        for value in offered
    }

    assert found == {"": {going, ended}, "true": {going}, "false": {ended}}
