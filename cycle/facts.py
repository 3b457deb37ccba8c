"""Facts that a lodging needs and only an upper app knows: providers are announced here.

An upper app registers a provider in its `apps.ready()`:

    facts.register("self_assessment", provider)     # provider(dossier) -> Fact

The pages of the cycle ask it and hand the answer to the service, which checks only what it was
told. Nobody registered means that the fact is not there, with a reason that can be read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cycle.models import Dossier
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
