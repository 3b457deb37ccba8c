"""A renewal or an upgrade begins with what the last recognised dossier said and proved."""

from datetime import date, datetime

from django.db.models import F

from cycle.domain.dossier import DossierState
from cycle.domain.journey import EnrolmentKind
from cycle.models import Dossier, DossierEvidence
from cycle.selectors import items_of, texts_of
from ocop_portal.accounts.models import User
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.models import Evidence

# What has changed since is told anew each time.
NEVER_CARRIED = frozenset({"changes"})


def carry_over(dossier: Dossier, *, by: User, at: datetime) -> bool:
    """Fills a new draft from the product's last recognised dossier; whether there was one.

    Not carried: what changed since, papers that were withdrawn or have run out, and papers of
    items that the regime wants to be new for this kind. A renewed paper is carried in its place.
    """
    source = _source(dossier)
    if source is None:
        return False
    asked = {text.name for text in texts_of(dossier)} - NEVER_CARRIED
    texts = {name: text for name, text in source.texts.items() if name in asked and text}
    for name, text in texts.items():
        setattr(dossier, name, text)
    dossier.prefilled_from = source
    dossier.save(update_fields=[*texts, "prefilled_from"])
    papers = _papers(dossier, source, on=legal_day(at))
    DossierEvidence.objects.bulk_create(papers)
    facts = {
        "enrolment": dossier.enrolment_id,
        "from": source.pk,
        "texts": sorted(texts),
        "papers": len(papers),
    }
    journal.record("cycle.dossier.prefilled", subject=dossier, actor=by, at=at, facts=facts)
    return True


def _source(dossier: Dossier) -> Dossier | None:
    rows = Dossier.objects.filter(
        enrolment__product=dossier.enrolment.product_id, state=DossierState.RECOGNISED
    ).exclude(pk=dossier.pk)
    return rows.order_by(F("lodged_at").desc(nulls_last=True), "-id").first()


def _papers(dossier: Dossier, source: Dossier, *, on: date) -> list[DossierEvidence]:
    kind = EnrolmentKind(dossier.kind)
    wanted = {item.code for item in items_of(dossier) if kind not in item.renewed_for}
    keeps_criteria = (dossier.regime, dossier.product_set_id) == (
        source.regime,
        source.product_set_id,
    )
    carried = {}
    for link in source.evidence.select_related("evidence").order_by("id"):
        paper = _newest(link.evidence)
        if link.item in wanted and not paper.is_withdrawn and not paper.has_expired(on):
            carried[link.item, paper.pk] = DossierEvidence(
                dossier=dossier,
                evidence=paper,
                item=link.item,
                criteria=link.criteria if keeps_criteria else [],
            )
    return list(carried.values())


def _newest(paper: Evidence) -> Evidence:
    while (successor := paper.successor) is not None:
        paper = successor
    return paper
