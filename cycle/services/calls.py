"""An office calls the days that a producer has let pass or that come near, in the conversation."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cycle.domain.dossier import DossierState
from cycle.models import Dossier, Enrolment, Message
from cycle.permissions import may_message
from cycle.services import messages
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term

NEAR = timedelta(days=7)


@transaction.atomic
def call(enrolment: Enrolment, *, by: User, at: datetime) -> Message:
    """A message that names each milestone and day of the producer's that is past or within a week.

    It is written in Vietnamese, as whatever an office writes to a producer. Refused: where no such
    day is there, and who may not write in the conversation.
    """
    on = legal_day(at)
    require(may_message(by, enrolment, on=on))
    with translation.override("vi"):
        lines = [_line(what, day, on) for what, day in _days(enrolment) if day <= on + NEAR]
        if not lines:
            raise RuleBroken(
                "call.nothing",
                term("Không có mốc hay hạn nào của chủ thể đã quá hoặc tới trong 7 ngày."),
            )
        text = "\n".join([_("Cơ quan OCOP nhắc các hạn của sản phẩm này:"), *lines])
    return messages.write(enrolment, text=text, asks=False, by=by, at=at)


def _days(enrolment: Enrolment) -> Iterable[tuple[str, date]]:
    """What the producer still owes, and by which day; nothing where the enrolment has ended."""
    if not enrolment.is_active:
        return
    for milestone in enrolment.milestones.filter(completed_on__isnull=True):
        yield _("Mốc “%(title)s”") % {"title": milestone.title}, milestone.due_on
    own = (DossierState.DRAFT, DossierState.RETURNED)
    for dossier in Dossier.objects.filter(enrolment=enrolment, state__in=own).order_by("pk"):
        if dossier.state == DossierState.DRAFT:
            yield _("Nộp hồ sơ của đợt"), enrolment.round.closes_on
        elif dossier.due_on is not None:
            yield _("Sửa và nộp lại hồ sơ %(code)s") % {"code": dossier.code}, dossier.due_on


def _line(what: str, day: date, on: date) -> str:
    days = (on - day).days
    facts = {"what": what, "day": f"{day:%d/%m/%Y}", "days": days}
    if days > 0:
        return _("- %(what)s: hạn %(day)s, đã quá %(days)s ngày.") % facts
    return _("- %(what)s: hạn %(day)s.") % facts
