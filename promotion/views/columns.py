"""What the lists of the promotion say as a file: what the page says of a row, column by column."""

from django.utils.translation import gettext_lazy as _

from ocop_portal.web.exports import Column
from ocop_portal.web.templatetags.portal import term
from promotion.models import NewsItem

STATE, OWNER, DUE = _("Trạng thái"), _("Người phụ trách"), _("Trả lời trước ngày")

POINTS = (
    Column(_("Tên điểm bán"), lambda row: row.name),
    Column(_("Loại điểm bán"), lambda row: term(row.get_kind_display())),
    Column(_("Địa chỉ"), lambda row: row.address),
    Column(_("Ai khai"), lambda row: row.subject.name if row.subject else _("Cơ quan OCOP")),
    Column(STATE, lambda row: _("Đã đóng") if row.closed_on else _("Đang mở")),
    Column(_("Đề nghị chờ xác nhận"), lambda row: row.awaited),
)
EVENTS = (
    Column(_("Tên sự kiện"), lambda row: row.name),
    Column(_("Loại sự kiện"), lambda row: term(row.get_kind_display())),
    Column(_("Hạn đăng ký"), lambda row: row.apply_by),
    Column(_("Từ ngày"), lambda row: row.starts_on),
    Column(_("Đến ngày"), lambda row: row.ends_on),
    Column(_("Chờ chọn"), lambda row: row.waiting),
    Column(_("Được chọn"), lambda row: row.chosen),
    Column(_("Số gian hàng"), lambda row: row.booths),
    Column(STATE, lambda row: term(row.status.label)),
)
# The public list: who waits to be chosen is the office's business.
PUBLIC_EVENTS = (
    Column(_("Tên sự kiện"), lambda row: row.name),
    Column(_("Loại sự kiện"), lambda row: term(row.get_kind_display())),
    Column(_("Hạn đăng ký"), lambda row: row.apply_by),
    Column(_("Từ ngày"), lambda row: row.starts_on),
    Column(_("Đến ngày"), lambda row: row.ends_on),
    Column(_("Địa điểm"), lambda row: row.place),
    Column(_("Được chọn"), lambda row: row.chosen),
    Column(STATE, lambda row: term(row.status.label)),
)
REPORTS = (
    Column(_("Mã phản ánh"), lambda row: row.shown_code),
    Column(STATE, lambda row: term(row.status.label)),
    Column(_("Điều được phản ánh"), lambda row: term(row.get_kind_display())),
    Column(_("Sản phẩm"), lambda row: row.product_name),
    Column(DUE, lambda row: row.due_on),
    Column(OWNER, lambda row: row.owner),
    Column(_("Nhận lúc"), lambda row: row.received_at),
)
ENQUIRIES = (
    Column(_("Sản phẩm"), lambda row: ", ".join(each.product.name for each in row.lines.all())),
    Column(_("Nhận lúc"), lambda row: row.enquiry.sent_at),
    Column(DUE, lambda row: row.due_on),
    Column(OWNER, lambda row: row.owner),
    Column(STATE, lambda row: term(row.status.label)),
)


def _news_state(item: NewsItem) -> object:
    if item.is_public:
        return _("Đang đăng")
    return _("Đã gỡ") if item.withdrawn_at else _("Bản nháp")


NEWS = (
    Column(_("Tiêu đề"), lambda row: row.title_vi),
    Column(_("Cơ quan đăng"), lambda row: row.unit.name),
    Column(_("Viết lúc"), lambda row: row.created_at),
    Column(_("Đăng lúc"), lambda row: row.published_at),
    Column(STATE, _news_state),
)
