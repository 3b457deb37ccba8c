"""Sentences of the rules in the reader's language."""

from collections.abc import Mapping

from django.utils.translation import gettext

# Facts that are words of the screen themselves (a state, a level); others are names and numbers.
WORDS = frozenset({"state", "level", "role", "kind", "step"})


def worded(sentence: str, facts: Mapping[str, object] | None) -> str:
    """The sentence translated and its places filled; facts that are words are translated too."""
    if not sentence:
        return ""
    text = gettext(sentence)
    if not facts:
        return text
    return text % {
        name: _word(value) if name in WORDS and isinstance(value, str) and value else value
        for name, value in facts.items()
    }


def _word(word: str) -> str:
    """A word of the screen translated, also where the sentence wrote it with a small letter."""
    translated = gettext(word)
    if translated != word:
        return translated
    headed = word[0].upper() + word[1:]
    translated = gettext(headed)
    return word if translated == headed else translated[0].lower() + translated[1:]
