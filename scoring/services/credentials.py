"""Signs credentials of certificates and the lists of what became of them; for the worker alone.

Rows are the queue: a certificate without a credential is found until it has one, and a list is
signed anew when something was decided, or before it grows old.
"""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings

from scoring.domain.credentials import Facts, credential, list_credential
from scoring.domain.jws import sign
from scoring.domain.status_list import Purpose
from scoring.models import Certificate, Credential, StatusList
from scoring.selectors.certificates import authority_of
from scoring.selectors.credentials import (
    list_numbers,
    places_of,
    status_list,
    without_credential,
)
from scoring.services import keys

RENEW_AFTER = timedelta(minutes=20)  # well before a list is too old to be relied on


def make_missing(*, limit: int, at: datetime) -> int:
    """Signs what has a document but no credential, the oldest first; says how many."""
    waiting = list(without_credential()[:limit])
    for certificate in waiting:
        make(certificate, at=at)
    return len(waiting)


def make(certificate: Certificate, *, at: datetime) -> Credential:
    """The credential of a certificate whose document is kept; made once."""
    key, private = keys.current(at=at)
    token = sign(credential(_facts(certificate), site=settings.SITE_URL), private)
    made, _is_new = Credential.objects.get_or_create(
        certificate=certificate, defaults={"key": key, "token": token, "signed_at": at}
    )
    return made


def refresh_lists(*, at: datetime) -> int:
    """Signs the lists that are missing, changed or about to grow old; says how many."""
    signed = 0
    for number in list_numbers():
        for purpose in Purpose:
            signed += _refresh(purpose, number, at)
    return signed


def _refresh(purpose: Purpose, number: int, at: datetime) -> int:
    held, places = status_list(purpose, number), places_of(purpose, number)
    digest = hashlib.sha256(repr(places).encode()).hexdigest()
    if held is not None and held.digest == digest and at - held.signed_at < RENEW_AFTER:
        return 0
    key, private = keys.current(at=at)
    listed = list_credential(purpose, number, places, site=settings.SITE_URL, at=at)
    StatusList.objects.update_or_create(
        purpose=purpose,
        number=number,
        defaults={
            "key": key,
            "token": sign(listed, private),
            "digest": digest,
            "signed_at": at,
        },
    )
    return 1


def _facts(certificate: Certificate) -> Facts:
    decision = certificate.decision
    return Facts(
        code=certificate.code,
        certificate_id=certificate.pk,
        number=certificate.number,
        product=certificate.product_name,
        product_code=certificate.product_code,
        product_set=certificate.set_name,
        subject=certificate.subject_name,
        address=certificate.subject_address,
        stars=certificate.stars,
        authority=authority_of(certificate),
        decision=decision.number,
        decided_on=decision.decided_on,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        pdf_sha256=certificate.sha256,
    )
