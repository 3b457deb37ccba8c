"""The score sheet as it is drawn and read back: radio groups named `c-<criterion>`.

Only option ids are read; whatever else a browser sends is no score and is looked at by nobody.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from scoring.domain.answers import NONE
from scoring.domain.rubric import Criterion, Option, Rubric

PREFIX = "c-"


@dataclass(frozen=True)
class OptionRow:
    """One radio button; `value` is the option's id, or the word for "meets no option"."""

    value: str
    label: str
    points: int
    min_for_star: int | None
    checked: bool
    assessed: bool


@dataclass(frozen=True)
class CaseRow:
    """The options of one printed case, or of a criterion without cases (then no label)."""

    label: str
    options: tuple[OptionRow, ...]


@dataclass(frozen=True)
class CriterionRow:
    """One line of the sheet with what stands beside it; `anchor` is its place on the page."""

    code: str
    name: str
    max: int
    anchor: str
    clause: str
    requirement: str
    note: str
    cases: tuple[CaseRow, ...]
    evidence: tuple[Any, ...]
    opinions: tuple[Any, ...]
    precedent: Any
    is_missing: bool

    @property
    def options(self) -> list[OptionRow]:
        return [option for case in self.cases for option in case.options]

    @property
    def chosen(self) -> OptionRow | None:
        return next((option for option in self.options if option.checked), None)

    @property
    def assessed(self) -> OptionRow | None:
        """What the subject chose for itself."""
        return next((option for option in self.options if option.assessed), None)

    @property
    def answered(self) -> bool:
        return self.chosen is not None


@dataclass(frozen=True)
class SectionRow:
    code: str
    name: str
    max: int
    criteria: tuple[CriterionRow, ...]

    @property
    def answered(self) -> int:
        return sum(criterion.answered for criterion in self.criteria)

    @property
    def points(self) -> int:
        return sum(each.chosen.points for each in self.criteria if each.chosen)


@dataclass(frozen=True)
class PartRow:
    code: str
    name: str
    max: int
    points: int
    sections: tuple[SectionRow, ...]

    @property
    def criteria(self) -> list[CriterionRow]:
        return [criterion for section in self.sections for criterion in section.criteria]


@dataclass(frozen=True)
class Beside:
    """What stands beside the criteria, by code: papers, the subject's choices, the advisory
    team's opinions, how others were scored; and the codes that are missing."""

    evidence: Mapping[str, tuple[Any, ...]]
    assessed: Mapping[str, str | None]
    missing: Collection[str]
    opinions: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    precedents: Mapping[str, Any] = field(default_factory=dict)


NOTHING_BESIDE = Beside({}, {}, ())


def chosen_in(data: Mapping[str, str]) -> dict[str, str | None]:
    """The choices that were sent, by criterion; unknown codes are for the rule to refuse."""
    return {
        name.removeprefix(PREFIX): None if value == NONE else value
        for name, value in data.items()
        if name.startswith(PREFIX) and value
    }


def sheet_rows(
    rubric: Rubric,
    choices: Mapping[str, str | None],
    parts: Mapping[str, int],
    beside: Beside = NOTHING_BESIDE,
) -> list[PartRow]:
    """The whole sheet in the order of the decree, with what is chosen."""
    return [
        PartRow(
            code=part.code,
            name=part.name,
            max=part.max,
            points=parts.get(part.code, 0),
            sections=tuple(
                SectionRow(
                    code=section.code,
                    name=section.name,
                    max=section.max,
                    criteria=tuple(
                        _criterion_row(criterion, choices, beside) for criterion in section.criteria
                    ),
                )
                for section in part.sections
            ),
        )
        for part in rubric.parts
    ]


def _criterion_row(
    criterion: Criterion, choices: Mapping[str, str | None], beside: Beside
) -> CriterionRow:
    code = criterion.code
    return CriterionRow(
        code=code,
        name=criterion.name,
        max=criterion.max,
        anchor=f"tc-{code.replace('.', '-')}",
        clause=criterion.clause,
        requirement=criterion.requirement,
        note=criterion.note,
        cases=tuple(_cases(criterion, choices, beside)),
        evidence=beside.evidence.get(code, ()),
        opinions=beside.opinions.get(code, ()),
        precedent=beside.precedents.get(code),
        is_missing=code in beside.missing,
    )


def _cases(
    criterion: Criterion, choices: Mapping[str, str | None], beside: Beside
) -> list[CaseRow]:
    """The printed cases in their order; last, where no option gives 0, that none is met."""
    grouped: dict[int | None, list[Option]] = {}
    for option in criterion.options:
        grouped.setdefault(option.case, []).append(option)
    rows = [
        CaseRow(
            label=criterion.cases[case - 1] if case else "",
            options=tuple(_option_row(criterion.code, each, choices, beside) for each in options),
        )
        for case, options in grouped.items()
    ]
    if all(option.points for option in criterion.options):
        rows.append(CaseRow("", (_none_row(criterion.code, choices, beside),)))
    return rows


def _option_row(
    code: str, option: Option, choices: Mapping[str, str | None], beside: Beside
) -> OptionRow:
    return OptionRow(
        value=option.id,
        label=option.label,
        points=option.points,
        min_for_star=option.min_for_star,
        checked=choices.get(code) == option.id,
        assessed=beside.assessed.get(code) == option.id,
    )


def _none_row(code: str, choices: Mapping[str, str | None], beside: Beside) -> OptionRow:
    return OptionRow(
        value=NONE,
        label="",
        points=0,
        min_for_star=None,
        checked=code in choices and choices[code] is None,
        assessed=code in beside.assessed and beside.assessed[code] is None,
    )
