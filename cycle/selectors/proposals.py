"""Texts that are proposed for a dossier: of a sibling product, or by a signed link of an office.

Nothing is taken over unseen: a person reads each proposed text beside the present one and takes it
or leaves it. A link is signed by the portal's key, names one dossier, ends on a day, and carries
only texts that this dossier is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.db.models import Q, QuerySet

from cycle.models import Dossier
from cycle.selectors.dossiers import texts_of, visible_dossiers
from ocop_portal.accounts.models import User
from registry.domain.errors import RuleBroken
from registry.domain.merging import mark_of
from registry.domain.text import nfc, term

SALT = "cycle.proposal"
MOST_LETTERS = 4_000  # what an address can carry through every mail program


@dataclass(frozen=True)
class Proposal:
    """Texts by their names, and who proposes them."""

    source: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class ProposedText:
    """One text that differs from what stands in the dossier."""

    name: str
    title: str
    now: str
    proposed: str

    @property
    def mark(self) -> str:
        """Says which text was read when it is taken."""
        return mark_of(self.proposed)


def siblings_of(dossier: Dossier, user: User, on: date) -> QuerySet[Dossier]:
    """The subject's dossiers of other products that hold a text, the newest first."""
    subject = dossier.enrolment.product.subject_id
    written = Q(introduction="", plan_results="", changes="", outlook="")
    rows = visible_dossiers(user, on).filter(enrolment__product__subject=subject)
    return rows.exclude(enrolment__product=dossier.enrolment.product_id).exclude(written)


def of_sibling(sibling: Dossier) -> Proposal:
    return Proposal(source=sibling.enrolment.product.name, values=sibling.texts)


def sign_proposal(dossier: Dossier, values: Mapping[str, str], *, source: str, until: date) -> str:
    """The word for a link; refused: a text that this dossier is not asked for, too long a one."""
    known = {text.name for text in texts_of(dossier)}
    if strange := sorted(set(values) - known):
        raise RuleBroken("proposal.unknown", UNKNOWN, names=", ".join(strange))
    composed = {name: nfc(text) for name, text in values.items()}
    if sum(map(len, composed.values())) > MOST_LETTERS:
        raise RuleBroken("proposal.too_long", TOO_LONG, limit=MOST_LETTERS)
    body = {"dossier": dossier.pk, "from": nfc(source), "until": until.isoformat(), "v": composed}
    return signing.dumps(body, salt=SALT, compress=True)


def read_proposal(dossier: Dossier, word: str, *, on: date) -> Proposal:
    """What a link proposes; refused: a changed word, another dossier's, an ended one."""
    try:
        body = signing.loads(word, salt=SALT)
    except signing.BadSignature:
        raise RuleBroken("proposal.forged", FORGED) from None
    if body["dossier"] != dossier.pk:
        raise RuleBroken("proposal.other_dossier", OTHER)
    if on > date.fromisoformat(body["until"]):
        raise RuleBroken("proposal.ended", ENDED)
    known = {text.name for text in texts_of(dossier)}
    values = {name: text for name, text in body["v"].items() if name in known}
    return Proposal(source=body["from"], values=values)


def proposed_texts(dossier: Dossier, proposal: Proposal) -> list[ProposedText]:
    """What of a proposal is new to the dossier, in the order of the form."""
    found = [
        ProposedText(text.name, text.title, dossier.texts[text.name], proposal.values[text.name])
        for text in texts_of(dossier)
        if proposal.values.get(text.name)
    ]
    return [each for each in found if each.now != each.proposed]


UNKNOWN = term("Hồ sơ này không có mục: %(names)s.")
TOO_LONG = term("Chữ điền sẵn quá dài cho một liên kết: nhiều nhất %(limit)s chữ cái.")
FORGED = term("Liên kết này không phải do cổng cấp, hoặc đã bị cắt bớt khi sao chép.")
OTHER = term("Liên kết này dành cho một hồ sơ khác.")
ENDED = term("Liên kết này đã hết hạn. Hãy xin cơ quan đã gửi một liên kết mới.")
