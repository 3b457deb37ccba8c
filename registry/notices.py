"""What is told of the register, and what its entries are called."""

from django.urls import reverse

from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds, notices
from ocop_portal.journal.models import Channel, Entry
from ocop_portal.journal.notices import Notice
from registry.domain.clock import legal_day
from registry.domain.text import term
from registry.models import Invitation, Subject, Unit, UnitChange
from registry.selectors import producers_of, token_of
from registry.selectors.unit_changes import concerned_by

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
    "registry.unit_change.planned": term("Thay đổi đơn vị hành chính được ghi"),
    "registry.unit_change.applied": term("Thay đổi đơn vị hành chính có hiệu lực"),
    "registry.unit_change.withdrawn": term("Thay đổi đơn vị hành chính được rút"),
    "registry.office_invitation.sent": term("Một đồng nghiệp được mời giữ vai trò"),
    "registry.office_invitation.accepted": term("Lời mời giữ vai trò được nhận"),
    "registry.office_invitation.withdrawn": term("Lời mời giữ vai trò được rút"),
    "registry.posting.granted": term("Vai trò được giao"),
    "registry.posting.ended": term("Vai trò kết thúc"),
    "registry.person.deactivated": term("Tài khoản bị ngừng"),
    "registry.person.reactivated": term("Tài khoản được mở lại"),
    "registry.person.unlocked": term("Khóa đăng nhập được gỡ"),
    "registry.duty.passed": term("Việc đang dở được chuyển cho người khác"),
}


def register() -> None:
    """Called once, when the portal starts."""
    kinds.register_all(TITLES)
    for kind in ("registry.posting.granted", "registry.posting.ended"):
        notices.register(Notice(kind=kind, recipients=_the_person, url=_desk))
    for kind in ("registry.invitation.sent", "registry.office_invitation.sent"):
        notices.register(
            Notice(
                kind=kind,
                recipients=_with_account,
                addresses=_without_account,
                url=lambda entry: reverse("registry:invitation-own", args=[entry.subject_id]),
                private_url=_invitation_link,
            )
        )
    notices.register(
        Notice(
            kind="registry.office_invitation.accepted", recipients=_the_inviter, url=_new_colleague
        )
    )
    notices.register(Notice(kind="registry.duty.passed", recipients=_the_colleague, url=_desk))
    for kind in ("registry.person.deactivated", "registry.person.reactivated"):
        notices.register(
            Notice(
                kind=kind,
                recipients=_whose_account,
                url=lambda _entry: reverse("accounts:login"),
                channels=(Channel.MAIL,),
                essential=True,
            )
        )
    notices.register(
        Notice(kind="registry.invitation.accepted", recipients=_the_inviter, url=_subject_page)
    )
    notices.register(
        Notice(
            kind="registry.unit_change.applied",
            recipients=_concerned_by_change,
            url=lambda entry: reverse("registry:unit-change-detail", args=[entry.subject_id]),
        )
    )
    for kind in ("registry.evidence.expiring", "registry.evidence.expired"):
        notices.register(Notice(kind=kind, recipients=_its_producers, url=_paper))


def _the_person(entry: Entry) -> list[User]:
    """Whose role it is; who has just accepted an invitation knows it."""
    if "invitation" in entry.facts:
        return []
    return list(User.objects.filter(pk=entry.facts["user"], is_active=True))


def _concerned_by_change(entry: Entry) -> list[User]:
    """Who serves the units, their province's OCOP office, and the producers in them."""
    change = UnitChange.objects.get(pk=entry.subject_id)
    outcomes = Unit.objects.filter(outcomes__change=change)
    units = (change.units.all() | outcomes).distinct().select_related("parent__parent")
    return concerned_by(list(units), legal_day(entry.at))


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


def _new_colleague(entry: Entry) -> str:
    return reverse("registry:person-detail", args=[entry.facts["user"]])


def _the_colleague(entry: Entry) -> list[User]:
    return list(User.objects.filter(pk=entry.facts["to"], is_active=True))


def _whose_account(entry: Entry) -> list[User]:
    return list(User.objects.filter(pk=entry.subject_id, anonymised_at=None))


def _subject_page(entry: Entry) -> str:
    return reverse("registry:subject-detail", args=[entry.facts["subject"]])


def _its_producers(entry: Entry) -> list[User]:
    subject = Subject.objects.get(pk=entry.facts["subject"])
    return list(producers_of(subject, legal_day(entry.at)))


def _paper(entry: Entry) -> str:
    return reverse("registry:evidence-detail", args=[entry.subject_id])


def _desk(_entry: Entry) -> str:
    return reverse("desk")
