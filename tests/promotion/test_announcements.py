"""From the council's result to the public page, through the services of every app below."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from promotion.models import Listing
from scoring.domain.decision_states import DecisionKind
from scoring.models import Certificate
from tests.factories import scoring
from tests.factories.scoring import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def test_signed_decision_lists_the_product_and_revocation_takes_it_off(client: Client) -> None:
    rating = scoring.concluded(scoring.accepted_dossier(regime="2026"), [72, 74, 76])
    decision = scoring.signed(scoring.drafted(rating))
    held = Certificate.objects.get(decision=decision)
    listing = Listing.objects.get(product=held.product)
    later = NOW + timedelta(days=60)

    with time_machine.travel(later, tick=False):
        before = client.get(listing.get_absolute_url())
        scoring.decided(held, DecisionKind.REVOKE, at=later)
        after = client.get(listing.get_absolute_url())
        verified = client.get(f"/xac-thuc/{held.code}/").content.decode()

    assert (listing.stars, listing.name, listing.regime) == (4, held.product_name, "2026")
    assert (before.status_code, after.status_code) == (200, 404)
    assert "Đã bị thu hồi" in verified
    assert [span.certificate_id for span in listing.recognitions.all()] == [held.pk]


def test_potential_five_stars_are_told(client: Client) -> None:
    rating = scoring.concluded(scoring.accepted_dossier(regime="2026"), [95, 95, 95])
    decision = scoring.signed(scoring.drafted(rating))
    listing = Listing.objects.get(product=Certificate.objects.get(decision=decision).product)

    with time_machine.travel(NOW + timedelta(days=60), tick=False):
        page = client.get(listing.get_absolute_url()).content.decode()

    assert (listing.stars, listing.potential_five) == (4, True)
    assert "Tiềm năng 5 sao" in page
