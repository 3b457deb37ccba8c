"""What the advisory team says of the products that a council scores today."""

from ocop_portal.accounts.models import User
from reporting.demonstration.calendar import Calendar
from reporting.demonstration.councils import Table
from scoring.domain.council import Seat
from scoring.models import Session
from scoring.selectors.rubrics import rubric_of
from scoring.services import councils, declarations, opinions
from scoring.services.opinions import Said

REMARKS = (
    "Đã xem tại chỗ: phần lớn nguyên liệu mua trong xã, có sổ ghi chép.",
    "Công đoạn chế biến đúng như hồ sơ mô tả.",
    "Xưởng đủ sức cho đơn hàng hiện có.",
)


def advise(table: Table, session: Session, adviser: User, *, calendar: Calendar) -> None:
    """An adviser takes a seat, visits, and sends an opinion on each product of the agenda."""
    before, today = calendar.at(1), calendar.at(0, 8, 40)
    councils.add_member(
        table.council, user=adviser, seat=Seat.ADVISER, by=table.officer, at=calendar.at(9)
    )
    for item in session.items.select_related("edition").order_by("order"):
        declarations.declare(item, has_conflict=False, by=adviser, at=before)
        criteria = rubric_of(item.edition).criteria[: len(REMARKS)]
        remarks = {
            criterion.code: remark for criterion, remark in zip(criteria, REMARKS, strict=True)
        }
        middle = criteria[0].options[len(criteria[0].options) // 2]
        said = Said(
            {criteria[0].code: middle.id},
            remarks,
            visited_on=calendar.day(4),
            visit_note="Đã tới cơ sở cùng cán bộ xã; nhà xưởng gọn, sổ sách đủ (hư cấu).",
        )
        opinions.send(item, said, by=adviser, at=today)
