"""What a search for a product compares."""

from registry.domain.text import fold


def product_search_text(name: str, summary: str, subject_name: str) -> str:
    return fold(f"{name} {summary} {subject_name}")
