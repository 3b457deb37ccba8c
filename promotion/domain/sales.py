"""Where an OCOP product can be bought: the kinds of place and what each must say of itself.

The kinds of premises follow the types of location of QĐ 950/QĐ-BCT (18 April 2023); the two last
ones are the producer's own door and the electronic one. A place on the ground names its commune, so
that a visitor can find it; a shop on the network names its address there.
"""

from enum import StrEnum
from urllib.parse import urlsplit

from registry.domain.errors import RuleBroken
from registry.domain.text import term


class PlaceKind(StrEnum):
    """A kind of place where products are shown and sold."""

    SUPERMARKET = "supermarket"
    MARKET = "market"
    TRADE_CENTRE = "trade_centre"
    TOURIST_SITE = "tourist_site"
    CRAFT_VILLAGE = "craft_village"
    STATION = "station"
    REST_STOP = "rest_stop"
    FAIR = "fair"
    POST_OFFICE = "post_office"
    OWN_SHOP = "own_shop"
    ONLINE = "online"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def is_online(self) -> bool:
        return self is PlaceKind.ONLINE

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(kind.value, kind.label) for kind in cls]


def check_place(kind: PlaceKind, *, has_commune: bool, website: str) -> None:
    """Refuses a place that a buyer could not find."""
    if kind.is_online and not website:
        raise RuleBroken(
            "place.needs_website",
            term("Cửa hàng trực tuyến cần địa chỉ trang bán hàng."),
            field="website",
        )
    if not kind.is_online and not has_commune:
        raise RuleBroken(
            "place.needs_commune", term("Hãy chọn xã, phường nơi đặt điểm bán."), field="commune"
        )
    if website and urlsplit(website).scheme not in {"http", "https"}:
        raise RuleBroken(
            "place.bad_website",
            term("Địa chỉ trang bán hàng phải bắt đầu bằng https:// hoặc http://."),
            field="website",
        )


_LABELS = {
    PlaceKind.SUPERMARKET: term("Siêu thị, trung tâm thương mại"),
    PlaceKind.MARKET: term("Chợ"),
    PlaceKind.TRADE_CENTRE: term("Trung tâm thương mại, cụm công nghiệp cấp xã"),
    PlaceKind.TOURIST_SITE: term("Khu du lịch, nhà hàng, khách sạn"),
    PlaceKind.CRAFT_VILLAGE: term("Làng nghề"),
    PlaceKind.STATION: term("Nhà ga, sân bay, bến cảng"),
    PlaceKind.REST_STOP: term("Trạm dừng nghỉ"),
    PlaceKind.FAIR: term("Trung tâm hội chợ, triển lãm"),
    PlaceKind.POST_OFFICE: term("Bưu điện"),
    PlaceKind.OWN_SHOP: term("Cửa hàng của chủ thể"),
    PlaceKind.ONLINE: term("Cửa hàng trực tuyến, sàn thương mại điện tử"),
}
