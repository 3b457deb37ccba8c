"""Shows a guidance phrase in the reader's language."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from promotion.domain.guidance import Phrase

register = template.Library()

_VIETNAMESE_NAME = re.compile(r"\[\[(.+?)\]\]")


@register.filter
def reading(phrase: Phrase) -> SafeString:
    """The phrase; a name in [[…]] stays Vietnamese and says so to a screen reader."""
    text = escape(phrase.reading(get_language() or "vi"))
    return mark_safe(_VIETNAMESE_NAME.sub(r'<span lang="vi">\1</span>', text))  # noqa: S308 # escaped above


@register.filter
def plain(phrase: Phrase) -> str:
    """The phrase without marks, for a title."""
    return _VIETNAMESE_NAME.sub(r"\1", phrase.reading(get_language() or "vi"))
