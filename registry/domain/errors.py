"""Refusals: the one way in which a rule says no."""

from collections.abc import Mapping


class RuleBroken(Exception):
    """A rule refuses; it carries a stable code, a Vietnamese sentence and the field it is about.

    `message` is the sentence with named places (`%(count)s`), marked by `term` for translation;
    `facts` fills them; `text` is the sentence ready to read.
    """

    def __init__(self, code: str, message: str, *, field: str = "", **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
        self.facts: Mapping[str, object] = facts

    @property
    def text(self) -> str:
        return self.message % self.facts if self.facts else self.message

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


class Stale(RuleBroken):
    """The thing was changed by somebody else since it was read."""
