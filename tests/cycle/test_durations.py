"""The track of a product: its days, whose turn, and how long the step usually takes here."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cycle import desk
from cycle.domain.durations import Typical
from cycle.domain.steps import Step
from cycle.models import Enrolment, Move
from cycle.selectors import enrolments_waiting_for, typical_days
from cycle.services import milestones
from tests.factories import cycle
from tests.factories.cycle import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

CLOSES = date(2026, 12, 31)  # the last day of the round


def passages(row: Enrolment, days: list[int]) -> None:
    """Copies of a passage whose ideas took so many days."""
    for number in days:
        copy = Enrolment.objects.get(pk=row.pk)
        copy.pk, copy.ended_at = None, NOW
        copy.save()
        by = cycle.owner_of(row)
        for name, state, at in (
            ("enrolment.enrol", "idea", NOW),
            ("enrolment.accept_idea", "plan", NOW + timedelta(days=number)),
        ):
            Move.objects.create(enrolment=copy, name=name, to_state=state, by=by, at=at)


def test_only_the_passages_of_the_province_and_the_regime_count() -> None:
    row = cycle.enrolment(regime="2026")
    passages(row, [2, 4, 6, 8])
    old = cycle.enrolment(regime="2019")
    passages(old, [50, 50])

    assert typical_days(row) == {}
    passages(row, [10])
    assert typical_days(row) == {Step.IDEA: Typical(6, 5)}
    assert typical_days(old) == {}


@pytest.mark.parametrize("copies", [1, 50])
def test_the_page_of_an_enrolment_costs_the_same_with_many_passages(
    copies: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    row = cycle.enrolment(regime="2026")
    passages(row, [3] * copies)
    client = Client()

    with time_machine.travel(datetime(2026, 11, 20, 3, tzinfo=UTC), tick=False):
        client.force_login(cycle.owner_of(row))
        client.get(row.get_absolute_url())
        with django_assert_num_queries(12):
            answer = client.get(row.get_absolute_url())

    text = answer.content.decode()
    assert ("trung vị của 50 lượt" in text) is (copies == 50)
    assert ("chưa đủ số liệu" in text) is True


def test_the_nearest_milestone_says_until_when_and_comes_first() -> None:
    calm = cycle.with_plan_accepted(cycle.enrolment())
    owner = cycle.owner_of(calm)
    item = cycle.product(maker=calm.product.subject, name="Chè lam")
    late = cycle.with_plan_accepted(cycle.enrolment(item=item))
    for day in (TODAY + timedelta(days=20), TODAY + timedelta(days=5)):
        milestones.add(late, title=f"Mốc {day}", due_on=day, by=owner, at=NOW)

    assert list(enrolments_waiting_for(owner, TODAY)) == [late, calm]
    found = [(task.title, task.due_on, task.tone) for task in desk.tasks_for(owner, NOW)]
    due = TODAY + timedelta(days=5)
    assert found == [("Chè lam", due, "neutral"), (calm.product.name, CLOSES, "neutral")]
    after = [task.tone for task in desk.tasks_for(owner, NOW + timedelta(days=6))]
    assert after == ["bad", "neutral"]


def test_the_track_tells_the_days() -> None:
    row = cycle.with_idea_accepted(cycle.enrolment(), at=NOW)
    client = Client()

    with time_machine.travel(NOW + timedelta(days=4), tick=False):
        client.force_login(cycle.owner_of(row))
        steps = client.get(row.get_absolute_url()).context["steps"]

    idea, plan = steps[1], steps[2]
    assert (idea.opened_on, idea.closed_on, idea.days, idea.waiting) == (TODAY, TODAY, 0, None)
    assert (plan.opened_on, plan.closed_on, plan.days) == (TODAY, None, 4)
    assert plan.waiting.who == row.product.subject.name
