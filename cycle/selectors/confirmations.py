"""Representatives, and what they were asked to confirm."""

import secrets
from datetime import date

from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare, salted_hmac

from cycle.domain.confirmation import code_from, typed_code
from cycle.models import Dossier, Enrolment, LodgingConfirmation
from ocop_portal.accounts.models import User
from registry.domain.roles import Role
from registry.selectors import holders

SALT = "cycle.lodging_confirmation"


def representatives_of(enrolment: Enrolment, on: date) -> QuerySet[User]:
    """Who may bind the subject: its owners."""
    return holders(Role.OWNER, subject=enrolment.product.subject, on=on)


def newest_confirmation(dossier: Dossier) -> LodgingConfirmation | None:
    """What was asked last; what was asked before it counts no more."""
    rows = LodgingConfirmation.objects.filter(dossier=dossier).select_related("confirmed_by")
    return rows.order_by("-id").first()


def new_nonce() -> str:
    return secrets.token_hex(16)


def code_for(asked: LodgingConfirmation, person: User) -> str:
    """The code of this representative; made anew each time, kept nowhere."""
    secret = f"{asked.pk}:{asked.nonce}:{asked.content_hash}:{person.pk}"
    return code_from(salted_hmac(SALT, secret, algorithm="sha256").hexdigest())


def whose_code(asked: LodgingConfirmation, text: str, people: QuerySet[User]) -> User | None:
    """The representative whose code was typed, or None."""
    typed = typed_code(text)
    matches = [each for each in people if constant_time_compare(code_for(asked, each), typed)]
    return matches[0] if matches else None
