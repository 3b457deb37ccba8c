"""What the lists of the reporting say as a file: what the page says of a row, column by column."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from ocop_portal.web.exports import Column
from ocop_portal.web.templatetags.portal import term
from reporting.models import RegisterImport
from reporting.templatetags.reporting import fault_words, fund_word

REGISTERS = (
    Column(_("Tệp"), lambda row: row.file_name),
    Column(_("Tỉnh, thành phố"), lambda row: row.unit.name),
    Column(_("Người tải lên"), lambda row: row.uploaded_by),
    Column(_("Tải lên lúc"), lambda row: row.uploaded_at),
    Column(_("Số dòng"), lambda row: row.lines),
    Column(_("Trạng thái"), lambda row: term(row.status.label)),
)

PROVINCE_REPORTS = (
    Column(_("Tên báo cáo"), lambda row: row.request.title),
    Column(_("Loại báo cáo"), lambda row: term(row.request.get_kind_display())),
    Column(_("Tỉnh, thành phố"), lambda row: row.unit.name),
    Column(_("Từ ngày"), lambda row: row.request.first),
    Column(_("Đến ngày"), lambda row: row.request.last),
    Column(_("Hạn gửi"), lambda row: row.request.due_on),
    Column(_("Trạng thái"), lambda row: term(row.status.label)),
    Column(_("Gửi lúc"), lambda row: row.sent_at),
    Column(_("Trả lời lúc"), lambda row: row.answered_at),
    Column(_("Lý do"), lambda row: row.reason),
)
PROVINCE_PLANS = (
    Column(_("Năm"), lambda row: row.year),
    Column(_("Tỉnh, thành phố"), lambda row: row.unit.name),
    Column(_("Trạng thái"), lambda row: term(row.status.label)),
    Column(_("Số quyết định"), lambda row: row.number),
    Column(_("Ngày phê duyệt"), lambda row: row.approved_on),
    Column(_("Kinh phí (đồng)"), lambda row: row.money),
)
SPENDING = (
    Column(_("Ngày chi"), lambda row: row.spent_on),
    Column(_("Tỉnh, thành phố"), lambda row: row.unit.name),
    Column(_("Nguồn vốn"), lambda row: fund_word(row.source)),
    Column(_("Dự án thành phần"), lambda row: fund_word(row.project)),
    Column(_("Số tiền (đồng)"), lambda row: row.amount),
    Column(_("Nội dung chi"), lambda row: row.note),
    Column(_("Lý do gạch bỏ"), lambda row: row.struck_reason),
)


def register_lines(register: RegisterImport) -> Sequence[Column]:
    """The lines of a register, so that what is wrong can be mended beside the workbook."""
    return (
        Column(_("Dòng"), lambda row: row.number),
        Column(_("Sản phẩm"), lambda row: row.cells.get("product")),
        Column(_("Chủ thể"), lambda row: row.cells.get("subject")),
        Column(_("Kết quả"), lambda row: term(row.get_outcome_display())),
        Column(_("Lỗi"), lambda row: "\n".join(fault_words(row, register))),
    )
