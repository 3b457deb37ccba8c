"""Dossiers that a person may see, what they hold, and what may be done with them."""

from datetime import date

from django.db.models import Case, F, Prefetch, Q, QuerySet, When

from cycle.domain import dossier as dossier_rules
from cycle.domain.calendar import FilingWindow, filing_window
from cycle.domain.checklist import Checklist, EvidenceItem, Proof, TextItem
from cycle.domain.checklist import missing_items as missing_items_of
from cycle.domain.checklist import missing_texts as missing_texts_of
from cycle.domain.dossier import DossierState
from cycle.domain.journey import EnrolmentKind
from cycle.models import Dossier, DossierEvidence
from cycle.selectors.enrolments import in_reach
from cycle.selectors.law import checklist, working_calendar
from ocop_portal.accounts.models import User
from registry import shields
from registry.domain.machine import MoveOffer
from registry.selectors import regime, standing_of

WAITED_FOR = (DossierState.AT_COMMUNE, DossierState.LODGED, DossierState.FORWARDED)


def dossiers() -> QuerySet[Dossier]:
    """Every dossier with what a row of a list shows."""
    return Dossier.objects.select_related(
        "enrolment__product__subject",
        "enrolment__round__unit",
        "enrolment__commune__parent__parent",
        "product_set",
    ).order_by("-created_at", "-id")


def visible_dossiers(user: User, on: date) -> QuerySet[Dossier]:
    """The person's own dossiers, and those lodged from the places of the person's postings.

    A draft belongs to its subject alone; a shield hides a dossier from whoever is in conflict.
    """
    standing = standing_of(user, on)
    own = Q(enrolment__product__subject_id__in=standing.subject_ids)
    posted = in_reach(
        standing, place="enrolment__commune", subject="enrolment__product__subject_id"
    ) & ~Q(state=DossierState.DRAFT)
    seen = own | posted | shields.opened(Dossier, user, on)
    return shields.shielded(dossiers().filter(seen), user, on)


def by_day(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """The dossiers whose day is nearest first, so the overdue ones lead; those without a day last.

    A draft has until its round closes; what is over waits for nobody.
    """
    day = Case(
        When(enrolment__ended_at__isnull=False, then=None),
        When(state=DossierState.DRAFT, then=F("enrolment__round__closes_on")),
        default=F("due_on"),
    )
    return rows.order_by(day.asc(nulls_last=True), "-created_at", "-id")


def with_contents(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """The dossiers with their evidence and lodgings at hand."""
    links = DossierEvidence.objects.select_related("evidence").order_by("item", "id")
    return rows.prefetch_related(Prefetch("evidence", queryset=links), "lodgings")


def checklist_of(dossier: Dossier) -> Checklist:
    return checklist(dossier.regime)


def items_of(dossier: Dossier) -> tuple[EvidenceItem, ...]:
    """The items that this dossier is asked for, mandatory ones first."""
    return checklist_of(dossier).items_for(
        EnrolmentKind(dossier.kind),
        is_tourism=dossier.product_set.is_tourism,
        subject_kind=dossier.enrolment.product.subject.kind,
    )


def texts_of(dossier: Dossier) -> tuple[TextItem, ...]:
    """The texts that this dossier is asked for."""
    return checklist_of(dossier).texts_for(EnrolmentKind(dossier.kind))


def missing_texts(dossier: Dossier) -> tuple[TextItem, ...]:
    return missing_texts_of(
        checklist_of(dossier), kind=EnrolmentKind(dossier.kind), texts=dossier.texts
    )


def missing_items(dossier: Dossier, on: date) -> tuple[EvidenceItem, ...]:
    """The mandatory items without a file that is good on a day."""
    return missing_items_of(
        checklist_of(dossier),
        kind=EnrolmentKind(dossier.kind),
        is_tourism=dossier.product_set.is_tourism,
        subject_kind=dossier.enrolment.product.subject.kind,
        proofs=[Proof(link.item, link.evidence.valid_until) for link in links_of(dossier)],
        on=on,
    )


def links_of(dossier: Dossier) -> list[DossierEvidence]:
    """The papers of a dossier; free of queries after `with_contents`."""
    if "evidence" in getattr(dossier, "_prefetched_objects_cache", {}):
        return list(dossier.evidence.all())
    return list(dossier.evidence.select_related("evidence").order_by("item", "id"))


def facts_of(dossier: Dossier, on: date) -> frozenset[str]:
    """The facts that the cycle knows by itself: texts, evidence, time."""
    is_again = dossier.lodged_at is not None
    known = {
        dossier_rules.WRITTEN: not missing_texts(dossier),
        dossier_rules.EVIDENCE: not missing_items(dossier, on),
        # What an officer sent back may be lodged again after the round has closed.
        dossier_rules.IN_TIME: is_again or dossier.enrolment.round.is_open(on),
    }
    return frozenset(name for name, is_so in known.items() if is_so)


def available_moves(
    dossier: Dossier, on: date, facts: frozenset[str] = frozenset()
) -> list[MoveOffer]:
    """Every move of the dossier's table, possible or with its refusal: what the service asks."""
    known = facts_of(dossier, on) | facts
    return dossier_rules.table(dossier.level).moves_from(DossierState(dossier.state), known)


def overdue(on: date, *, states: tuple[DossierState, ...] = WAITED_FOR) -> QuerySet[Dossier]:
    """Dossiers whose day has passed, by default while an office has them, the oldest first."""
    waiting = [state.value for state in states]
    return dossiers().filter(state__in=waiting, due_on__lt=on).order_by("due_on", "id")


def due_soon(
    on: date, *, working_days: int, states: tuple[DossierState, ...] = WAITED_FOR
) -> QuerySet[Dossier]:
    """Dossiers whose day comes within so many working days, today included."""
    until = working_calendar().add_working_days(on, working_days)
    waiting = [state.value for state in states]
    return (
        dossiers()
        .filter(state__in=waiting, due_on__gte=on, due_on__lte=until)
        .order_by("due_on", "id")
    )


def window_of(dossier: Dossier, valid_until: date | None) -> FilingWindow | None:
    """When a re-evaluation may be filed; None where no rule, or no certificate, sets days."""
    renewal = regime(dossier.regime).renewal
    if dossier.kind != EnrolmentKind.RE_EVALUATION or renewal is None or valid_until is None:
        return None
    return filing_window(renewal, valid_until)


def to_renew(dossier: Dossier, on: date) -> list[EvidenceItem]:
    """Items of a dossier that was filled in beforehand whose paper still has to be new."""
    if dossier.prefilled_from_id is None:
        return []
    proved = {link.item for link in links_of(dossier) if not link.evidence.has_expired(on)}
    kind = EnrolmentKind(dossier.kind)
    return [
        item
        for item in items_of(dossier)
        if item.code not in proved and (kind in item.renewed_for or item.is_required(kind))
    ]
