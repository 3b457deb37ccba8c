"""A dossier between councils: up the chain, down again, and back."""

import pytest

from cycle.selectors import waiting_on
from cycle.services import council_moves, intake
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Product
from tests.cycle.services.conftest import News
from tests.factories import cycle, registry
from tests.factories.cycle import NOW
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_a_dossier_goes_up_the_chain_of_its_regime(heard: News) -> None:
    dossier = cycle.dossier_in_council()
    row = dossier.enrolment
    officer = cycle.officer_for(row, Level.DISTRICT)
    dossier = council_moves.conclude(dossier, by=officer, at=NOW)
    with refusal("dossier.needs_level_above"):
        council_moves.forward(dossier, to_level=Level.CENTRAL, by=officer, at=NOW)

    sent = council_moves.forward(dossier, to_level=Level.PROVINCE, by=officer, at=NOW)
    assert (sent.state, sent.level, waiting_on(sent).who) == (
        "forwarded",
        "province",
        "Tỉnh Thái Nguyên",
    )
    taken = cycle.received(sent)

    assert (taken.state, taken.level) == ("accepted", "province")
    assert ("dossier_forwarded", "district", "province") in [
        (n, f.get("from_level"), f.get("to_level")) for n, f in heard
    ]
    assert Product.objects.get(pk=row.product_id).codes.count() == 1


def test_a_council_postpones_sends_back_and_hands_down() -> None:
    dossier = cycle.dossier_in_council(regime="2026")
    by = cycle.officer_for(dossier.enrolment, Level.PROVINCE)

    assert council_moves.postpone(dossier, by=by, at=NOW).state == "accepted"
    dossier = council_moves.take_to_council(dossier, by=by, at=NOW)
    with refusal("dossier.needs_reason"):
        council_moves.send_back(dossier, reason="", by=by, at=NOW)
    with refusal("dossier.needs_level_below"):
        council_moves.hand_down(dossier, to_level=Level.DISTRICT, by=by, at=NOW)
    council_moves.forward(dossier, to_level=Level.CENTRAL, by=by, at=NOW)
    central = registry.officer(Role.CENTRAL_OFFICER, registry.country())
    council_moves.take_to_council(intake.receive(dossier, by=central, at=NOW), by=central, at=NOW)
    lower = council_moves.hand_down(dossier, to_level=Level.PROVINCE, by=central, at=NOW)
    assert (lower.state, lower.level) == ("accepted", "province")
    council_moves.take_to_council(dossier, by=by, at=NOW)

    back = council_moves.send_back(dossier, reason="Chênh lệch quá lớn", by=by, at=NOW)

    assert (back.state, back.reason) == ("returned", "Chênh lệch quá lớn")
