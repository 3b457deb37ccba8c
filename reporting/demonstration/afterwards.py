"""What happens after recognition: a certificate is suspended, another revoked, one disputed."""

from registry.domain.roles import Role
from reporting.demonstration.calendar import Calendar
from reporting.demonstration.councils import Table
from scoring.domain.certificate_states import RevocationGround
from scoring.domain.decision_states import DecisionKind, DecisionState
from scoring.domain.measures import Case
from scoring.models import Certificate, Rating
from scoring.selectors.complaints import last_day_for
from scoring.selectors.decisions import register_of
from scoring.selectors.rubrics import rubric_of
from scoring.services import complaints, decisions, measures

LODGED_AGO = 10
TAKEN_AGO = 8


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


def disagreement(table: Table, *, calendar: Calendar) -> None:
    """A producer complains about a criterion of the newest recognised result; it is dealt with."""
    results = Rating.objects.filter(item__session__council=table.council)
    signed = results.filter(decision_items__decision__state=DecisionState.SIGNED)
    rating = signed.select_related("edition").order_by("concluded_at", "pk").last()
    if rating is None or last_day_for(rating) < calendar.day(LODGED_AGO):
        return
    subject = rating.dossier.enrolment.product.subject
    owner = subject.postings.filter(role=Role.OWNER).select_related("user").order_by("pk")[0].user
    criterion = rubric_of(rating.edition).criteria[0].code
    complaint = complaints.lodge(
        rating,
        points={criterion: "Hồ sơ có hợp đồng mua nguyên liệu của mười hai tháng (hư cấu)."},
        text="Đề nghị hội đồng xem lại minh chứng kèm theo.",
        by=owner,
        at=calendar.at(LODGED_AGO),
    )
    complaints.take(complaint, by=table.officer, at=calendar.at(TAKEN_AGO))


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
