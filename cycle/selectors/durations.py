"""How long a step usually takes here: in the province, under the regime."""

from collections.abc import Mapping

from cycle.domain.durations import Typical, typical_of_steps
from cycle.domain.journey import JourneyMove
from cycle.domain.steps import Step
from cycle.models import Enrolment, Move
from cycle.selectors.waiting import unit_above
from registry.domain.clock import legal_day
from registry.domain.regime import Level

OPENINGS = ("enrolment.enrol", *(f"enrolment.{move}" for move in JourneyMove))
# The latest are enough for a median, and a page's cost does not grow with the years.
MOST_MOVES = 5_000


def typical_days(enrolment: Enrolment) -> Mapping[Step, Typical]:
    """The usual days of each step among the passages of the enrolment's province; one query."""
    province = unit_above(enrolment.commune, Level.PROVINCE)
    if province is None:
        return {}
    moves = Move.objects.filter(
        name__in=OPENINGS,
        enrolment__regime=enrolment.regime,
        enrolment__commune__path__startswith=province.path,
    ).order_by("-at", "-id")
    rows = list(moves.values_list("enrolment_id", "at", "id", "to_state")[:MOST_MOVES])
    return typical_of_steps(
        (passage, Step(to), legal_day(at)) for passage, at, _, to in sorted(rows)
    )
