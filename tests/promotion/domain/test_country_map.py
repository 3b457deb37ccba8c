"""The small map: islands are on it, and places keep their order."""

import pytest

from promotion.domain.country_map import COUNTRY, ISLANDS, frame_around


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(23.4, 105.3), (8.6, 104.7), *((p[1], p[2]) for p in ISLANDS)]
)
def test_country_when_a_place_is_vietnamese_then_it_lies_in_the_frame(
    latitude: float, longitude: float
) -> None:
    x, y = COUNTRY.place(latitude, longitude)

    assert 0 < x < COUNTRY.width
    assert 0 < y < COUNTRY.height


def test_country_when_drawn_then_north_is_above_and_east_is_right() -> None:
    hanoi, saigon = COUNTRY.place(21.0, 105.8), COUNTRY.place(10.8, 106.7)

    assert (hanoi, saigon) == ((161, 112), (196, 520))


def test_frame_when_places_are_near_then_all_have_room_and_it_is_a_square() -> None:
    places = [(21.5, 105.8), (21.6, 105.9)]

    frame = frame_around(places)

    assert (frame.width, frame.height) == (560, 583)
    assert all(
        0 < x < frame.width and 0 < y < frame.height
        for x, y in (frame.place(*place) for place in places)
    )


def test_frame_when_nothing_is_located_then_the_country() -> None:
    assert frame_around([]) is COUNTRY
