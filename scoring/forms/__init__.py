"""What people hand in on the pages of scoring."""

from scoring.domain.answers import NONE
from scoring.forms.choices import chosen_in, sheet_rows
from scoring.forms.complaints import AnswerForm, ComplaintForm, ExtensionForm, RemarkForm
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
    WrittenForm,
    gate_findings_in,
)

__all__ = [
    "NONE",
    "AnswerForm",
    "CloseForm",
    "ComplaintForm",
    "CorrectionForm",
    "CouncilForm",
    "DecisionForm",
    "DeclarationForm",
    "ExtensionForm",
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
    "RemarkForm",
    "SessionForm",
    "SignForm",
    "WrittenForm",
    "add_refusal",
    "chosen_in",
    "gate_findings_in",
    "sheet_rows",
]
