"""A renewed paper: open dossiers take it, lodged ones keep what was handed in."""

from datetime import timedelta

import pytest

from cycle.models import Dossier
from ocop_portal.journal.models import Entry
from registry.models import Evidence
from registry.services import evidence
from tests.factories import cycle, registry
from tests.factories.cycle import NOW, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def renewed(dossier: Dossier) -> Evidence:
    old = dossier.evidence.get().evidence
    by = cycle.owner_of(dossier.enrolment)
    until = TODAY + timedelta(days=900)
    return evidence.renew(old, file=registry.png(), valid_until=until, by=by, at=NOW)


def test_a_draft_takes_the_new_paper() -> None:
    dossier = cycle.filled_dossier()

    new = renewed(dossier)

    assert dossier.evidence.get().evidence == new
    told = Entry.objects.get(kind="cycle.dossier.evidence_replaced")
    assert (told.facts["evidence"], told.facts["items"]) == (new.pk, ["business_registration"])


def test_a_lodged_dossier_and_its_snapshot_keep_the_old_paper() -> None:
    dossier = cycle.lodged_dossier()
    old = dossier.evidence.get().evidence

    renewed(dossier)

    assert dossier.evidence.get().evidence == old
    frozen = dossier.snapshot
    assert frozen is not None
    assert [paper["sha256"] for paper in frozen["evidence"]] == [old.sha256]


@pytest.mark.parametrize(("item", "is_new"), [("business_registration", True), ("story", False)])
def test_a_returned_dossier_takes_it_where_the_item_may_be_mended(item: str, is_new: bool) -> None:
    dossier = cycle.returned(cycle.lodged_dossier(), item)

    new = renewed(dossier)

    assert (dossier.evidence.get().evidence == new) is is_new
