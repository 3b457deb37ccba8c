"""What the reporting owns: registers that were loaded."""

from reporting.models.registers import RegisterImport, RegisterLine

__all__ = ["RegisterImport", "RegisterLine"]
