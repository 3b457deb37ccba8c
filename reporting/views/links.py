"""Every figure opens the list behind it: the catalogue with the same filter."""

from urllib.parse import urlencode

from django.urls import reverse

from reporting.selectors.stars import Choice


def catalogue_url(choice: Choice, *, is_past: bool, **more: object) -> str:
    """The catalogue's address for a choice; `more` narrows it to one figure."""
    query: dict[str, object] = {
        "stars": choice.stars,
        "group": choice.group,
        "province": choice.province,
        "regime": choice.regime,
        "year": choice.year,
        "as_of": choice.on.isoformat() if is_past else "",
        **more,
    }
    kept = {name: value for name, value in query.items() if value}
    address = reverse("promotion:catalogue")
    return f"{address}?{urlencode(kept)}" if kept else address
