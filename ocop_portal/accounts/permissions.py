"""Permission answers with a reason: a Verdict is falsy when it refuses."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


@dataclass(frozen=True)
class Verdict:
    """Allowed, or refused with the sentence that the person is told."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(allowed=True)


def refused(reason: str) -> Verdict:
    """A refusal; `reason` is Vietnamese, marked by `term` or gettext."""
    return Verdict(allowed=False, reason=reason)


def require(verdict: Verdict) -> None:
    """Raises PermissionDenied with the reason when the verdict refuses."""
    if not verdict:
        raise PermissionDenied(verdict.reason)
