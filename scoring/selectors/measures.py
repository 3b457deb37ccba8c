"""Measures of a decision, and what was decided about a certificate."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from registry.selectors import regime
from scoring.domain.certificate_states import CERTIFICATE, CertificateState
from scoring.domain.decision_states import DecisionState
from scoring.domain.measures import MOVES, last_day
from scoring.models import Certificate, Decision, Measure


@dataclass(frozen=True)
class MeasureEffect:
    """A measure, whether the certificate still allows it, and until when it is due."""

    measure: Measure
    is_possible: bool
    due_on: date | None

    def is_late(self, on: date) -> bool:
        return self.due_on is not None and on > self.due_on


def measures_of(decision: Decision) -> QuerySet[Measure]:
    """What a decision does about certificates, with what its page prints."""
    return (
        Measure.objects.filter(decision=decision)
        .select_related("certificate__product__subject", "certificate__decision")
        .order_by("id")
    )


def measure_effects(decision: Decision) -> list[MeasureEffect]:
    """What signing would do to certificates; nothing for a decision that recognises."""
    move = MOVES.get(decision.does)
    if move is None:
        return []
    return [_effect(measure, decision) for measure in measures_of(decision)]


def trace_of(certificate: Certificate) -> QuerySet[Measure]:
    """The signed measures about a certificate, the oldest first."""
    return (
        Measure.objects.filter(certificate=certificate, decision__state=DecisionState.SIGNED)
        .select_related("decision__unit")
        .order_by("decision__signed_at", "id")
    )


def open_measures(certificate: Certificate) -> QuerySet[Measure]:
    """Drafts that name a certificate and are not signed yet."""
    return (
        Measure.objects.filter(certificate=certificate)
        .exclude(decision__state=DecisionState.SIGNED)
        .select_related("decision")
        .order_by("id")
    )


def _effect(measure: Measure, decision: Decision) -> MeasureEffect:
    held = measure.certificate
    offers = CERTIFICATE.moves_from(CertificateState(held.state))
    possible = {offer.move for offer in offers if offer.is_possible}
    is_open = decision.status is not DecisionState.SIGNED
    return MeasureEffect(
        measure,
        MOVES[decision.does] in possible or not is_open,
        last_day(measure.concluded_on, regime(held.regime).revocation_days),
    )
