"""What the lists of the scoring say as a file: what the page says of a row, column by column."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from ocop_portal.web.exports import Column
from ocop_portal.web.templatetags.portal import term

PRODUCT, SUBJECT, STATE = _("Sản phẩm"), _("Chủ thể"), _("Trạng thái")

COUNCILS = (
    Column(_("Hội đồng"), lambda row: row.name),
    Column(_("Cấp"), lambda row: term(row.get_level_display())),
    Column(_("Đơn vị"), lambda row: row.unit.long_name),
    Column(_("Quyết định"), lambda row: row.decision_number),
    Column(_("Ngày quyết định"), lambda row: row.decided_on),
    Column(_("Nhiệm kỳ từ ngày"), lambda row: row.starts_on),
    Column(_("Nhiệm kỳ đến ngày"), lambda row: row.ends_on),
    Column(_("Số thành viên"), lambda row: len(row.members.all())),
)
DECISIONS = (
    Column(_("Số"), lambda row: row.number),
    Column(_("Ngày"), lambda row: row.decided_on),
    Column(_("Trích yếu"), lambda row: row.title),
    Column(_("Cơ quan"), lambda row: row.unit.name),
    Column(_("Số sản phẩm"), lambda row: row.item_count),
    Column(_("Loại quyết định"), lambda row: term(row.does.label)),
    Column(STATE, lambda row: term(row.status.label)),
)
REGISTER = (
    Column(_("Số"), lambda row: row.number),
    Column(_("Ngày"), lambda row: row.decided_on),
    Column(_("Trích yếu"), lambda row: row.title),
    Column(_("Người ký"), lambda row: row.signer_name),
    Column(STATE, lambda row: term(row.status.label)),
)
INSPECTIONS = (
    Column(PRODUCT, lambda row: row.certificate.product_name),
    Column(STATE, lambda row: term(row.status.label)),
    Column(_("Việc còn phải khắc phục"), lambda row: row.open_findings),
    Column(_("Kiểm tra trước ngày"), lambda row: row.due_on),
    Column(_("Ngày đã kiểm tra"), lambda row: row.visited_on),
    Column(SUBJECT, lambda row: row.certificate.subject_name),
    Column(_("Hạng sao"), lambda row: row.certificate.stars),
    Column(_("Loại"), lambda row: term(row.get_kind_display())),
)
COMPLAINTS = (
    Column(PRODUCT, lambda row: row.rating.dossier.enrolment.product.name),
    Column(SUBJECT, lambda row: row.rating.dossier.enrolment.product.subject.name),
    Column(_("Gửi ngày"), lambda row: row.lodged_at),
    Column(_("Hạn trả lời"), lambda row: row.due_on),
    Column(_("Người giải quyết"), lambda row: row.owner),
    Column(STATE, lambda row: term(row.status.label)),
    Column(_("Kết quả giải quyết"), lambda row: term(row.does.label) if row.does else ""),
)


def certificates(today: date) -> Sequence[Column]:
    """The register of certificates, each with what it is worth on the day."""
    return (
        Column(_("Số giấy chứng nhận"), lambda row: row.number),
        Column(PRODUCT, lambda row: row.product_name),
        Column(SUBJECT, lambda row: row.subject_name),
        Column(_("Hạng sao"), lambda row: row.stars),
        Column(_("Quyết định"), lambda row: row.decision.number),
        Column(_("Ngày cấp"), lambda row: row.issued_on),
        Column(_("Có giá trị đến hết ngày"), lambda row: row.valid_until),
        Column(STATE, lambda row: term(row.status_on(today).label)),
    )
