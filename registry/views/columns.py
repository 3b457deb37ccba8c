"""What the lists of the register say as a file: what the page says of a row, column by column."""

from django.utils.translation import gettext_lazy as _

from ocop_portal.web.exports import Column
from ocop_portal.web.templatetags.portal import term
from registry.models import UnitChange

EVIDENCE = (
    Column(_("Tên minh chứng"), lambda row: row.title),
    Column(_("Loại"), lambda row: term(row.get_kind_display())),
    Column(_("Tệp"), lambda row: row.original_name),
    Column(_("Dung lượng (byte)"), lambda row: row.size),
    Column(_("Có giá trị đến"), lambda row: row.valid_until),
    Column(_("Tải lên lúc"), lambda row: row.uploaded_at),
)
POSTINGS = (
    Column(_("Người"), lambda row: row.user),
    Column(_("Địa chỉ thư"), lambda row: row.user.email),
    Column(_("Vai trò"), lambda row: term(row.get_role_display())),
    Column(_("Đơn vị"), lambda row: row.unit.long_name),
    Column(_("Hệ đơn vị"), lambda row: term(row.unit.get_division_display())),
    Column(_("Từ ngày"), lambda row: row.starts_on),
    Column(_("Hết quyền từ ngày"), lambda row: row.ends_on),
)
UNITS = (
    Column(_("Tên"), lambda row: row.name),
    Column(_("Thuộc"), lambda row: row.parent.long_name if row.parent else ""),
    Column(_("Mã"), lambda row: row.code),
    Column(_("Hiệu lực từ"), lambda row: row.valid_from),
    Column(_("Hiệu lực đến"), lambda row: row.valid_to),
)
CRAFT_VILLAGES = (
    Column(_("Tên làng nghề"), lambda row: row.name),
    Column(_("Địa bàn"), lambda row: row.commune.long_name),
    Column(_("Loại"), lambda row: _("Truyền thống") if row.is_traditional else _("Làng nghề")),
    Column(_("Quyết định"), lambda row: row.decision_number),
    Column(_("Ngày quyết định"), lambda row: row.recognised_on),
)
OFFICE_INVITATIONS = (
    Column(_("Địa chỉ thư"), lambda row: row.email),
    Column(_("Vai trò"), lambda row: term(row.get_role_display())),
    Column(_("Đơn vị"), lambda row: row.unit.long_name),
    Column(_("Người mời"), lambda row: row.invited_by),
    Column(_("Hết hạn lúc"), lambda row: row.expires_at),
)


def _change_state(change: UnitChange) -> object:
    if change.applied_at:
        return _("đã có hiệu lực")
    return _("đã rút") if change.withdrawn_at else _("chờ đến ngày")


UNIT_CHANGES = (
    Column(_("Có hiệu lực từ ngày"), lambda row: row.effective_on),
    Column(_("Thay đổi"), lambda row: term(row.get_kind_display())),
    Column(_("Đơn vị cũ"), lambda row: ", ".join(each.name for each in row.units.all())),
    Column(_("Đơn vị mới"), lambda row: ", ".join(each.name for each in row.outcomes.all())),
    Column(_("Chuyển về"), lambda row: row.target.name if row.target else ""),
    Column(_("Văn bản"), lambda row: row.decision_number),
    Column(_("Trạng thái"), _change_state),
)
