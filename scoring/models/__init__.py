"""What scoring remembers."""

from scoring.models.certificates import Certificate, CertificateRegister
from scoring.models.complaints import Complaint, ComplaintPoint, RatingRemark
from scoring.models.councils import Council, CouncilMember
from scoring.models.credentials import Credential, SigningKey, StatusList
from scoring.models.decisions import Decision, DecisionItem
from scoring.models.findings import GateFinding, GroundFinding
from scoring.models.inspections import (
    Finding,
    Inspection,
    InspectionAnswer,
    InspectionPhoto,
    InspectionPlan,
)
from scoring.models.measures import Measure
from scoring.models.opinions import Opinion, OpinionLine
from scoring.models.packages import Package
from scoring.models.preparation import Assignment, InterestStatement
from scoring.models.ratings import LowerChoice, Rating
from scoring.models.rubrics import RubricEdition
from scoring.models.self_assessments import SelfAssessment
from scoring.models.sessions import AgendaItem, Attendance, Ballot, Declaration, Session
from scoring.models.sheets import Mark, Sheet, SheetReopening, SheetSending
from scoring.models.tastings import SampleNumber, Tasting

__all__ = [
    "AgendaItem",
    "Assignment",
    "Attendance",
    "Ballot",
    "Certificate",
    "CertificateRegister",
    "Complaint",
    "ComplaintPoint",
    "Council",
    "CouncilMember",
    "Credential",
    "Decision",
    "DecisionItem",
    "Declaration",
    "Finding",
    "GateFinding",
    "GroundFinding",
    "Inspection",
    "InspectionAnswer",
    "InspectionPhoto",
    "InspectionPlan",
    "InterestStatement",
    "LowerChoice",
    "Mark",
    "Measure",
    "Opinion",
    "OpinionLine",
    "Package",
    "Rating",
    "RatingRemark",
    "RubricEdition",
    "SampleNumber",
    "SelfAssessment",
    "Session",
    "Sheet",
    "SheetReopening",
    "SheetSending",
    "SigningKey",
    "StatusList",
    "Tasting",
]
