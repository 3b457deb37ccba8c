"""How programs come in: tokens and what they were made for."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from ocop_portal.accounts.models import User
from ocop_portal.clients import tokens
from ocop_portal.clients.models import ApiToken
from ocop_portal.clients.scopes import Scope

KEYWORD = b"bearer"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer ocop_…`; what is sent with a bad token is refused, not anonymous."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != KEYWORD:
            return None
        token = _token_of(words)
        if token is None:
            raise AuthenticationFailed(
                _("Mã truy cập không đúng, đã hết hạn hoặc đã bị thu hồi."), code="bad_token"
            )
        return token.user, token

    def authenticate_header(self, request: Request) -> str:  # noqa: ARG002 - the framework's signature
        return 'Bearer realm="api"'


def _token_of(words: list[bytes]) -> ApiToken | None:
    if len(words) != len(("Bearer", "secret")):
        return None
    try:
        return tokens.of_secret(words[1].decode("ascii"), at=timezone.now())
    except UnicodeDecodeError:
        return None


class HasScope(BasePermission):
    """A token opens what it was made for; a browser's session is bound by its person alone.

    A view names `write_scope`, and `read_scope` where reading needs more than `read`.
    """

    def has_permission(self, request: Request, view: object) -> bool:
        if not isinstance(request.auth, ApiToken):
            return True
        scope = _scope_of(request, view)
        if scope is not None and request.auth.allows(scope):
            return True
        named = scope.value if scope else "-"
        raise PermissionDenied(_("Mã truy cập này không có quyền “%(scope)s”.") % {"scope": named})


def _scope_of(request: Request, view: object) -> Scope | None:
    if request.method in SAFE_METHODS:
        return getattr(view, "read_scope", Scope.READ)
    return getattr(view, "write_scope", None)
