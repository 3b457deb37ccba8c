"""Every figure opens the list behind it: the same filter at the list's address."""

from urllib.parse import urlencode

from django.urls import reverse

from registry.domain.regime import Division
from reporting.selectors.star_choices import Choice, Validity


def list_url(choice: Choice, *, is_past: bool, **more: object) -> str:
    """The list's address for a choice; `more` narrows it to one figure."""
    return _address("reporting:star-list", choice, is_past=is_past, **more)


def table_url(choice: Choice, *, is_past: bool, **more: object) -> str:
    """The tables' own address for a choice."""
    return _address("reporting:stars", choice, is_past=is_past, **more)


def _address(name: str, choice: Choice, *, is_past: bool, **more: object) -> str:
    query: dict[str, object] = {
        "stars": choice.stars,
        "group": choice.group,
        "province": choice.province,
        "regime": choice.regime,
        "year": choice.year,
        "kind": choice.kind,
        "level": choice.level,
        "turn": choice.turn,
        "validity": "" if choice.validity is Validity.VALID else choice.validity.value,
        "commune": choice.commune,
        "former": choice.former,
        "division": "" if choice.division is Division.TWO_TIER else choice.division.value,
        "as_of": choice.on.isoformat() if is_past else "",
        **more,
    }
    kept = {name: value for name, value in query.items() if value}
    return f"{reverse(name)}?{urlencode(kept)}" if kept else reverse(name)
