"""Recognitions that were recorded from a register by mistake, taken back."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError

from ocop_portal import many_rows
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from registry.permissions import may_enter_register_of
from scoring import signals
from scoring.domain.certificate_states import CertificateState
from scoring.models import Certificate, Decision, Measure
from scoring.services import certificates, past_recognitions

FREE = frozenset({CertificateState.VALID, CertificateState.SUPERSEDED})


def take_back(certificate: Certificate, *, by: User, at: datetime) -> None:
    """Unmakes what `past_recognitions.record` made, as if it had not stood in the register.

    What had given way to it stands again. Refused: a certificate of the portal, one about which
    something was decided, inspected or reported since, one that took another's place here.
    """
    take_back_many([certificate.pk], by=by, at=at)


@transaction.atomic
def take_back_many(keys: Sequence[int], *, by: User, at: datetime) -> None:
    """Many, one after the other in this order: what is refused of one keeps all of them.

    A key without a certificate, because somebody took it back before, is passed over.
    """
    rows = Certificate.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    found = {
        each.pk: each
        for each in rows.select_related("decision").prefetch_related("product__commune")
    }
    gone = [found[key] for key in keys if key in found]
    if not gone:
        return
    communes = [each.product.commune for each in gone]
    require(may_enter_register_of(by, communes, on=legal_day(at)))
    certificates.reinstate_many(_standing_again(gone, found), by=by, at=at)
    past_recognitions.tell("taken_back", gone, by, at)
    signals.certificates_taken_back.send(
        sender=Certificate,
        certificate_ids=[each.pk for each in gone],
        product_ids=sorted({each.product_id for each in gone}),
    )
    _delete(gone)


def _standing_again(
    gone: Sequence[Certificate], found: dict[int, Certificate]
) -> list[Certificate]:
    """Those that stand again in turn; what only follows another one now is written already."""
    rows = Certificate.objects.select_for_update(of=("self",)).filter(superseded_by__in=found)
    older = [found.get(each.pk, each) for each in rows.select_related("decision").order_by("pk")]
    decided = set(
        Measure.objects.filter(certificate__in=older).values_list("certificate", flat=True)
    )
    following: dict[int | None, list[Certificate]] = defaultdict(list)
    for each in older:
        following[each.superseded_by_id].append(each)
    again: list[Certificate] = []
    for each in gone:
        given_way = sorted(following.pop(each.pk, ()), key=lambda other: other.pk)
        _refuse_used(each, given_way, decided)
        for other in given_way:
            other.superseded_by_id = each.superseded_by_id
            if each.superseded_by_id is None:
                again.append(other)
            else:
                following[each.superseded_by_id].append(other)
    many_rows.set_values(
        Certificate, ("superseded_by_id",), ((each.pk, each.superseded_by_id) for each in older)
    )
    return again


def _refuse_used(
    certificate: Certificate, given_way: Sequence[Certificate], decided: set[int]
) -> None:
    if not certificate.is_recorded:
        raise RuleBroken("past.not_recorded", term("Giấy này do cổng cấp, không gỡ được."))
    if certificate.state not in FREE:
        raise _in_use(certificate)
    if any(not each.is_recorded or each.pk in decided for each in given_way):
        raise _in_use(certificate)


def _delete(gone: Sequence[Certificate]) -> None:
    """The certificates, and the decisions that are left without any."""
    decisions = {each.decision_id for each in gone}
    try:
        with transaction.atomic():
            Certificate.objects.filter(pk__in=[each.pk for each in gone]).delete()
            Decision.objects.filter(pk__in=decisions, certificates=None).delete()
    except ProtectedError as error:
        raise _in_use(_protected(gone, error)) from error


def _protected(gone: Sequence[Certificate], error: ProtectedError) -> Certificate:
    """The first that another row leads to."""
    used = {
        getattr(row, field.attname)
        for row in error.protected_objects
        for field in row._meta.concrete_fields
        if field.related_model is Certificate
    }
    return next((each for each in gone if each.pk in used), gone[0])


def _in_use(certificate: Certificate) -> RuleBroken:
    return RuleBroken(
        "past.in_use",
        term("Giấy %(number)s của %(product)s đã được dùng sau khi nhập nên không gỡ được."),
        number=certificate.number,
        product=certificate.product_name,
    )
