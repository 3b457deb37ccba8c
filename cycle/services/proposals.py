"""An office, or the producer, makes a signed link that proposes texts for a dossier."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.http import urlencode

from cycle.domain.dossier import DossierState
from cycle.models import Dossier, Enrolment
from cycle.permissions import may_message
from cycle.selectors.proposals import sign_proposal
from cycle.services import messages
from cycle.services.history import about
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term

LONGEST_DAYS = 60


@dataclass(frozen=True)
class Offer:
    """The dossier, the word for its link, and the last day on which the link is read."""

    dossier: Dossier
    word: str
    until: date

    @property
    def url(self) -> str:
        return link_to(self.dossier.pk, self.word)


@transaction.atomic
def offer(
    enrolment: Enrolment, *, texts: Mapping[str, str], days: int, by: User, at: datetime
) -> Offer:
    """The word for a link; nothing is saved in the dossier: the producer takes or leaves a text.

    Refused: strangers, an enrolment without an open dossier, no text, a text that the dossier is
    not asked for, more than an address can carry.
    """
    on = legal_day(at)
    require(may_message(by, enrolment, on=on))
    dossier = enrolment.dossier
    if dossier is None or not DossierState(dossier.state).is_open or not enrolment.is_active:
        raise RuleBroken("proposal.no_dossier", NO_DOSSIER)
    values = {name: text for name, text in texts.items() if text.strip()}
    if not values:
        raise RuleBroken("proposal.empty", EMPTY)
    if not 1 <= days <= LONGEST_DAYS:
        raise RuleBroken("proposal.days", DAYS, field="days", most=LONGEST_DAYS)
    until = on + timedelta(days=days)
    word = sign_proposal(dossier, values, source=str(by), until=until)
    facts = {**about(enrolment), "dossier": dossier.pk, "fields": sorted(values)}
    journal.record("cycle.dossier.texts_proposed", subject=dossier, actor=by, at=at, facts=facts)
    return Offer(dossier, word, until)


def link_to(dossier_pk: int, word: str) -> str:
    """The address at which the producer reads what is proposed."""
    path = reverse("cycle:dossier-proposals", args=[dossier_pk])
    return f"{settings.SITE_URL}{path}?{urlencode({'nguon': word})}"


def tell(offered: Offer, *, by: User, at: datetime) -> None:
    """Puts the link into the conversation with the producer, who is told as of every message."""
    text = f"{term('Chữ điền sẵn cho hồ sơ, đọc rồi chọn ở đây:')} {offered.url}"
    messages.write(offered.dossier.enrolment, text=text, asks=False, by=by, at=at)


NO_DOSSIER = term("Lượt tham gia này không có hồ sơ nào đang mở để sửa.")
EMPTY = term("Hãy ghi ít nhất một mục.")
DAYS = term("Liên kết sống từ 1 đến %(most)s ngày.")
