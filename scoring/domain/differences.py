"""What two editions of a rubric say differently, and whether it changes how they score."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from registry.domain.text import term
from scoring.domain.rubric import Criterion, Rubric

Fields = Mapping[str, str]


class Thing(StrEnum):
    """A piece of a rubric that has a code or an id of its own."""

    RUBRIC = "rubric"
    EXCLUSION = "exclusion"
    PART = "part"
    SECTION = "section"
    CRITERION = "criterion"
    OPTION = "option"
    RULE = "rule"

    @property
    def label(self) -> str:
        return _THINGS[self]


class Kind(StrEnum):
    """How a piece differs."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        return _KINDS[self]


@dataclass(frozen=True)
class Difference:
    """One field of one piece; a piece that is new or gone is told by its name or wording."""

    kind: Kind
    thing: Thing
    where: str
    field: str
    before: str
    after: str

    @property
    def is_scoring(self) -> bool:
        """Whether points, gates, notes or the place in the table differ, not words alone."""
        return self.kind is not Kind.CHANGED or self.field in _SCORING

    @property
    def field_label(self) -> str:
        return _FIELDS[self.field]


def differences(former: Rubric, later: Rubric) -> tuple[Difference, ...]:
    """Everything that differs, in the order of the later table; what is gone stands last."""
    before, after = dict(_pieces(former)), dict(_pieces(later))
    found: list[Difference] = []
    for (thing, where), fields in after.items():
        known = before.get((thing, where))
        if known is None:
            found.append(Difference(Kind.ADDED, thing, where, "name", "", fields["name"]))
            continue
        found += [
            Difference(Kind.CHANGED, thing, where, field, known[field], fields[field])
            for field in fields
            if known[field] != fields[field]
        ]
    found += [
        Difference(Kind.REMOVED, thing, where, "name", fields["name"], "")
        for (thing, where), fields in before.items()
        if (thing, where) not in after
    ]
    return tuple(found)


def _pieces(rubric: Rubric) -> Iterator[tuple[tuple[Thing, str], Fields]]:
    """Every piece with all its fields as text; `name` is the heading or the wording."""
    head = {"name": rubric.name, "decree": rubric.decree, "clause": rubric.clause}
    yield (Thing.RUBRIC, ""), {**head, "note": rubric.note}
    for each in rubric.exclusions:
        yield (Thing.EXCLUSION, each.id), {"name": each.text}
    for part in rubric.parts:
        yield (Thing.PART, part.code), {"name": part.name, "max": str(part.max)}
        for section in part.sections:
            own = {"name": section.name, "max": str(section.max), "part": part.code}
            yield (Thing.SECTION, section.code), own
            for criterion in section.criteria:
                yield from _pieces_of(criterion, section.code)


def _pieces_of(criterion: Criterion, section: str) -> Iterator[tuple[tuple[Thing, str], Fields]]:
    yield (
        (Thing.CRITERION, criterion.code),
        {
            "name": criterion.name,
            "max": str(criterion.max),
            "section": section,
            "clause": criterion.clause,
            "requirement": criterion.requirement,
            "note": criterion.note,
            "cases": "; ".join(criterion.cases),
        },
    )
    for option in criterion.options:
        yield (
            (Thing.OPTION, option.id),
            {
                "name": option.label,
                "points": str(option.points),
                "case": str(option.case or ""),
                "star": str(option.min_for_star or ""),
                "unverified": str(option.unverified),
            },
        )
    for rule in criterion.rules:
        own = {"name": rule.when, "effect": rule.effect.value, "if_zero": ", ".join(rule.if_zero)}
        yield (Thing.RULE, rule.id), own


_SCORING = frozenset({"max", "points", "case", "star", "effect", "if_zero", "part", "section"})
_THINGS = {
    Thing.RUBRIC: term("Bộ tiêu chí"),
    Thing.EXCLUSION: term("Căn cứ loại"),
    Thing.PART: term("Phần"),
    Thing.SECTION: term("Mục"),
    Thing.CRITERION: term("Tiêu chí"),
    Thing.OPTION: term("Mức"),
    Thing.RULE: term("Ghi chú"),
}
_KINDS = {
    Kind.ADDED: term("Thêm"),
    Kind.REMOVED: term("Bỏ"),
    Kind.CHANGED: term("Đổi"),
}
_FIELDS = {
    "name": term("Nội dung"),
    "decree": term("Quyết định"),
    "clause": term("Điều khoản"),
    "note": term("Lưu ý"),
    "max": term("Điểm tối đa"),
    "part": term("Thuộc phần"),
    "section": term("Thuộc mục"),
    "requirement": term("Điều kiện"),
    "cases": term("Các trường hợp"),
    "points": term("Điểm"),
    "case": term("Trường hợp"),
    "star": term("Tối thiểu cho hạng sao"),
    "unverified": term("Chưa kiểm chứng"),
    "effect": term("Hệ quả"),
    "if_zero": term("Khi 0 điểm ở"),
}
