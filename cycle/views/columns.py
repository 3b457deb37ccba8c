"""What the lists of the cycle say as a file: what the page says of a row, column by column."""

from django.utils.translation import gettext_lazy as _

from cycle.selectors import awaited_name, enrolment_waiting_on, waiting_on
from cycle.templatetags.cycle_pages import regime_name
from ocop_portal.web.exports import Column
from ocop_portal.web.templatetags.portal import term

PRODUCT, SUBJECT, COMMUNE = _("Sản phẩm"), _("Chủ thể"), _("Xã, phường")

DOSSIERS = (
    Column(PRODUCT, lambda row: row.enrolment.product.name),
    Column(_("Mã hồ sơ"), lambda row: row.code),
    Column(SUBJECT, lambda row: row.enrolment.product.subject.name),
    Column(_("Trạng thái"), lambda row: term(row.get_state_display())),
    Column(_("Cấp"), lambda row: term(row.get_level_display())),
    Column(_("Ngày nộp"), lambda row: row.lodged_at),
    Column(_("Đang chờ"), lambda row: term(waiting_on(row).who)),
    Column(_("Đến ngày"), lambda row: waiting_on(row).until),
)
ENROLMENTS = (
    Column(PRODUCT, lambda row: row.product.name),
    Column(SUBJECT, lambda row: row.product.subject.name),
    Column(_("Bước"), lambda row: term(row.get_step_display())),
    Column(_("Hạng sao"), lambda row: row.stars),
    Column(_("Kết thúc lúc"), lambda row: row.ended_at),
    Column(_("Đợt"), lambda row: row.round.name),
    Column(_("Đang chờ"), lambda row: term(enrolment_waiting_on(row).who)),
    Column(_("Đến ngày"), lambda row: enrolment_waiting_on(row).until),
)
ROUNDS = (
    Column(_("Đợt"), lambda row: row.name),
    Column(_("Nơi mở đợt"), lambda row: row.unit.name),
    Column(_("Bộ quy định"), lambda row: regime_name(row.regime)),
    Column(_("Nhận từ ngày"), lambda row: row.opens_on),
    Column(_("Nhận đến hết ngày"), lambda row: row.closes_on),
    Column(_("Đóng lúc"), lambda row: row.closed_at),
    Column(_("Đang tham gia"), lambda row: row.active),
)
SESSIONS = (
    Column(_("Lớp"), lambda row: row.title),
    Column(_("Loại"), lambda row: term(row.get_kind_display())),
    Column(_("Bắt đầu lúc"), lambda row: row.starts_at),
    Column(_("Địa điểm"), lambda row: row.place),
    Column(_("Đơn vị tổ chức"), lambda row: row.unit.long_name),
    Column(_("Đã đăng ký"), lambda row: row.taken),
    Column(_("Số chỗ"), lambda row: row.capacity),
    Column(_("Hủy"), lambda row: _("đã hủy") if row.is_cancelled else ""),
)
SUPPORT = (
    Column(PRODUCT, lambda row: row.enrolment.product.name),
    Column(SUBJECT, lambda row: row.enrolment.product.subject.name),
    Column(_("Loại hỗ trợ"), lambda row: term(row.get_kind_display())),
    Column(_("Gửi lúc"), lambda row: row.sent_at),
    Column(_("Trạng thái"), lambda row: term(row.get_state_display())),
    Column(_("Hạn trả lời"), lambda row: row.due_on),
    Column(_("Số tiền"), lambda row: row.money),
)
CONVERSATIONS = (
    Column(PRODUCT, lambda row: row.enrolment.product.name),
    Column(SUBJECT, lambda row: row.enrolment.product.subject.name),
    Column(_("Đang chờ trả lời"), lambda row: term(awaited_name(row))),
    Column(_("Hạn trả lời"), lambda row: row.due_on),
    Column(_("Tin cuối lúc"), lambda row: row.last_at),
)
