"""The life of an edition of a rubric: draft, published, retired; published never changes."""

from enum import StrEnum

from registry.domain.machine import Machine, Transition
from registry.domain.text import term


class EditionState(StrEnum):
    """Whether an edition may be scored by (published), may still change (draft), or is past."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(state.value, state.label) for state in cls]


class EditionMove(StrEnum):
    """What may happen to an edition."""

    PUBLISH = "publish"
    RETIRE = "retire"


_LABELS = {
    EditionState.DRAFT: term("Bản nháp"),
    EditionState.PUBLISHED: term("Đã công bố"),
    EditionState.RETIRED: term("Đã thay thế"),
}

EDITION = Machine(
    "edition",
    (
        Transition(EditionMove.PUBLISH, frozenset({EditionState.DRAFT}), EditionState.PUBLISHED),
        Transition(EditionMove.RETIRE, frozenset({EditionState.PUBLISHED}), EditionState.RETIRED),
    ),
    {},
)
