"""What people are asked in the cycle."""

from cycle.forms.appraisals import DecisionForm, IdeaAppraisalForm
from cycle.forms.dossiers import (
    AttachForm,
    DossierTextForm,
    LodgeForm,
    ReasonForm,
    ReportForm,
    UploadForm,
)
from cycle.forms.enrolments import EnrolForm
from cycle.forms.papers import IdeaForm, MilestoneDoneForm, MilestoneForm, PlanForm
from cycle.forms.refusals import add_refusal, renew_version
from cycle.forms.rounds import RoundForm

__all__ = [
    "AttachForm",
    "DecisionForm",
    "DossierTextForm",
    "EnrolForm",
    "IdeaAppraisalForm",
    "IdeaForm",
    "LodgeForm",
    "MilestoneDoneForm",
    "MilestoneForm",
    "PlanForm",
    "ReasonForm",
    "ReportForm",
    "RoundForm",
    "UploadForm",
    "add_refusal",
    "renew_version",
]
