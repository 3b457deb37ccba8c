"""What happens after recognition: a certificate is suspended, another revoked."""

from reporting.demonstration.calendar import Calendar
from reporting.demonstration.councils import Table
from scoring.domain.certificate_states import RevocationGround
from scoring.domain.decision_states import DecisionKind
from scoring.domain.measures import Case
from scoring.models import Certificate
from scoring.selectors.decisions import register_of
from scoring.services import decisions, measures


def trouble(table: Table, *, calendar: Calendar) -> None:
    """The authority suspends one certificate and revokes another, so that both can be seen."""
    issued = list(Certificate.objects.filter(unit=table.council.unit, stars=3).order_by("pk")[:2])
    if len(issued) < 2:  # noqa: PLR2004 - one for each
        return
    _measure(
        table,
        issued[0],
        DecisionKind.SUSPEND,
        ground=RevocationGround.LAW_BROKEN,
        note="Chờ kết quả kiểm nghiệm lại (hư cấu).",
        calendar=calendar,
        ago=20,
    )
    _measure(
        table,
        issued[1],
        DecisionKind.REVOKE,
        ground=RevocationGround.PRODUCTION_ENDED,
        note="Chủ thể báo ngừng sản xuất (hư cấu).",
        calendar=calendar,
        ago=15,
    )


def _measure(
    table: Table,
    held: Certificate,
    kind: DecisionKind,
    *,
    ground: RevocationGround,
    note: str,
    calendar: Calendar,
    ago: int,
) -> None:
    draft = measures.draft(
        kind,
        certificates=[held],
        case=Case(
            note=note,
            concluded_on=calendar.day(ago),
            ground=ground,
            heard_on=calendar.day(ago),
            hearing_note="Chủ thể đã được nghe và đồng ý (hư cấu).",
        ),
        title=f"{kind.label} – {held.product_name} (trình diễn)",
        decided_on=calendar.day(ago),
        number=register_of(held.unit, calendar.day(ago).year).next_number,
        by=table.officer,
        at=calendar.at(ago),
    )
    decisions.present(draft, by=table.officer, at=calendar.at(ago))
    decisions.sign(
        draft, signer_title="Người ký hư cấu", by=table.authority, at=calendar.at(ago, 15)
    )
