"""Where an OCOP product can be bought: the kinds of place and what each must say of itself.

The kinds of premises follow the types of location of QĐ 950/QĐ-BCT (18 April 2023) and the
programme's list of 2018 (residential areas, administrative centres, the OCOP design centre with
help for founders and with packaging design); the two last ones are the producer's own door and the
electronic one. A place on the ground names its commune, so that a visitor can find it; a shop on
the network names its address there. An office registers places where several producers sell; a
producer names own places.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
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
    RESIDENTIAL_AREA = "residential_area"
    ADMIN_CENTRE = "admin_centre"
    DESIGN_CENTRE = "design_centre"
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

    @property
    def may_be_registered(self) -> bool:
        """Whether an office may keep such a place in its register."""
        return self not in {PlaceKind.OWN_SHOP, PlaceKind.ONLINE}


class OfferState(StrEnum):
    """Whether the public is told that a product is sold at a place."""

    PROPOSED = "proposed"
    OFFERED = "offered"
    DECLINED = "declined"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return _OFFER_LABELS[self]

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return _OFFER_TONES[self]


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
    check_link(website, field="website")


def check_link(address: str, *, field: str = "link") -> None:
    """Only the web: nothing that a browser would run."""
    if address and urlsplit(address).scheme not in {"http", "https"}:
        raise RuleBroken(
            "place.bad_website",
            term("Địa chỉ trang bán hàng phải bắt đầu bằng https:// hoặc http://."),
            field=field,
        )


@dataclass(frozen=True, order=True)
class Quarter:
    """Three months of a year, for which what was sold is told."""

    year: int
    number: int

    @property
    def first_day(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        later = date(self.year + 1, 1, 1) if self.number == QUARTERS else None
        return (later or date(self.year, 3 * self.number + 1, 1)) - timedelta(days=1)


def quarter_of(day: date) -> Quarter:
    return Quarter(day.year, (day.month + 2) // 3)


def check_quarter(quarter: Quarter, *, since: date, until: date) -> None:
    """Refuses one that had not begun by `until`, or was over before the product was sold there."""
    if quarter.number not in range(1, QUARTERS + 1):
        raise RuleBroken("sale.no_quarter", term("Quý là từ 1 đến 4."), field="quarter")
    if quarter.first_day > until or quarter.last_day < since:
        raise RuleBroken(
            "sale.not_sold_then",
            term("Sản phẩm không bán ở đây trong quý %(number)s năm %(year)s."),
            field="quarter",
            number=quarter.number,
            year=quarter.year,
        )


QUARTERS = 4
# A box around the country's land and islands, Hoàng Sa and Trường Sa included; in degrees.
SOUTH, NORTH = Decimal(6), Decimal(24)
WEST, EAST = Decimal(102), Decimal(118)


def check_registered(
    kind: PlaceKind, *, has_startup_help: bool, has_packaging_design: bool
) -> None:
    """An office registers no producer's own shop, and only a design centre helps and designs."""
    if not kind.may_be_registered:
        raise RuleBroken(
            "point.own_kind",
            term("Loại này do chủ thể tự khai ở trang sản phẩm, không vào sổ của cơ quan."),
            field="kind",
        )
    if kind is not PlaceKind.DESIGN_CENTRE and (has_startup_help or has_packaging_design):
        raise RuleBroken(
            "point.no_design_centre",
            term("Chỉ trung tâm thiết kế OCOP có hỗ trợ khởi nghiệp và thiết kế bao bì."),
            field="kind",
        )


def check_coordinates(latitude: Decimal | None, longitude: Decimal | None) -> None:
    """Both or neither, in degrees, within the country."""
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        raise RuleBroken(
            "point.half_coordinates",
            term("Hãy ghi cả vĩ độ và kinh độ, hoặc bỏ trống cả hai."),
            field="latitude" if latitude is None else "longitude",
        )
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        raise RuleBroken(
            "point.abroad",
            term("Toạ độ này nằm ngoài Việt Nam; có thể vĩ độ và kinh độ bị đổi chỗ."),
            field="latitude",
        )


_OFFER_LABELS = {
    OfferState.PROPOSED: term("Chờ xác nhận"),
    OfferState.OFFERED: term("Đang bán"),
    OfferState.DECLINED: term("Không được nhận"),
    OfferState.ENDED: term("Đã thôi bán"),
}
_OFFER_TONES = {
    OfferState.PROPOSED: "warn",
    OfferState.OFFERED: "good",
    OfferState.DECLINED: "bad",
    OfferState.ENDED: "neutral",
}
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
    PlaceKind.RESIDENTIAL_AREA: term("Khu dân cư"),
    PlaceKind.ADMIN_CENTRE: term("Trung tâm hành chính"),
    PlaceKind.DESIGN_CENTRE: term("Trung tâm thiết kế OCOP"),
    PlaceKind.OWN_SHOP: term("Cửa hàng của chủ thể"),
    PlaceKind.ONLINE: term("Cửa hàng trực tuyến, sàn thương mại điện tử"),
}
