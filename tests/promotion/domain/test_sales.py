"""What a place to buy must say of itself."""

import pytest

from promotion.domain.sales import PlaceKind, check_place
from registry.domain.errors import RuleBroken


@pytest.mark.parametrize(
    ("kind", "has_commune", "website", "code", "field"),
    [
        (PlaceKind.ONLINE, True, "", "place.needs_website", "website"),
        (PlaceKind.MARKET, False, "", "place.needs_commune", "commune"),
        (PlaceKind.MARKET, True, "javascript:alert(1)", "place.bad_website", "website"),
        (PlaceKind.ONLINE, False, "ftp://x.example", "place.bad_website", "website"),
    ],
)
def test_place_that_cannot_be_found_is_refused(
    kind: PlaceKind, *, has_commune: bool, website: str, code: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        check_place(kind, has_commune=has_commune, website=website)

    assert (refusal.value.code, refusal.value.field) == (code, field)


@pytest.mark.parametrize(
    ("kind", "has_commune", "website"),
    [
        (PlaceKind.MARKET, True, ""),
        (PlaceKind.OWN_SHOP, True, "https://che.example"),
        (PlaceKind.ONLINE, False, "https://san.example/che"),
    ],
)
def test_place_that_can_be_found_is_taken(
    kind: PlaceKind, *, has_commune: bool, website: str
) -> None:
    check_place(kind, has_commune=has_commune, website=website)


def test_every_kind_has_a_label() -> None:
    assert len(dict(PlaceKind.choices())) == len(PlaceKind) == 14
