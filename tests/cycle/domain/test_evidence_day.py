"""Papers are judged by the day of the session, or by today where the dossier went back since."""

from datetime import date

import pytest

from cycle.domain.dossier import DossierState, evidence_day

TODAY, BEFORE, AFTER = date(2026, 6, 10), date(2026, 6, 3), date(2026, 6, 20)


@pytest.mark.parametrize(
    ("state", "session_day", "expected"),
    [
        (DossierState.DRAFT, None, TODAY),
        (DossierState.ACCEPTED, AFTER, AFTER),
        (DossierState.IN_COUNCIL, AFTER, AFTER),
        (DossierState.IN_COUNCIL, BEFORE, BEFORE),
        (DossierState.RECOGNISED, BEFORE, BEFORE),
        (DossierState.RETURNED, BEFORE, TODAY),
        (DossierState.FORWARDED, BEFORE, TODAY),
    ],
)
def test_the_day_of_the_session_counts_where_there_is_one(
    state: DossierState, session_day: date | None, expected: date
) -> None:
    assert evidence_day(state, on=TODAY, session_day=session_day) == expected
