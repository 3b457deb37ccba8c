"""The favourites of a visitor without account: a signed cookie that scripts cannot read.

After a login the list goes with its owner into the account, once.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ocop_portal.accounts.models import User
from promotion.domain.favourites import read, written
from promotion.services import favourites

COOKIE = "yeu-thich"
SALT = "promotion.favourites"
KEPT_SECONDS = 180 * 24 * 3600


def list_of(request: HttpRequest) -> tuple[int, ...]:
    """The products in the cookie; one that was tampered with is an empty list."""
    text = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=KEPT_SECONDS)
    return read(text or "")


def keep_list(response: HttpResponse, products: tuple[int, ...]) -> None:
    """Writes the list into the browser; an empty one leaves no cookie."""
    if not products:
        forget_list(response)
        return
    response.set_signed_cookie(
        COOKIE,
        written(products),
        salt=SALT,
        max_age=KEPT_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget_list(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


class FavouritesMiddleware:
    """After a login: what was put aside without an account is kept, the browser's copy ends.

    Only a request that carries the copy costs anything, and its answer takes the copy away, so
    that what is taken out of the account later does not come back from the browser.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if COOKIE not in request.COOKIES:
            return self.get_response(request)
        is_kept = _keep(request)
        response = self.get_response(request)
        # The login itself: who was nobody before the answer is somebody after it.
        if is_kept or _keep(request):
            forget_list(response)
        return response


def _keep(request: HttpRequest) -> bool:
    if not isinstance(request.user, User):
        return False
    favourites.take_over(list_of(request), by=request.user, at=timezone.now())
    return True
