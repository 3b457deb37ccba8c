"""The person of a request."""

from django.http import HttpRequest

from ocop_portal.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """The user of a view that `login_required` guards, with its type."""
    if not isinstance(request.user, User):
        raise TypeError("signed_in is for views that only a logged-in person reaches")
    return request.user


EXPECTED = "expected_address"  # in the session of who was mailed a link and has not come in yet


def expect_address(request: HttpRequest, email: str) -> None:
    """Log-in and sign-up begin with this address: the person came by a link mailed to it."""
    request.session[EXPECTED] = email


def expected_address(request: HttpRequest) -> str:
    """The address to begin with; empty where nothing is known."""
    return str(request.session.get(EXPECTED, ""))
