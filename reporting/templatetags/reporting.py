"""How the statistics write their figures."""

from django import template

register = template.Library()


@register.filter
def tenths(value: int | None) -> str:
    """Tenths of a percent as Vietnam writes them: 385 is “38,5”."""
    return "" if value is None else f"{value // 10},{value % 10}"
