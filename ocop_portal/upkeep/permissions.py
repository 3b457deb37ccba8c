"""Who may read what the checks found; upper apps, which know the postings, name them."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import gettext_noop as _

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import ALLOWED, Verdict, refused

Predicate = Callable[[User, date], bool]
People = Callable[[date], Iterable[User]]
_readers: list[Predicate] = []
_keepers: list[People] = []


def register_reader(predicate: Predicate) -> None:
    """Adds people who may read the runs."""
    if predicate not in _readers:
        _readers.append(predicate)


def register_keepers(people: People) -> None:
    """Adds people who are told when something is found."""
    if people not in _keepers:
        _keepers.append(people)


def may_read_checks(user: User, *, on: date) -> Verdict:
    """Staff, and whom an upper app names."""
    if user.is_staff or any(is_reader(user, on) for is_reader in _readers):
        return ALLOWED
    return refused(_("Chỉ người quản trị và người giám sát đọc được kết quả tự kiểm tra."))


def keepers(on: date) -> list[User]:
    """Who is told, each once."""
    found = {person.pk: person for people in _keepers for person in people(on)}
    return list(found.values())
