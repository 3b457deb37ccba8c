"""What the cycle remembers."""

from cycle.models.dossiers import CommuneReport, Dossier, DossierEvidence, Lodging
from cycle.models.enrolments import Enrolment
from cycle.models.moves import Move
from cycle.models.plans import BusinessPlan, Idea, IdeaFinding, Milestone
from cycle.models.seasons import Round

__all__ = [
    "BusinessPlan",
    "CommuneReport",
    "Dossier",
    "DossierEvidence",
    "Enrolment",
    "Idea",
    "IdeaFinding",
    "Lodging",
    "Milestone",
    "Move",
    "Round",
]
