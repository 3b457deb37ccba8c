"""What people hand in on the pages of scoring."""

from scoring.forms.choices import NONE, chosen_in, sheet_rows
from scoring.forms.councils import CouncilForm, MemberForm
from scoring.forms.decisions import CertificateActForm, DecisionForm, RevocationForm, SignForm
from scoring.forms.refusals import add_refusal
from scoring.forms.sessions import (
    CloseForm,
    DeclarationForm,
    GroundForm,
    LowerChoiceForm,
    ReasonForm,
    SessionForm,
    gate_findings_in,
)

__all__ = [
    "NONE",
    "CertificateActForm",
    "CloseForm",
    "CouncilForm",
    "DecisionForm",
    "DeclarationForm",
    "GroundForm",
    "LowerChoiceForm",
    "MemberForm",
    "ReasonForm",
    "RevocationForm",
    "SessionForm",
    "SignForm",
    "add_refusal",
    "chosen_in",
    "gate_findings_in",
    "sheet_rows",
]
