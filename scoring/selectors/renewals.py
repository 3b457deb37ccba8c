"""What a certificate's page offers when its end comes near."""

from dataclasses import dataclass
from datetime import date

from cycle.domain.journey import EnrolmentKind
from cycle.models import Enrolment
from cycle.selectors import under_way
from registry.models import Product
from registry.selectors import regime
from scoring.domain.certificate_states import CertificateState
from scoring.domain.renewal import Renewal, renewal_on
from scoring.models import Certificate

# What a re-evaluation may follow; a suspended certificate waits for its decision first.
RENEWABLE = (CertificateState.VALID,)


@dataclass(frozen=True)
class RenewalOffer:
    """The window of a certificate, and the passage by which its product is being renewed."""

    certificate: Certificate
    renewal: Renewal
    going_on: Enrolment | None

    @property
    def is_begun(self) -> bool:
        """Whether that passage is the renewal itself."""
        return self.going_on is not None and self.going_on.kind == EnrolmentKind.RE_EVALUATION


def renewal_of(certificate: Certificate, on: date) -> RenewalOffer | None:
    """The renewal of a certificate; None where a decision took its force or its place."""
    if certificate.state not in RENEWABLE:
        return None
    renewal = renewal_on(regime(certificate.regime), certificate.valid_until, on)
    return RenewalOffer(certificate, renewal, under_way(certificate.product).first())


def renewal_of_product(product: Product, on: date) -> RenewalOffer | None:
    """The renewal of a product's newest certificate."""
    newest = (
        Certificate.objects.filter(product=product, state__in=RENEWABLE)
        .select_related("product__subject")
        .order_by("-valid_until", "-id")
        .first()
    )
    return renewal_of(newest, on) if newest else None
