"""Which kinds of entry are told to whom; each app registers its own in `apps.ready()`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Channel, Entry

Recipients = Callable[[Entry], Iterable[User]]
Addresses = Callable[[Entry], Iterable[str]]
Address = Callable[[Entry], str]
PrivateAddress = Callable[[Entry, User | None], str]
PrivateFacts = Callable[[Entry, User | None], Mapping[str, str]]


@dataclass(frozen=True)
class Notice:
    """Who is told of a kind of entry and where it leads.

    The text stands in `templates/emails/<kind>/`: subject.txt, body.txt, body.html, with `entry`,
    `facts`, `recipient`, `url`, `title`. The doer is not told of his own deed. An essential
    notice (a password link) also goes out to a person who wants no mail. `private_url` makes an
    address that is a secret: it is made when the mail is written and never stored; so are the
    `private_facts` (a code), which the body may show beside the facts. `addresses`
    names mail addresses whose owners have no account: they get the mail alone, with no
    `recipient`, in the language of the doer.
    """

    kind: str
    recipients: Recipients
    url: Address
    channels: tuple[Channel, ...] = (Channel.PORTAL, Channel.MAIL)
    essential: bool = False
    private_url: PrivateAddress | None = None
    private_facts: PrivateFacts | None = None
    addresses: Addresses | None = None


_notices: dict[str, Notice] = {}


def register(notice: Notice) -> Notice:
    """Adds a notice; a kind has one."""
    if _notices.setdefault(notice.kind, notice) is not notice:
        raise ValueError(f"{notice.kind}: two notices")
    return notice


def notice_of(kind: str) -> Notice | None:
    """The notice of a kind, or None where nobody is told."""
    return _notices.get(kind)


def registered() -> list[Notice]:
    """Every notice, by kind."""
    return sorted(_notices.values(), key=lambda notice: notice.kind)
