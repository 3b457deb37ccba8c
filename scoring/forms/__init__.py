"""What people hand in on the pages of scoring."""

from scoring.forms.choices import NONE, chosen_in, sheet_rows
from scoring.forms.councils import CouncilForm, MemberForm
from scoring.forms.decisions import (
    CorrectionForm,
    DecisionForm,
    HandBackForm,
    SignForm,
)
from scoring.forms.inspections import (
    FindingForm,
    NoteForm,
    OrderForm,
    PhotoForm,
    PlanForm,
    RecordForm,
)
from scoring.forms.measures import MeasureForm
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
    "CloseForm",
    "CorrectionForm",
    "CouncilForm",
    "DecisionForm",
    "DeclarationForm",
    "FindingForm",
    "GroundForm",
    "HandBackForm",
    "LowerChoiceForm",
    "MeasureForm",
    "MemberForm",
    "NoteForm",
    "OrderForm",
    "PhotoForm",
    "PlanForm",
    "ReasonForm",
    "RecordForm",
    "SessionForm",
    "SignForm",
    "add_refusal",
    "chosen_in",
    "gate_findings_in",
    "sheet_rows",
]
