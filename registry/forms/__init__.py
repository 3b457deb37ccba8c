"""What people are asked."""

from registry.forms.evidence import EvidenceForm, RenewalForm
from registry.forms.people import (
    ColleagueForm,
    DeactivateForm,
    InvitedForm,
    PersonAddressForm,
    ReasonForm,
)
from registry.forms.places import is_looking, offered, picked
from registry.forms.postings import MemberForm, PostingForm, RepresentativeForm
from registry.forms.products import (
    ProductForm,
    fields_called,
    product_values,
    unscored_sets,
)
from registry.forms.refusals import add_refusal
from registry.forms.stale import differences
from registry.forms.subjects import SubjectForm, subject_values

__all__ = [
    "ColleagueForm",
    "DeactivateForm",
    "EvidenceForm",
    "InvitedForm",
    "MemberForm",
    "PersonAddressForm",
    "PostingForm",
    "ProductForm",
    "ReasonForm",
    "RenewalForm",
    "RepresentativeForm",
    "SubjectForm",
    "add_refusal",
    "differences",
    "fields_called",
    "is_looking",
    "offered",
    "picked",
    "product_values",
    "subject_values",
    "unscored_sets",
]
