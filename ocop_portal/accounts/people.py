"""The person of a request."""

from django.http import HttpRequest

from ocop_portal.accounts.models import User


def signed_in(request: HttpRequest) -> User:
    """The user of a view that `login_required` guards, with its type."""
    if not isinstance(request.user, User):
        raise TypeError("signed_in is for views that only a logged-in person reaches")
    return request.user
