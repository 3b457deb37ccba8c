"""Facts that a lodging needs and only an upper app knows: providers are announced here.

An upper app registers a provider in its `apps.ready()`:

    facts.register("self_assessment", provider)     # provider(dossier) -> Fact

The pages of the cycle ask it and hand the answer to the service, which checks only what it was
told. Nobody registered means that the fact is not there, with a reason that can be read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from cycle.domain.dossier import SELF_ASSESSED, DossierState, evidence_day
from cycle.models import Dossier, DossierEvidence
from cycle.services import lodgings
from ocop_portal.accounts.models import User
from registry.domain.text import term

SELF_ASSESSMENT = "self_assessment"


@dataclass(frozen=True)
class Fact:
    """Whether the self-assessment is complete, on which rubric, and why not.

    `summary` is frozen into the snapshot of the lodging as it is: plain JSON values. `url` is the
    page on which the fact is mended.
    """

    is_complete: bool
    rubric_hash: str = ""
    reason: str = ""
    summary: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""


Provider = Callable[[Dossier], Fact]
_providers: dict[str, Provider] = {}


def register(name: str, provider: Provider) -> None:
    """Announces who answers for a fact; a fact has one provider."""
    if _providers.setdefault(name, provider) is not provider:
        raise ValueError(f"{name}: two providers")


def ask(name: str, dossier: Dossier) -> Fact:
    """The fact about a dossier as its provider knows it."""
    provider = _providers.get(name)
    if provider is None:
        return Fact(is_complete=False, reason=term("Chưa có bộ tiêu chí để tự đánh giá."))
    return provider(dossier)


@dataclass(frozen=True)
class Known:
    """Every criterion of the pinned rubric as (code, name), and those that an item speaks to.

    Nobody registered means that no criterion is known, and none can be chosen.
    """

    names: tuple[tuple[str, str], ...] = ()
    by_item: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of_item(self, item: str) -> list[tuple[str, str]]:
        codes = self.by_item.get(item, ())
        return [(code, name) for code, name in self.names if code in codes]


CriteriaProvider = Callable[[Dossier], Known]
_knowers: list[CriteriaProvider] = []


def register_criteria(provider: CriteriaProvider) -> None:
    """Announces who knows the criteria; there is one."""
    if _knowers and provider not in _knowers:
        raise ValueError("two providers of criteria")
    _knowers[:] = [provider]


def criteria_of(dossier: Dossier) -> Known:
    """The criteria of a dossier's set."""
    return _knowers[0](dossier) if _knowers else Known()


ValidityProvider = Callable[[Dossier], date | None]
_validities: list[ValidityProvider] = []


def register_validity(provider: ValidityProvider) -> None:
    """Announces who knows until when a product is recognised; there is one."""
    if _validities and provider not in _validities:
        raise ValueError("two providers of validity")
    _validities[:] = [provider]


def valid_until(dossier: Dossier) -> date | None:
    """The last day of the product's recognition; None where nobody knows of one."""
    return _validities[0](dossier) if _validities else None


SessionDayProvider = Callable[[Dossier], date | None]
_session_days: list[SessionDayProvider] = []


def register_session_day(provider: SessionDayProvider) -> None:
    """Announces who knows on which day a council sits over a dossier; there is one."""
    if _session_days and provider not in _session_days:
        raise ValueError("two providers of session days")
    _session_days[:] = [provider]


def session_day(dossier: Dossier) -> date | None:
    """The day of the dossier's council session; None where none is called."""
    return _session_days[0](dossier) if _session_days else None


def judged_on(dossier: Dossier, links: Sequence[DossierEvidence], on: date) -> date:
    """The day by which these papers are judged; nobody is asked where no paper can run out."""
    if all(link.evidence.valid_until is None for link in links):
        return on
    return evidence_day(DossierState(dossier.state), on=on, session_day=session_day(dossier))


def lodge(
    dossier: Dossier, fact: Fact, *, by: User, at: datetime, version: int | None = None
) -> Dossier:
    """Hands the dossier in with what only the apps above know; for the page and for programs."""
    return lodgings.lodge(
        dossier,
        facts=frozenset({SELF_ASSESSED}) if fact.is_complete else frozenset(),
        rubric_hash=fact.rubric_hash,
        assessment=fact.summary,
        valid_until=valid_until(dossier),
        version=version,
        by=by,
        at=at,
    )
