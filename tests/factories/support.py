"""Requests for support for tests, made through the services."""

from typing import Any

from cycle.domain.support import SupportKind, SupportMove
from cycle.models import Enrolment, SupportRequest
from cycle.services import support
from cycle.services.support import Answer
from tests.factories import cycle
from tests.factories.registry import NOW

FULL = Answer(text="Đồng ý", provider="Sở Công Thương", source="Ngân sách tỉnh", money=20_000_000)


def request(row: Enrolment | None = None, **fields: Any) -> SupportRequest:
    """A request for a design, of an enrolment that carries out its plan."""
    row = row or cycle.with_plan_accepted(cycle.enrolment())
    facts: dict[str, Any] = {
        "kind": SupportKind.DESIGN,
        "text": "Thiết kế lại hộp chè",
        "by": cycle.owner_of(row),
        "at": NOW,
        **fields,
    }
    return support.send(row, **facts)


def decided(
    asked: SupportRequest, move: SupportMove, *, answer: Answer = FULL, **fields: Any
) -> SupportRequest:
    """What the office made of a request."""
    facts: dict[str, Any] = {
        "version": asked.version,
        "by": cycle.appraiser_for(asked.enrolment),
        "at": NOW,
        **fields,
    }
    return support.decide(asked, move, answer=answer, **facts)
