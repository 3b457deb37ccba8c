"""What may be done to many rows at once: for each list, the service that does it to one row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Model, QuerySet

from cycle.domain.corrections import CorrectionReason, Remark
from cycle.selectors import visible_dossiers, visible_enrolments
from cycle.services import calls, intake
from cycle.services import messages as conversations
from ocop_portal.accounts.models import User
from promotion.selectors.reports import visible_reports
from promotion.services import reports
from registry.domain.roles import OFFICER_ROLES, Role
from registry.domain.text import term
from registry.selectors import administered_postings
from registry.services import postings
from scoring.selectors.decisions import visible_decisions
from scoring.services import decisions

Facts = Mapping[str, Any]
# Who may give roles may end them; the service asks for the place.
KEEPERS = OFFICER_ROLES | {Role.ADMINISTRATOR}
CALL_SAYS = term(
    "Chủ thể nhận lời nhắn nêu từng mốc, từng hạn của mình đã quá hoặc tới trong 7 ngày;"
    " dòng nào không có hạn như vậy thì để nguyên."
)


@dataclass(frozen=True)
class Action:
    """One act on rows of a list.

    `rows` are those that a person may see, `act` calls the service of one row, which asks for
    permission and keeps its journal by itself. `roles` says to whom it is offered. `asks` is
    whether the person is asked for something before (a reason, a day).
    """

    name: str
    list_name: str
    label: str
    says: str
    roles: frozenset[Role]
    rows: Callable[[User, date], QuerySet[Any]]
    act: Callable[[Any, Facts, User, datetime], object]
    title: Callable[[Any], str] = str
    asks: bool = False


def of_list(list_name: str, roles: frozenset[Role]) -> list[Action]:
    """What a person with these roles is offered on a list."""
    return [each for each in ACTIONS.values() if each.list_name == list_name and each.roles & roles]


def row_url(row: Model) -> str:
    """The page of a row, where it has one."""
    address = getattr(row, "get_absolute_url", None)
    return str(address()) if address else ""


def _dossier(row: Any) -> str:
    return " · ".join(filter(None, [row.enrolment.product.name, row.code]))


def _enrolment(row: Any) -> str:
    return f"{row.product.name} · {row.product.subject.name}"


def _posting(row: Any) -> str:
    return f"{row.user} · {row.unit or row.subject}"


def _return(row: Any, facts: Facts, by: User, at: datetime) -> object:
    remark = Remark(CorrectionReason(facts["code"]), facts["note"])
    due_on = date.fromisoformat(facts["due_on"]) if facts.get("due_on") else None
    return intake.return_for_changes(
        row, remarks={facts["item"]: remark}, reason=facts["reason"], due_on=due_on, by=by, at=at
    )


def _remind(enrolment: Any, facts: Facts, by: User, at: datetime) -> object:
    return conversations.write(enrolment, text=facts["text"], asks=facts["asks"], by=by, at=at)


ALL = (
    Action(
        name="receive",
        list_name="cycle:dossier-list",
        label=term("Tiếp nhận"),
        says=term("Hồ sơ được tiếp nhận; chủ thể được báo và sản phẩm có mã."),
        roles=OFFICER_ROLES,
        rows=visible_dossiers,
        act=lambda row, _facts, by, at: intake.receive(row, by=by, at=at),
        title=_dossier,
    ),
    Action(
        name="return",
        list_name="cycle:dossier-list",
        label=term("Trả lại vì cùng một lý do"),
        says=term("Hồ sơ được trả lại để sửa đúng mục đã chỉ ra; chủ thể được báo."),
        roles=OFFICER_ROLES,
        rows=visible_dossiers,
        act=_return,
        title=_dossier,
        asks=True,
    ),
    Action(
        name="remind",
        list_name="cycle:enrolment-list",
        label=term("Nhắn chủ thể"),
        says=term("Chủ thể nhận lời nhắn này trong phần trao đổi của lượt tham gia."),
        roles=OFFICER_ROLES,
        rows=visible_enrolments,
        act=_remind,
        title=_enrolment,
        asks=True,
    ),
    Action(
        name="call",
        list_name="cycle:enrolment-list",
        label=term("Nhắc mốc và hạn"),
        says=CALL_SAYS,
        roles=OFFICER_ROLES,
        rows=visible_enrolments,
        act=lambda row, _facts, by, at: calls.call(row, by=by, at=at),
        title=_enrolment,
    ),
    Action(
        name="call-dossier",
        list_name="cycle:dossier-list",
        label=term("Nhắc hạn"),
        says=CALL_SAYS,
        roles=OFFICER_ROLES,
        rows=visible_dossiers,
        act=lambda row, _facts, by, at: calls.call(row.enrolment, by=by, at=at),
        title=_dossier,
    ),
    Action(
        name="present",
        list_name="scoring:decision-list",
        label=term("Trình ký"),
        says=term("Dự thảo được trình người có thẩm quyền; họ được báo."),
        roles=OFFICER_ROLES,
        rows=visible_decisions,
        act=lambda row, _facts, by, at: decisions.present(row, by=by, at=at),
        title=lambda row: " · ".join(filter(None, [row.number, row.title])),
    ),
    Action(
        name="take",
        list_name="promotion:report-list",
        label=term("Nhận phụ trách"),
        says=term("Bạn phụ trách phản ánh này và trả lời trước ngày hẹn."),
        roles=OFFICER_ROLES,
        rows=visible_reports,
        act=lambda row, _facts, by, at: reports.take(row, by=by, at=at),
        title=lambda row: str(row.shown_code),
    ),
    Action(
        name="end",
        list_name="registry:posting-list",
        label=term("Thôi giao"),
        says=term("Người này hết quyền từ hôm nay và được báo."),
        roles=KEEPERS,
        rows=administered_postings,
        act=lambda row, _facts, by, at: postings.end(row, by=by, at=at),
        title=_posting,
    ),
)
ACTIONS: Mapping[str, Action] = {each.name: each for each in ALL}
