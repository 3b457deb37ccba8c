"""What people are asked in the cycle."""

from cycle.forms.appraisals import (
    DossierReturnForm,
    IdeaAppraisalForm,
    PaperAppraisalForm,
    PlanAppraisalForm,
)
from cycle.forms.dossiers import (
    AttachForm,
    ConfirmedLodgeForm,
    DossierTextForm,
    LodgeForm,
    ReasonForm,
    ReportForm,
    UploadForm,
)
from cycle.forms.enrolments import EnrolForm
from cycle.forms.messages import MessageForm
from cycle.forms.papers import IdeaForm, MilestoneDoneForm, MilestoneForm, PlanForm
from cycle.forms.refusals import add_paper_refusal, add_refusal, renew_version
from cycle.forms.rounds import RoundForm
from cycle.forms.samples import SampleForm
from cycle.forms.sessions import GuestForm, MaterialForm, RegistrationForm, SessionForm
from cycle.forms.support import SupportAnswerForm, SupportForm

__all__ = [
    "AttachForm",
    "ConfirmedLodgeForm",
    "DossierReturnForm",
    "DossierTextForm",
    "EnrolForm",
    "GuestForm",
    "IdeaAppraisalForm",
    "IdeaForm",
    "LodgeForm",
    "MaterialForm",
    "MessageForm",
    "MilestoneDoneForm",
    "MilestoneForm",
    "PaperAppraisalForm",
    "PlanAppraisalForm",
    "PlanForm",
    "ReasonForm",
    "RegistrationForm",
    "ReportForm",
    "RoundForm",
    "SampleForm",
    "SessionForm",
    "SupportAnswerForm",
    "SupportForm",
    "UploadForm",
    "add_paper_refusal",
    "add_refusal",
    "renew_version",
]
