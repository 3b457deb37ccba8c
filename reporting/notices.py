"""What the journal calls what happens to registers; nobody is mailed about it."""

from ocop_portal.journal import kinds
from registry.domain.text import term

TITLES = {
    "reporting.register.uploaded": term("Sổ được tải lên"),
    "reporting.register.load_asked": term("Yêu cầu ghi sổ vào cổng"),
    "reporting.register.loaded": term("Sổ đã được ghi vào cổng"),
    "reporting.register.undo_asked": term("Yêu cầu gỡ sổ"),
    "reporting.bulk.confirmed": term("Việc hàng loạt được xác nhận"),
    "reporting.register.undone": term("Sổ đã được gỡ"),
}


def register() -> None:
    """Called once, when the portal starts."""
    kinds.register_all(TITLES)
