"""What the reporting puts on the pages of the apps below."""

from django.utils import timezone
from django.utils.translation import gettext as _

from cycle.models import Round
from cycle.panels import Panel, register_round
from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from reporting.permissions import may_read_faults


def register() -> None:
    """Called once, when the portal starts."""
    register_round("faults", faults_panel)


def faults_panel(season: Round, user: User) -> Panel | None:
    """The way to the common faults, for who may read them."""
    if not may_read_faults(user, season, on=legal_day(timezone.now())):
        return None
    return Panel(title=_("Lỗi thường gặp"), template="reporting/_faults_panel.html")
