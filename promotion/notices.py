"""What the app's journal entries are called, and who is told of them."""

from collections.abc import Iterable

from django.urls import reverse

from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds, notices
from ocop_portal.journal.models import Entry
from ocop_portal.journal.notices import Notice
from promotion.models import EnquiryPart, SoldAt
from promotion.selectors import events
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.domain.text import term
from registry.models import Product, Subject, Unit
from registry.selectors import holders, producers_of

TITLES = {
    "promotion.listing.withheld": term("Ẩn trang công khai của sản phẩm"),
    "promotion.listing.shown": term("Hiện lại trang công khai của sản phẩm"),
    "promotion.story.told": term("Đăng câu chuyện sản phẩm"),
    "promotion.story.rewritten": term("Sửa câu chuyện sản phẩm"),
    "promotion.place.added": term("Thêm điểm bán"),
    "promotion.mark.uploaded": term("Tải lên mẫu nhãn hiệu"),
    "promotion.report.received": term("Nhận phản ánh vi phạm nhãn hiệu"),
    "promotion.report.handed_over": term("Phản ánh được chuyển cho đồng nghiệp"),
    "promotion.report.taken": term("Nhận phụ trách phản ánh"),
    "promotion.report.answered": term("Trả lời phản ánh"),
    "promotion.report.overdue": term("Phản ánh quá hạn trả lời"),
    "promotion.news.written": term("Viết tin"),
    "promotion.news.revised": term("Sửa tin"),
    "promotion.news.published": term("Đăng tin"),
    "promotion.news.withdrawn": term("Gỡ tin"),
    "promotion.news.attached": term("Thêm tệp vào tin"),
    "promotion.news.detached": term("Bỏ tệp khỏi tin"),
    "promotion.place.ended": term("Bỏ điểm bán"),
    "promotion.place.linked": term("Ghi liên kết của sản phẩm ở nơi bán"),
    "promotion.place.sale_told": term("Ghi kết quả bán hàng"),
    "promotion.place.proposed": term("Đề nghị bán sản phẩm tại điểm bán"),
    "promotion.place.confirmed": term("Xác nhận sản phẩm có ở điểm bán"),
    "promotion.place.declined": term("Không xác nhận sản phẩm ở điểm bán"),
    "promotion.enquiry.received": term("Nhận câu hỏi mua"),
    "promotion.enquiry.handed_over": term("Câu hỏi mua được chuyển cho đồng nghiệp"),
    "promotion.enquiry.taken": term("Nhận phụ trách câu hỏi mua"),
    "promotion.enquiry.answered": term("Trả lời câu hỏi mua"),
    "promotion.enquiry.overdue": term("Câu hỏi mua quá hạn trả lời"),
    "promotion.event.called": term("Mời tham gia sự kiện"),
    "promotion.event.edited": term("Sửa lời mời sự kiện"),
    "promotion.event.cancelled": term("Huỷ sự kiện"),
    "promotion.event.concluded": term("Tổng kết sự kiện"),
    "promotion.entry.applied": term("Đăng ký tham gia sự kiện"),
    "promotion.entry.withdrawn": term("Rút đăng ký sự kiện"),
    "promotion.entry.selected": term("Chọn sản phẩm dự sự kiện"),
    "promotion.entry.declined": term("Không chọn sản phẩm dự sự kiện"),
    "promotion.entry.marked": term("Ghi có mặt, vắng mặt"),
    "promotion.entry.outcome_told": term("Ghi kết quả sự kiện"),
    "promotion.point.registered": term("Ghi điểm bán vào sổ"),
    "promotion.point.edited": term("Sửa điểm bán trong sổ"),
    "promotion.point.closed": term("Đóng điểm bán"),
}
KEEPERS = (Role.COMMUNE_OFFICER, Role.DISTRICT_OFFICER, Role.PROVINCIAL_OFFICER)
TOLD = ("promotion.listing.withheld", "promotion.listing.shown")


def register() -> None:
    """Called once, when the portal starts."""
    kinds.register_all(TITLES)
    for kind in TOLD:
        notices.register(Notice(kind, _producers, _desk))
    for word in ("received", "overdue"):
        notices.register(Notice(f"promotion.report.{word}", _answering, _report))
    for word in ("confirmed", "declined"):
        notices.register(Notice(f"promotion.place.{word}", _producers, _desk))
    notices.register(Notice("promotion.place.proposed", _keepers, _kept_point))
    for word in ("received", "overdue"):
        notices.register(Notice(f"promotion.enquiry.{word}", _asked, _enquiry))
    notices.register(
        Notice(
            "promotion.enquiry.answered",
            lambda _entry: [],
            lambda _entry: reverse("promotion:enquiry-list"),
            addresses=_the_buyer,
            private_url=_receipt,
        )
    )
    notices.register(Notice("promotion.event.called", _invited, _application))
    notices.register(Notice("promotion.event.cancelled", _taking_part, _application))
    for word in ("selected", "declined"):
        notices.register(Notice(f"promotion.entry.{word}", _producers, _application))
    notices.register(Notice("promotion.point.closed", _sellers, _promotion))


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


def _keepers(entry: Entry) -> Iterable[User]:
    """The officers of the commune of the place and those above it up to the province."""
    sold = SoldAt.objects.select_related("point__commune__parent__parent").get(pk=entry.subject_id)
    commune = sold.point.commune
    return holders(*KEEPERS, unit=commune, on=legal_day(entry.at)) if commune else []


def _kept_point(entry: Entry) -> str:
    point = SoldAt.objects.values_list("point", flat=True).get(pk=entry.subject_id)
    return reverse("promotion:kept-point", args=[point])


def _sellers(entry: Entry) -> Iterable[User]:
    """Everybody whose product was sold at the place that closed."""
    products = Product.objects.filter(pk__in=entry.facts["products"]).select_related("subject")
    found = {
        person.pk: person
        for product in products
        for person in producers_of(product.subject, legal_day(entry.at))
    }
    return found.values()


def _promotion(_entry: Entry) -> str:
    return reverse("promotion:hub")


def _invited(entry: Entry) -> Iterable[User]:
    unit = Unit.objects.get(pk=entry.facts["unit"])
    return events.producers_in(unit.path, legal_day(entry.at))


def _taking_part(entry: Entry) -> Iterable[User]:
    return events.producers_at(entry.facts["event"], legal_day(entry.at))


def _application(entry: Entry) -> str:
    return reverse("promotion:event-apply", args=[entry.facts["event"]])


def _asked(entry: Entry) -> Iterable[User]:
    subject = Subject.objects.get(pk=entry.facts["subject"])
    return producers_of(subject, legal_day(entry.at))


def _enquiry(entry: Entry) -> str:
    return reverse("promotion:enquiry", args=[entry.subject_id])


def _the_buyer(entry: Entry) -> list[str]:
    mail = EnquiryPart.objects.values_list("enquiry__mail", flat=True).get(pk=entry.subject_id)
    return [mail] if mail else []


def _receipt(entry: Entry, _person: User | None) -> str:
    """The code opens the answers: it stands in the mail alone."""
    code = EnquiryPart.objects.values_list("enquiry__code", flat=True).get(pk=entry.subject_id)
    return reverse("promotion:enquiry-state", args=[code])
