"""Typed readers of the environment; settings read it through these and nothing else."""

import os
from pathlib import Path

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})


class BadSetting(Exception):
    """A setting in the environment is missing or cannot be read; says which and how to mend it."""


def text(name: str, default: str = "") -> str:
    """The value of NAME, or the default where it is absent."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool = False) -> bool:
    """A yes or no; anything else is refused rather than guessed."""
    word = os.environ.get(name)
    if word is None:
        return default
    if word.lower() in TRUE_WORDS:
        return True
    if word.lower() in FALSE_WORDS:
        return False
    raise BadSetting(f"{name}={word!r}: write 1 or 0")


def choice(name: str, words: tuple[str, ...]) -> str:
    """One of these words, the first where nothing is said; anything else is refused."""
    word = os.environ.get(name) or words[0]
    if word not in words:
        raise BadSetting(f"{name}={word!r}: write {' or '.join(words)}")
    return word


def number(name: str, default: int) -> int:
    """A whole number."""
    word = os.environ.get(name, "")
    if not word:
        return default
    try:
        return int(word)
    except ValueError as error:
        raise BadSetting(f"{name}={word!r}: write a whole number") from error


def secret(name: str) -> str:
    """A secret from NAME, or from the file named by NAME_FILE; there is no default."""
    if value := os.environ.get(name):
        return value
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    raise BadSetting(f"{name} is not set: set it, or {name}_FILE to a file that holds it")
