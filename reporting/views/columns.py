"""What the lists of the reporting say as a file: what the page says of a row, column by column."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from ocop_portal.web.exports import Column
from ocop_portal.web.templatetags.portal import term
from reporting.models import RegisterImport
from reporting.templatetags.reporting import fault_words

REGISTERS = (
    Column(_("Tệp"), lambda row: row.file_name),
    Column(_("Tỉnh, thành phố"), lambda row: row.unit.name),
    Column(_("Người tải lên"), lambda row: row.uploaded_by),
    Column(_("Tải lên lúc"), lambda row: row.uploaded_at),
    Column(_("Số dòng"), lambda row: row.lines),
    Column(_("Trạng thái"), lambda row: term(row.status.label)),
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
