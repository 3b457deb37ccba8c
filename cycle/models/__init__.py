"""What the cycle remembers."""

from cycle.models.confirmations import LodgingConfirmation
from cycle.models.corrections import Correction
from cycle.models.dossiers import CommuneReport, Dossier, DossierEvidence, Lodging
from cycle.models.enrolments import Enrolment
from cycle.models.jottings import Jotting
from cycle.models.messages import Conversation, Message, Reading
from cycle.models.moves import Move
from cycle.models.plans import BusinessPlan, Idea, IdeaFinding, Milestone
from cycle.models.samples import CustodyEvent, Sample
from cycle.models.seasons import Round
from cycle.models.sessions import InformationSession, SessionAttendee, SessionMaterial
from cycle.models.support import SupportRequest

__all__ = [
    "BusinessPlan",
    "CommuneReport",
    "Conversation",
    "Correction",
    "CustodyEvent",
    "Dossier",
    "DossierEvidence",
    "Enrolment",
    "Idea",
    "IdeaFinding",
    "InformationSession",
    "Jotting",
    "Lodging",
    "LodgingConfirmation",
    "Message",
    "Milestone",
    "Move",
    "Reading",
    "Round",
    "Sample",
    "SessionAttendee",
    "SessionMaterial",
    "SupportRequest",
]
