"""What the app's journal entries are called, and who is told of them."""

from collections.abc import Iterable

from django.urls import reverse

from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds, notices
from ocop_portal.journal.models import Entry
from ocop_portal.journal.notices import Notice
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.domain.text import term
from registry.models import Product, Unit
from registry.selectors import holders, producers_of

TITLES = {
    "promotion.listing.withheld": term("Ẩn trang công khai của sản phẩm"),
    "promotion.listing.shown": term("Hiện lại trang công khai của sản phẩm"),
    "promotion.story.told": term("Đăng câu chuyện sản phẩm"),
    "promotion.story.rewritten": term("Sửa câu chuyện sản phẩm"),
    "promotion.place.added": term("Thêm điểm bán"),
    "promotion.mark.uploaded": term("Tải lên mẫu nhãn hiệu"),
    "promotion.report.received": term("Nhận phản ánh vi phạm nhãn hiệu"),
    "promotion.report.taken": term("Nhận phụ trách phản ánh"),
    "promotion.report.answered": term("Trả lời phản ánh"),
    "promotion.report.overdue": term("Phản ánh quá hạn trả lời"),
    "promotion.place.ended": term("Bỏ điểm bán"),
}
TOLD = ("promotion.listing.withheld", "promotion.listing.shown")


def register() -> None:
    """Called once, when the portal starts."""
    kinds.register_all(TITLES)
    for kind in TOLD:
        notices.register(Notice(kind, _producers, _desk))
    for word in ("received", "overdue"):
        notices.register(Notice(f"promotion.report.{word}", _answering, _report))


def _producers(entry: Entry) -> Iterable[User]:
    product = Product.objects.select_related("subject").get(pk=entry.facts["product"])
    return producers_of(product.subject, legal_day(entry.at))


def _desk(entry: Entry) -> str:
    return reverse("promotion:desk", args=[entry.facts["product"]])


def _answering(entry: Entry) -> Iterable[User]:
    """The officers of exactly the office that has to answer."""
    unit = Unit.objects.get(pk=entry.facts["unit"])
    role = Role.CENTRAL_OFFICER if unit.level == Level.CENTRAL else Role.PROVINCIAL_OFFICER
    return holders(role, unit=unit, on=legal_day(entry.at))


def _report(entry: Entry) -> str:
    return reverse("promotion:report-detail", args=[entry.subject_id])
