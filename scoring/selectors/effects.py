"""What signing a decision will do, product by product, and a fingerprint of all of it.

The authority looks at the effects and signs what it has seen: the fingerprint changes with the
draft, with a result, with a name that would be printed and with a certificate that would end.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from registry.domain.regime import Level
from registry.selectors import regime
from scoring.domain.certificate_states import CertificateState
from scoring.domain.chain import OutcomeKind
from scoring.domain.complaint_states import ComplaintEffect
from scoring.domain.validity import valid_until
from scoring.models import Certificate, Decision, DecisionItem, Measure, Rating
from scoring.selectors.decisions import items_of, listed
from scoring.selectors.measures import measures_of
from scoring.selectors.ratings import deciding_level, recognised_stars

IN_FORCE = {CertificateState.VALID, CertificateState.SUSPENDED}


@dataclass(frozen=True)
class Effect:
    """One product: the certificate that it gets, those that end, and where its file goes.

    `replaced` is the certificate of the item that a correction replaces; `changed` says that the
    result no longer gives what the draft says.
    """

    item: DecisionItem
    valid_until: date | None
    replaced: Certificate | None
    ends: tuple[Certificate, ...]
    forwards_to: Level | None
    changed: bool

    @property
    def issues(self) -> bool:
        return self.item.stars is not None


def effects_of(decision: Decision) -> list[Effect]:
    """The effects of signing now, in the order of the printed list."""
    items = listed(items_of(decision))
    known = _certificates(items)
    again = _scored_again(items)
    return [
        _effect(decision, item, known[_product(item)], is_overtaken=item.rating_id in again)
        for item in items
    ]


def fingerprint(decision: Decision, effects: Sequence[Effect]) -> str:
    """A hash of everything that the effects say; equal only while nothing has changed."""
    seen = [
        [decision.pk, decision.version, decision.number, f"{decision.decided_on}", decision.title],
        *(_seen(effect) for effect in effects),
        *(_measure_seen(measure) for measure in measures_of(decision)),
    ]
    return hashlib.sha256(json.dumps(seen, ensure_ascii=False).encode()).hexdigest()


def _scored_again(items: Sequence[DecisionItem]) -> set[int | None]:
    """Ratings that were scored once more, or that a complaint sends back to a council."""
    named = Rating.objects.filter(pk__in=[item.rating_id for item in items])
    granted = Q(reviewed_by__isnull=False) | Q(complaints__effect=ComplaintEffect.RESCORE)
    return set(named.filter(granted).values_list("pk", flat=True))


def _product(item: DecisionItem) -> int:
    return item.rating.dossier.enrolment.product_id


def _certificates(items: Sequence[DecisionItem]) -> dict[int, list[Certificate]]:
    found: dict[int, list[Certificate]] = defaultdict(list)
    products = {_product(item) for item in items}
    for certificate in Certificate.objects.filter(product__in=products).order_by("pk"):
        found[certificate.product_id].append(certificate)
    return found


def _effect(
    decision: Decision, item: DecisionItem, known: Sequence[Certificate], *, is_overtaken: bool
) -> Effect:
    item.decision = decision
    replaces = item.replaces
    of_replaced = [each for each in known if replaces and each.decision_id == replaces.decision_id]
    replaced = of_replaced[0] if of_replaced else None
    level = deciding_level(item.rating) or item.rating.level
    same = level == decision.level and recognised_stars(item.rating) == item.stars
    return Effect(
        item=item,
        valid_until=_last_day(decision, item, replaced),
        replaced=replaced,
        ends=tuple(each for each in known if CertificateState(each.state) in IN_FORCE),
        forwards_to=_forwarded_to(decision, item),
        changed=is_overtaken or not same,
    )


def _last_day(decision: Decision, item: DecisionItem, replaced: Certificate | None) -> date | None:
    """A correction gives no further day: the certificate ends when the replaced one would."""
    if item.stars is None:
        return None
    if replaced is not None:
        return replaced.valid_until
    return valid_until(decision.decided_on, regime(item.rating.regime).certificate_months)


def _forwarded_to(decision: Decision, item: DecisionItem) -> Level | None:
    """Where the file goes after the signature; a corrected name leaves it where it is."""
    rating, replaces = item.rating, item.replaces
    is_known = replaces is not None and replaces.rating_id == rating.pk
    if is_known or rating.result is not OutcomeKind.FORWARDED:
        return None
    return Level(rating.next_level) if rating.level == decision.level else None


def _measure_seen(measure: Measure) -> list[object]:
    return [
        measure.certificate_id,
        measure.certificate.state,
        measure.ground,
        measure.note,
        f"{measure.concluded_on}",
        f"{measure.heard_on}",
        measure.hearing_note,
    ]


def _seen(effect: Effect) -> list[object]:
    product = effect.item.rating.dossier.enrolment.product
    return [
        effect.item.rating_id,
        effect.item.replaces_id,
        effect.item.stars,
        effect.changed,
        f"{effect.valid_until}",
        str(effect.forwards_to or ""),
        product.name,
        product.subject.name,
        [[each.pk, each.state] for each in effect.ends],
    ]
