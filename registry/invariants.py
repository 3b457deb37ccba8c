"""What must always be true of the register's rows."""

from collections.abc import Iterable
from datetime import date

from ocop_portal.accounts.models import User
from ocop_portal.upkeep import files, permissions
from ocop_portal.upkeep.files import KeptFiles
from registry.domain.roles import Role
from registry.models import Evidence, ProductPicture
from registry.permissions import is_administrator, is_auditor
from registry.selectors.people import nationwide_holders


def register() -> None:
    """Called once, when the portal starts: the files, and who is told of findings."""
    files.register(
        KeptFiles(Evidence, "file", digest="sha256"),
        KeptFiles(ProductPicture, "large"),
        KeptFiles(ProductPicture, "small"),
    )
    permissions.register_reader(is_administrator)
    permissions.register_reader(is_auditor)
    permissions.register_keepers(administrators)


def administrators(on: date) -> Iterable[User]:
    """Who administers the whole programme."""
    return nationwide_holders(Role.ADMINISTRATOR, on=on)
