"""What the reporting owns: registers that were loaded, counted figures, acts on many rows."""

from reporting.models.bulk import BulkJob, BulkRow
from reporting.models.registers import RegisterImport, RegisterLine
from reporting.models.star_tallies import StarCount, StarMargin, StarMark, StarTally

__all__ = [
    "BulkJob",
    "BulkRow",
    "RegisterImport",
    "RegisterLine",
    "StarCount",
    "StarMargin",
    "StarMark",
    "StarTally",
]
