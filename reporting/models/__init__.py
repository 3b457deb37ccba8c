"""What the reporting owns: registers, figures, acts on many rows, the programme's papers."""

from reporting.models.bulk import BulkJob, BulkRow
from reporting.models.programme_plans import PlanAim, PlanFunds, ProvincePlan, Spending
from reporting.models.programme_reports import ProvinceReport, ReportRequest, ReportSending
from reporting.models.registers import RegisterImport, RegisterLine
from reporting.models.saved_filters import SavedFilter
from reporting.models.star_tallies import StarCount, StarMargin, StarMark, StarTally

__all__ = [
    "BulkJob",
    "BulkRow",
    "PlanAim",
    "PlanFunds",
    "ProvincePlan",
    "ProvinceReport",
    "RegisterImport",
    "RegisterLine",
    "ReportRequest",
    "ReportSending",
    "SavedFilter",
    "Spending",
    "StarCount",
    "StarMargin",
    "StarMark",
    "StarTally",
]
