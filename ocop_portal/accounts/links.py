"""Addresses that are secrets: each opens one door once, for a limited time."""

from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
from django.core import signing
from django.db.models import F
from django.urls import reverse
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from ocop_portal.accounts.models import AddressChange, User

ADDRESS_SALT = "ocop_portal.accounts.links.address"


class ConfirmTokens(PasswordResetTokenGenerator):
    """Tokens that confirm a mail address; worthless once it is confirmed."""

    key_salt = "ocop_portal.accounts.links.ConfirmTokens"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        return f"{super()._make_hash_value(user, timestamp)}{user.confirmed_at}"


confirm_tokens = ConfirmTokens()


def confirm_url(user: User) -> str:
    """Where a new account is confirmed."""
    return reverse("accounts:confirm", args=[_who(user), confirm_tokens.make_token(user)])


def may_be_confirmed(user: User, token: str) -> bool:
    """Whether the link still opens the account: once, and never one that was closed."""
    is_new = user.confirmed_at is None and user.closed_at is None
    return is_new and confirm_tokens.check_token(user, token)


def reset_url(user: User) -> str:
    """Where a new password is set."""
    return reverse(
        "accounts:password-set", args=[_who(user), default_token_generator.make_token(user)]
    )


def address_url(change: AddressChange) -> str:
    """Where the person confirms a new log-in address."""
    token = signing.dumps([change.pk, change.email], salt=ADDRESS_SALT)
    return reverse("accounts:address-confirm", args=[token])


def address_change_of(token: str) -> AddressChange | None:
    """The change that a link still opens: in time, once, and while the old address holds."""
    try:
        pk, email = signing.loads(token, salt=ADDRESS_SALT, max_age=settings.PASSWORD_RESET_TIMEOUT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = AddressChange.objects.filter(
        pk=pk, email=email, done_at=None, person__is_active=True, before=F("person__email")
    )
    return found.select_related("person").first()


def user_of(who: str) -> User | None:
    """The person whom the first part of a link names, or None for nonsense."""
    try:
        return User.objects.get(pk=int(force_str(urlsafe_base64_decode(who))))
    except (ValueError, OverflowError, User.DoesNotExist):
        return None


def _who(user: User) -> str:
    return urlsafe_base64_encode(force_bytes(user.pk))
