"""When a certificate's product may be evaluated anew: before the window, in it, after it.

The decree under which a certificate was issued may name the days, counted back from its end, on
which a re-evaluation is filed (QĐ 26/2026, Điều 7.6). One that names none leaves it open from the
first reminder on. Once the certificate has run out there is nothing left to be early or late for.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from cycle.domain.calendar import FilingWindow, filing_window
from registry.domain.regime import Regime


class RenewalPhase(StrEnum):
    """Where a day stands to the window."""

    EARLY = "early"
    OPEN = "open"
    MISSED = "missed"
    OVER = "over"


@dataclass(frozen=True)
class Renewal:
    """The window of a certificate as a day sees it; `is_bound` where a decree sets its end."""

    phase: RenewalPhase
    window: FilingWindow
    is_bound: bool

    @property
    def is_open(self) -> bool:
        """Whether a renewal may be begun: in the window, and again after the end of validity."""
        return self.phase in {RenewalPhase.OPEN, RenewalPhase.OVER}


def renewal_on(law: Regime, ends_on: date, on: date) -> Renewal:
    """The renewal of a certificate that `law` issued and that is valid until `ends_on`."""
    if law.renewal is not None:
        window = filing_window(law.renewal, ends_on)
    else:
        first = ends_on - timedelta(days=max(law.reminder_days))
        window = FilingWindow(opens_on=first, closes_on=ends_on, ends_on=ends_on)
    return Renewal(_phase(window, on), window, is_bound=law.renewal is not None)


def _phase(window: FilingWindow, on: date) -> RenewalPhase:
    if on > window.ends_on:
        return RenewalPhase.OVER
    if on > window.closes_on:
        return RenewalPhase.MISSED
    return RenewalPhase.OPEN if on >= window.opens_on else RenewalPhase.EARLY
