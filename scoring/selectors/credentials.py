"""Published keys, credentials, and the status lists."""

from django.db.models import QuerySet

from scoring.domain.jws import public_jwk
from scoring.domain.status_list import SIZE, Purpose
from scoring.models import Certificate, Credential, SigningKey, StatusList


def published_keys() -> list[dict[str, str]]:
    """The public keys by which credentials are checked, the current one first."""
    keys = SigningKey.objects.filter(compromised_at__isnull=True)
    return [public_jwk(key.x) for key in keys.order_by("-is_current", "-created_at", "-id")]


def credential_of(certificate: Certificate) -> Credential | None:
    return Credential.objects.filter(certificate=certificate).first()


def without_credential() -> QuerySet[Certificate]:
    """Certificates with a document but no credential yet: the row is the queue."""
    return (
        Certificate.objects.filter(credential__isnull=True)
        .exclude(pdf="")
        .select_related("decision", "unit")
        .order_by("pk")
    )


def status_list(purpose: Purpose, number: int) -> StatusList | None:
    return StatusList.objects.filter(purpose=purpose, number=number).first()


def status_lists() -> list[StatusList]:
    return list(StatusList.objects.order_by("number", "purpose"))


def places_of(purpose: Purpose, number: int) -> list[int]:
    """The places of a list whose certificates came into its state."""
    held = Certificate.objects.filter(state=purpose.state, pk__range=_range(number))
    return [pk - number * SIZE for pk in held.order_by("pk").values_list("pk", flat=True)]


def list_numbers() -> range:
    """The lists that are needed for the certificates there are."""
    newest = Certificate.objects.order_by("-pk").values_list("pk", flat=True).first()
    return range(0 if newest is None else newest // SIZE + 1)


def _range(number: int) -> tuple[int, int]:
    return number * SIZE, (number + 1) * SIZE - 1
