"""Facts by item in their order, and figures added up."""

from datetime import date

from promotion.domain.outcomes import (
    MARKET,
    PROMOTION,
    Finding,
    Sum,
    criteria_called,
    of_item,
    summed,
)


def test_findings_when_chosen_for_an_item_then_the_earliest_first() -> None:
    late = Finding(PROMOTION, "Hội chợ B", date(2026, 5, 1), contracts=2, revenue=10)
    early = Finding(PROMOTION, "Hội chợ A", date(2026, 1, 1))
    shop = Finding(MARKET, "Chợ", date(2026, 1, 1), orders=3, revenue=7)

    assert of_item([late, early, shop], PROMOTION) == [early, late]
    assert summed([late, early, shop]) == Sum(2, 3, 17)
    assert summed([early]) == Sum(None, None, None)


def test_criteria_when_called_by_heading_then_in_the_order_of_the_rubric() -> None:
    names = [("4.1", "Khu vực phân phối chính"), ("4.2", "Tổ chức phân phối"), ("5.1", "Khác")]

    assert criteria_called(names, ["Tổ chức phân phối", "khu vực phân phối chính"]) == names[:2]
    assert criteria_called(names, []) == []
