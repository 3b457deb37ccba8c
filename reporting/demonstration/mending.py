"""What the desk still has to do: a dossier sent back, a renewal begun."""

from datetime import timedelta

from cycle.domain.corrections import CorrectionReason, Remark
from cycle.domain.journey import EnrolmentKind
from cycle.models import Dossier, Round
from cycle.services import enrolments, intake
from reporting.demonstration.calendar import Calendar
from reporting.demonstration.councils import Table
from reporting.demonstration.producers import Passage

DAYS_TO_MEND = 14


def send_back(passage: Passage, table: Table, *, calendar: Calendar, ago: int) -> None:
    """The office asks for two items of a lodged dossier, and hopes for them in two weeks."""
    intake.return_for_changes(
        Dossier.objects.get(enrolment__product=passage.product),
        remarks={
            "outlook": Remark(
                CorrectionReason.INCOMPLETE, "Ghi rõ sản lượng và nơi bán của mùa tới."
            ),
            "business_registration": Remark(
                CorrectionReason.OUTDATED, "Bản chụp là giấy cũ; hãy gắn bản đăng ký thay đổi."
            ),
        },
        reason="Phần còn lại của hồ sơ đầy đủ.",
        due_on=calendar.day(ago) + timedelta(days=DAYS_TO_MEND),
        by=table.officer,
        at=calendar.at(ago, 14),
    )


def begin_renewal(passage: Passage, season: Round, *, calendar: Calendar, ago: int) -> None:
    """The producer asks to keep the star: a draft that says from which day it may be lodged."""
    enrolments.enrol(
        passage.product,
        round=season,
        kind=EnrolmentKind.RE_EVALUATION,
        by=passage.owner,
        at=calendar.at(ago),
    )
