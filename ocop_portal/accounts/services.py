"""Changes to accounts: the only door."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ocop_portal.accounts import signals
from ocop_portal.accounts.models import AddressChange, BrowserSession, User

# Stands in the database in the portal's own language, wherever the name stood.
FORGOTTEN = "Người dùng đã ẩn danh"


@transaction.atomic
def sign_up(email: str, *, full_name: str, password: str, language: str, at: datetime) -> None:
    """Makes an account, or tells the owner of the address that somebody tried to.

    Returns nothing and takes the same time either way: the caller must not learn, and so cannot
    say, whether an address has an account.
    """
    secret = make_password(password)
    known = User.objects.filter(email=email.strip().lower()).first()
    if known is not None:
        _answer_known_address(known, at)
        return
    user = User.objects.create(
        email=email.strip().lower(),
        full_name=full_name,
        password=secret,
        language=language,
        is_active=not settings.CONFIRM_MAIL,
    )
    signals.account_made.send(User, user=user, at=at)


def _answer_known_address(user: User, at: datetime) -> None:
    """An account that was never confirmed gets its link again; others get a warning.

    To one that was closed nothing is sent: no link may open it.
    """
    if user.closed_at is not None:
        return
    signal = signals.sign_up_repeated if user.is_active else signals.account_made
    if user.is_active or user.confirmed_at is None:
        signal.send(User, user=user, at=at)


@transaction.atomic
def confirm(user: User, *, at: datetime) -> User:
    """The address is the person's own; the account can be used. Only once."""
    changed = User.objects.filter(pk=user.pk, confirmed_at=None, closed_at=None).update(
        is_active=True, confirmed_at=at
    )
    if not changed:
        raise PermissionDenied(_("Địa chỉ này đã được xác nhận từ trước."))
    user.refresh_from_db()
    return user


@transaction.atomic
def ask_for_password_link(email: str, *, at: datetime) -> None:
    """Sends a link to the address if it has an account; the caller does not learn which."""
    user = User.objects.filter(email=email.strip().lower()).first()
    if user is None:
        return
    if user.is_active:
        signals.password_reset_requested.send(User, user=user, at=at)
    elif user.confirmed_at is None and user.closed_at is None:
        signals.account_made.send(User, user=user, at=at)


@transaction.atomic
def set_password(user: User, *, password: str, at: datetime) -> User:
    """A new password; every session with the old one ends."""
    user.set_password(password)
    user.save(update_fields=["password"])
    signals.password_changed.send(User, user=user, at=at)
    return user


@transaction.atomic
def save_profile(
    user: User, *, full_name: str, phone: str, language: str, wants_mail: bool, digest: str
) -> User:
    """What a person says about himself or herself."""
    user.full_name = full_name
    user.phone = phone
    user.language = language
    user.wants_mail = wants_mail
    user.digest = digest
    said = ("full_name", "phone", "language", "wants_mail", "digest")
    user.save(update_fields=[*said, "search_text"])
    return user


@transaction.atomic
def ask_for_address(user: User, *, email: str, by: User, at: datetime, reason: str = "") -> None:
    """Sends a link to the new address; with it and the password the address changes.

    An earlier link works no more. Whether the address has an account is not looked up here: rows,
    letters and history are the same, so that the asker learns nothing about people elsewhere.
    """
    AddressChange.objects.filter(person=user, done_at=None).delete()
    change = AddressChange.objects.create(
        person=user,
        before=user.email,
        email=email.strip().lower(),
        asked_by=by,
        asked_at=at,
    )
    signals.address_change_asked.send(User, change=change, reason=reason, at=at)


@transaction.atomic
def change_address(change: AddressChange, *, at: datetime) -> User:
    """The person logs in with the new address from now on; every session ends.

    Refused where the link was used, or the address has an account: told to who has its mailbox.
    """
    user = User.objects.select_for_update().get(pk=change.person_id)
    done = AddressChange.objects.filter(pk=change.pk, done_at=None, before=user.email)
    if not user.is_active or not done.update(done_at=at):
        raise PermissionDenied(_("Liên kết này không dùng được nữa."))
    user.email, user.confirmed_at = change.email, at
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "confirmed_at", "search_text"])
    except IntegrityError as taken:
        raise PermissionDenied(_("Địa chỉ này đã có tài khoản; hãy đăng nhập.")) from taken
    BrowserSession.objects.filter(user=user).delete()
    signals.address_changed.send(User, user=user, change=change, at=at)
    return user


@transaction.atomic
def choose_language(user: User, *, language: str) -> User:
    """The language of pages and mails from now on."""
    user.language = language
    user.save(update_fields=["language"])
    return user


@transaction.atomic
def open_invited(email: str, *, full_name: str, password: str, language: str, at: datetime) -> User:
    """The account of somebody who holds a link that was mailed to the address.

    The link proves the address, so the account is confirmed; one that somebody made with this
    address and never confirmed gets the new name and password. Refused where the address has an
    account that works or was closed.
    """
    user = User.objects.select_for_update().filter(email=email.strip().lower()).first()
    if user is None:
        user = User(email=email.strip().lower())
    elif user.is_active or user.closed_at is not None:
        raise PermissionDenied(_("Địa chỉ này đã có tài khoản; hãy đăng nhập."))
    user.full_name, user.language = full_name, language
    user.is_active, user.confirmed_at = True, at
    user.set_password(password)
    user.save()
    signals.account_opened.send(User, user=user, at=at)
    return user


@transaction.atomic
def close(user: User, *, at: datetime) -> bool:
    """Nobody comes in with this account: every session ends, every program is shut out.

    False where it was closed already.
    """
    changed = User.objects.filter(pk=user.pk, closed_at=None).update(is_active=False, closed_at=at)
    user.refresh_from_db()
    if changed:
        BrowserSession.objects.filter(user=user).delete()
        signals.account_closed.send(User, user=user, at=at)
    return bool(changed)


@transaction.atomic
def reopen(user: User) -> bool:
    """The person comes in again with the password of before; False where it was not closed."""
    changed = User.objects.filter(pk=user.pk, anonymised_at=None).exclude(closed_at=None)
    done = changed.update(is_active=True, closed_at=None)
    user.refresh_from_db()
    return bool(done)


@transaction.atomic
def anonymise(user: User, *, at: datetime) -> User:
    """The account says no longer whose it was and opens to nobody; its number stays with acts."""
    close(user, at=at)
    user.email = f"an-danh-{user.pk}@an-danh.invalid"
    user.full_name, user.phone = FORGOTTEN, ""
    user.is_staff = user.is_superuser = user.wants_mail = False
    user.last_login, user.anonymised_at = None, at
    user.set_unusable_password()
    user.save()
    user.groups.clear()
    user.user_permissions.clear()
    return user
