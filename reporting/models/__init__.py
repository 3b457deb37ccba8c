"""What the reporting owns: registers that were loaded, figures that were counted beforehand."""

from reporting.models.registers import RegisterImport, RegisterLine
from reporting.models.star_tallies import StarCount, StarMark, StarTally

__all__ = ["RegisterImport", "RegisterLine", "StarCount", "StarMark", "StarTally"]
