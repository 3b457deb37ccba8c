"""The dossier in its subject's hands: its evidence and texts, withdrawn, and one at a time."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cycle.models import Dossier, DossierEvidence, Enrolment
from cycle.selectors import available_moves
from cycle.services import dossiers
from registry.domain.errors import Stale
from registry.services import evidence as evidence_service
from tests.factories import cycle, registry
from tests.factories.cycle import NOW, TODAY
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_a_foreign_withdrawn_or_unasked_paper_is_refused() -> None:
    dossier = cycle.draft_dossier()
    owner = cycle.owner_of(dossier.enrolment)
    own = registry.paper(dossier.enrolment.product.subject)

    with refusal("dossier.foreign_evidence"):
        dossiers.attach(dossier, evidence=registry.paper(), item="story", by=owner, at=NOW)
    with refusal("dossier.unknown_item"):
        dossiers.attach(dossier, evidence=own, item="no_such", by=owner, at=NOW)
    gone = evidence_service.withdraw(own, by=owner, at=NOW)
    with refusal("dossier.withdrawn_evidence"):
        dossiers.attach(dossier, evidence=gone, item="story", by=owner, at=NOW)


def test_one_paper_proves_several_items_and_leaves_by_one() -> None:
    dossier = cycle.draft_dossier()
    owner = cycle.owner_of(dossier.enrolment)
    paper = registry.paper(dossier.enrolment.product.subject)

    link = dossiers.attach(dossier, evidence=paper, item="story", by=owner, at=NOW)
    dossiers.attach(dossier, evidence=paper, item="market", by=owner, at=NOW)
    again = dossiers.attach(
        dossier, evidence=paper, item="story", criteria=["5.2", "5.1", "5.2"], by=owner, at=NOW
    )
    assert again.pk == link.pk
    assert again.criteria == ["5.1", "5.2"]

    stale = DossierEvidence.objects.get(pk=link.pk)
    dossiers.detach(link, by=owner, at=NOW)
    dossiers.detach(stale, by=owner, at=NOW)

    assert [each.item for each in dossier.evidence.all()] == ["market"]


def test_a_lodged_dossier_is_not_written_in() -> None:
    dossier = cycle.lodged_dossier()
    owner = cycle.owner_of(dossier.enrolment)

    with refusal("paper.not_open"):
        dossiers.save(dossier, version=dossier.version, outlook="x", by=owner, at=NOW)
    with refusal("paper.not_open"):
        dossiers.detach(dossier.evidence.get(), by=owner, at=NOW)


def test_a_stale_text_is_refused() -> None:
    dossier = cycle.draft_dossier()
    owner = cycle.owner_of(dossier.enrolment)
    dossiers.save(dossier, version=dossier.version, outlook="một", by=owner, at=NOW)

    with pytest.raises(Stale):
        dossiers.save(dossier, version=dossier.version, outlook="hai", by=owner, at=NOW)


def test_a_withdrawn_dossier_makes_room_for_another() -> None:
    dossier = cycle.lodged_dossier()
    owner = cycle.owner_of(dossier.enrolment)

    gone = dossiers.withdraw(dossier, reason="Đổi ý", by=owner, at=NOW)
    dossiers.withdraw(dossier, reason="Đổi ý", by=owner, at=NOW)
    another = dossiers.start(dossier.enrolment, by=owner, at=NOW)
    same = dossiers.start(dossier.enrolment, by=owner, at=NOW)

    assert gone.state == "withdrawn"
    assert another == same != dossier


def test_the_database_keeps_one_active_dossier() -> None:
    dossier = cycle.draft_dossier()

    with pytest.raises(IntegrityError), transaction.atomic():
        Dossier.objects.create(
            enrolment=dossier.enrolment,
            kind="first",
            regime="2019",
            product_set=dossier.product_set,
            level="district",
            created_at=NOW,
        )


@pytest.mark.parametrize(
    ("make", "possible"),
    [
        (cycle.draft_dossier, {"withdraw"}),
        (cycle.filled_dossier, {"lodge", "withdraw"}),
        (cycle.lodged_dossier, {"receive", "return_for_changes", "withdraw"}),
        (cycle.accepted_dossier, {"return_for_changes", "take_to_council", "withdraw"}),
        (
            cycle.dossier_in_council,
            {"postpone", "send_back", "conclude", "forward", "hand_down", "recognise", "refuse"},
        ),
    ],
)
def test_the_screen_offers_what_the_door_allows(make: Any, possible: Any) -> None:
    dossier = make()
    told = cycle.ASSESSED | {
        "reason",
        "items_named",
        "level_above",
        "level_below",
        "recognised_stars",
    }

    offers = available_moves(dossier, TODAY, frozenset(told))

    assert {str(offer.move) for offer in offers if offer.is_possible} == possible
    refusals = [offer.refusal for offer in offers if not offer.is_possible]
    assert all(refusal is not None and refusal.text for refusal in refusals)


def test_a_closed_enrolment_is_left_alone_by_the_dossier_services() -> None:
    dossier = cycle.draft_dossier()
    Enrolment.objects.filter(pk=dossier.enrolment_id).update(ended_at=NOW)

    with refusal("enrolment.ended"):
        cycle.attached(dossier)
