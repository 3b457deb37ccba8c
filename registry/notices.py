"""What is told of the register, and what its entries are called."""

from django.urls import reverse

from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds, notices
from ocop_portal.journal.models import Entry
from ocop_portal.journal.notices import Notice
from registry.domain.clock import legal_day
from registry.domain.text import term
from registry.models import Invitation, Subject
from registry.selectors import producers_of, token_of

TITLES = {
    "registry.subject.registered": term("Chủ thể được đăng ký"),
    "registry.subject.entered": term("Chủ thể được ghi từ sổ có sẵn"),
    "registry.subject.removed": term("Chủ thể ghi từ sổ được gỡ"),
    "registry.subject.updated": term("Thông tin chủ thể được sửa"),
    "registry.subject.capacity_saved": term("Năng lực của chủ thể được cập nhật"),
    "registry.craft_village.registered": term("Làng nghề được ghi vào sổ"),
    "registry.craft_village.updated": term("Thông tin làng nghề được sửa"),
    "registry.material_area.added": term("Vùng nguyên liệu được thêm"),
    "registry.material_area.updated": term("Vùng nguyên liệu được sửa"),
    "registry.material_area.removed": term("Vùng nguyên liệu được bỏ"),
    "registry.product.registered": term("Sản phẩm được thêm"),
    "registry.product.entered": term("Sản phẩm được ghi từ sổ có sẵn"),
    "registry.product.removed": term("Sản phẩm ghi từ sổ được gỡ"),
    "registry.product.updated": term("Thông tin sản phẩm được sửa"),
    "registry.product.place_added": term("Nơi sản xuất được thêm"),
    "registry.product.place_removed": term("Nơi sản xuất được bỏ"),
    "registry.product.picture_added": term("Ảnh sản phẩm được thêm"),
    "registry.product.picture_worded": term("Lời tả ảnh được sửa"),
    "registry.product.pictures_ordered": term("Thứ tự ảnh được đổi"),
    "registry.product.picture_removed": term("Ảnh sản phẩm được bỏ"),
    "registry.product.coded": term("Sản phẩm được cấp mã"),
    "registry.evidence.uploaded": term("Minh chứng được tải lên"),
    "registry.evidence.withdrawn": term("Minh chứng được rút"),
    "registry.evidence.expiring": term("Minh chứng sắp hết hạn"),
    "registry.evidence.expired": term("Minh chứng đã hết hạn"),
    "registry.invitation.sent": term("Một người được mời làm hồ sơ"),
    "registry.invitation.accepted": term("Lời mời làm hồ sơ được nhận"),
    "registry.invitation.withdrawn": term("Lời mời làm hồ sơ được rút"),
    "registry.posting.granted": term("Bạn được giao một vai trò"),
    "registry.posting.ended": term("Một vai trò của bạn đã kết thúc"),
}


def register() -> None:
    """Called once, when the portal starts."""
    kinds.register_all(TITLES)
    for kind in ("registry.posting.granted", "registry.posting.ended"):
        notices.register(Notice(kind=kind, recipients=_the_person, url=_desk))
    notices.register(
        Notice(
            kind="registry.invitation.sent",
            recipients=_with_account,
            addresses=_without_account,
            url=lambda entry: reverse("registry:invitation-own", args=[entry.subject_id]),
            private_url=_invitation_link,
        )
    )
    notices.register(
        Notice(kind="registry.invitation.accepted", recipients=_the_inviter, url=_subject_page)
    )
    for kind in ("registry.evidence.expiring", "registry.evidence.expired"):
        notices.register(Notice(kind=kind, recipients=_its_producers, url=_paper))


def _the_person(entry: Entry) -> list[User]:
    return list(User.objects.filter(pk=entry.facts["user"], is_active=True))


def _invitation(entry: Entry) -> Invitation:
    return Invitation.objects.select_related("invited_by").get(pk=entry.subject_id)


def _with_account(entry: Entry) -> list[User]:
    return list(User.objects.filter(email=_invitation(entry).email, is_active=True))


def _without_account(entry: Entry) -> list[str]:
    """An address whose account was never confirmed, or is closed, is written to as a stranger's."""
    return [] if _with_account(entry) else [_invitation(entry).email]


def _invitation_link(entry: Entry, _person: User | None) -> str:
    return reverse("registry:invitation-answer", args=[token_of(_invitation(entry))])


def _the_inviter(entry: Entry) -> list[User]:
    return [_invitation(entry).invited_by]


def _subject_page(entry: Entry) -> str:
    return reverse("registry:subject-detail", args=[entry.facts["subject"]])


def _its_producers(entry: Entry) -> list[User]:
    subject = Subject.objects.get(pk=entry.facts["subject"])
    return list(producers_of(subject, legal_day(entry.at)))


def _paper(entry: Entry) -> str:
    return reverse("registry:evidence-detail", args=[entry.subject_id])


def _desk(_entry: Entry) -> str:
    return reverse("desk")
