"""Step six of the demonstration: points of sale, a fair that is over, one to come, a question."""

from datetime import date

from ocop_portal.accounts.models import User
from promotion.domain.enquiries import Wanted
from promotion.domain.entries import Outcome
from promotion.domain.events import EventKind
from promotion.domain.sales import PlaceKind
from promotion.models import Event, EventEntry
from promotion.selectors.recognitions import recognised
from promotion.services import (
    enquiries,
    entries,
    events,
    news,
    point_register,
    points_of_sale,
    stories,
)
from promotion.services.events import EventFacts
from promotion.services.point_register import PointFacts
from registry.domain.roles import Role
from registry.models import Product, Unit
from registry.selectors import holders
from reporting.demonstration.calendar import Calendar

PLACES = (
    ("Siêu thị trình diễn", PlaceKind.SUPERMARKET),
    ("Chợ trung tâm (trình diễn)", PlaceKind.MARKET),
    ("Trung tâm thiết kế OCOP (trình diễn)", PlaceKind.DESIGN_CENTRE),
)
FAIR_CALLED, FAIR_OPENED, FAIR_LASTS = 120, 100, 2
NEXT_IN, APPLY_IN = 40, 20
NEWS_WRITTEN = 95
MOST_AT_FAIR = 4
STORY = (
    "Bà con trong xã làm sản phẩm này từ nhiều đời.\n\n"
    "**Ba điều giữ lại:** giống của quê, cách làm tay, và\n\n"
    "- không dùng phẩm màu\n- bao bì giấy\n\n*Câu chuyện này là hư cấu.*"
)


def reach_out(officer: User, province: Unit, communes: list[Unit], *, calendar: Calendar) -> None:
    """What a province does after recognition; nothing where it has no recognised product yet."""
    products = _products(province, calendar.day(FAIR_CALLED))[:MOST_AT_FAIR]
    if not products:
        return
    _places(officer, communes, products, calendar)
    _past_fair(officer, province, products, calendar)
    _next_week(officer, province, products, calendar)
    _news(officer, province, calendar)
    first = products[0]
    stories.tell(
        first,
        title_vi=f"Chuyện của {first.name}",
        body_vi=STORY,
        by=_owner(first, calendar.day(30)),
        at=calendar.at(30),
    )
    enquiries.send(
        [Wanted(first.pk, first.subject_id, "20 hộp")],
        text="Cửa hàng quà quê (hư cấu) muốn hỏi giá sỉ và thời gian giao.",
        at=calendar.at(1),
    )


def _news(officer: User, province: Unit, calendar: Calendar) -> None:
    item = news.write(
        province,
        title_vi=f"{province.name} tổng kết hội chợ OCOP (trình diễn)",
        body_vi="Hội chợ đã khép lại; lịch hội chợ tới ở trang Sự kiện. Tin này là hư cấu.",
        by=officer,
        at=calendar.at(NEWS_WRITTEN),
    )
    news.publish(item, by=officer, at=calendar.at(NEWS_WRITTEN))


def _places(
    officer: User, communes: list[Unit], products: list[Product], calendar: Calendar
) -> None:
    for number, (name, kind) in enumerate(PLACES):
        is_centre = kind is PlaceKind.DESIGN_CENTRE
        facts = PointFacts(
            name=name,
            kind=kind,
            commune=communes[number % len(communes)],
            address_line="Số 1 (hư cấu)",
            opening_hours="7 giờ đến 18 giờ hằng ngày",
            has_startup_help=is_centre,
            has_packaging_design=is_centre,
        )
        point = point_register.register(facts, by=officer, at=calendar.at(90))
        for product in products[number:]:
            point_register.put(product, point, by=officer, at=calendar.at(80))
        if number == 1:
            points_of_sale.propose(
                products[0],
                point,
                by=_owner(products[0], calendar.day(2)),
                at=calendar.at(2),
            )


def _past_fair(officer: User, province: Unit, products: list[Product], calendar: Calendar) -> None:
    event = events.call(
        EventFacts(
            unit=province,
            kind=EventKind.FAIR,
            name=f"Hội chợ OCOP {province.name} (trình diễn)",
            call="Mời sản phẩm được công nhận; gian hàng và vận chuyển do tỉnh hỗ trợ (hư cấu).",
            place=province.name,
            apply_by=calendar.day(FAIR_CALLED - 10),
            starts_on=calendar.day(FAIR_OPENED),
            ends_on=calendar.day(FAIR_OPENED - FAIR_LASTS),
            booths=10,
        ),
        by=officer,
        at=calendar.at(FAIR_CALLED),
    )
    for number, product in enumerate(products, start=1):
        entry = _apply(event, product, calendar, FAIR_CALLED - 5)
        entries.select(
            entry,
            reason="Đặc sản của địa phương",
            booth=f"A{number}",
            by=officer,
            at=calendar.at(FAIR_CALLED - 12),
        )
        entries.mark(entry, is_present=True, by=officer, at=calendar.at(FAIR_OPENED))
        entries.tell_outcome(
            entry,
            Outcome(contracts=number, revenue=number * 4_500_000),
            by=officer,
            at=calendar.at(FAIR_OPENED - 5),
        )
    events.conclude(event, visitors=2_400, by=officer, at=calendar.at(FAIR_OPENED - 5))


def _next_week(officer: User, province: Unit, products: list[Product], calendar: Calendar) -> None:
    event = events.call(
        EventFacts(
            unit=province,
            kind=EventKind.WEEK,
            name=f"Tuần hàng OCOP {province.name} (trình diễn)",
            call="Mời sản phẩm từ ba sao trở lên (hư cấu).",
            place=province.name,
            apply_by=calendar.day(-APPLY_IN),
            starts_on=calendar.day(-NEXT_IN),
            ends_on=calendar.day(-NEXT_IN - 6),
        ),
        by=officer,
        at=calendar.at(5),
    )
    for product in products[1:2]:
        _apply(event, product, calendar, 3)


def _apply(event: Event, product: Product, calendar: Calendar, ago: int) -> EventEntry:
    owner = _owner(product, calendar.day(ago))
    return entries.apply(event, product, by=owner, at=calendar.at(ago))


def _products(province: Unit, on: date) -> list[Product]:
    rows = recognised(on).filter(commune__path__startswith=province.path)
    return list(rows.filter(listing__state="valid"))


def _owner(product: Product, on: date) -> User:
    return holders(Role.OWNER, subject=product.subject, on=on)[0]
