"""The commune of today and the one before it, as a person picked them: never guessed."""

from datetime import date

from registry.domain.errors import RuleBroken
from registry.domain.regime import Division, Level
from registry.domain.text import term
from registry.models import Unit, UnitSuccession


def check(commune: Unit, former: Unit | None, *, on: date) -> None:
    """Refuses what is no commune in force, and a former unit whose land lies elsewhere."""
    is_commune = commune.division == Division.TWO_TIER and commune.level == Level.COMMUNE
    if not is_commune or not commune.is_valid(on):
        raise RuleBroken(
            "commune.not_in_force",
            term("Hãy chọn một xã, phường hoặc đặc khu hiện nay."),
            field="commune",
        )
    if former is None:
        return
    if not UnitSuccession.objects.filter(old=former, new=commune).exists():
        raise RuleBroken(
            "commune.not_a_predecessor",
            term("%(former)s không nhập vào %(commune)s; hãy chọn lại xã cũ."),
            field="former_commune",
            former=former.name,
            commune=commune.name,
        )
