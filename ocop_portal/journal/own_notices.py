"""The notices about a person's own account: each goes to that person by mail."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_noop as term

from ocop_portal.accounts import links
from ocop_portal.accounts.models import AddressChange, User
from ocop_portal.journal import kinds, notices
from ocop_portal.journal.models import Channel, Entry
from ocop_portal.journal.notices import Notice, PrivateAddress

TITLES = {
    "accounts.user.signed_up": term("Tài khoản được lập"),
    "accounts.user.invited_in": term("Tài khoản được mở theo lời mời"),
    "accounts.user.anonymised": term("Tài khoản được ẩn danh"),
    "accounts.sign_up.repeated": term("Có người dùng lại địa chỉ này để đăng ký"),
    "accounts.password.reset_requested": term("Có yêu cầu đặt lại mật khẩu"),
    "accounts.password.changed": term("Mật khẩu đã đổi"),
    "accounts.address.asked": term("Địa chỉ đăng nhập mới được đề nghị"),
    "accounts.address.warned": term("Địa chỉ đang dùng được báo về việc đổi"),
    "accounts.address.changed": term("Địa chỉ đăng nhập đã đổi"),
    "journal.digest.made": term("Tóm tắt việc đang chờ bạn"),
}


def register() -> None:
    """Called once, when the portal starts."""
    kinds.register_all(TITLES)
    _tell("accounts.user.signed_up", "accounts:login", links.confirm_url)
    _tell("accounts.sign_up.repeated", "accounts:password-reset", None)
    _tell("accounts.password.reset_requested", "accounts:password-reset", links.reset_url)
    _tell("accounts.password.changed", "accounts:password-reset", None)
    _tell("accounts.address.warned", "accounts:profile", None)
    notices.register(
        Notice(
            kind="accounts.address.asked",
            recipients=lambda _entry: (),
            addresses=lambda entry: [each.email for each in _changes(entry)],
            url=lambda _entry: reverse("accounts:login"),
            channels=(Channel.MAIL,),
            essential=True,
            private_url=_address_link,
        )
    )
    notices.register(
        Notice(
            kind="accounts.address.changed",
            recipients=_the_person,
            addresses=lambda entry: [each.before for each in _changes(entry)],
            url=lambda _entry: reverse("accounts:login"),
            channels=(Channel.MAIL,),
            essential=True,
        )
    )
    notices.register(
        Notice(
            kind="journal.digest.made",
            recipients=_the_person,
            url=lambda _entry: reverse("desk"),
            channels=(Channel.MAIL,),
        )
    )


def _tell(kind: str, url_name: str, secret: Callable[[User], str] | None) -> None:
    notices.register(
        Notice(
            kind=kind,
            recipients=_the_person,
            url=lambda _entry: reverse(url_name),
            channels=(Channel.MAIL,),
            essential=True,
            private_url=_own_link(secret) if secret else None,
        )
    )


def _own_link(secret: Callable[[User], str]) -> PrivateAddress:
    def link(_entry: Entry, person: User | None) -> str:
        if person is None:
            raise ValueError("a link of one's own account needs its person")
        return secret(person)

    return link


def _address_link(entry: Entry, _person: User | None) -> str:
    """Of a request that was replaced meanwhile there is no link; its letter leads to the log-in."""
    found = _changes(entry)
    return links.address_url(found[0]) if found else reverse("accounts:login")


def _changes(entry: Entry) -> list[AddressChange]:
    return list(AddressChange.objects.filter(pk=entry.facts["change"]))


def _the_person(entry: Entry) -> list[User]:
    return list(User.objects.filter(pk=entry.subject_id))
