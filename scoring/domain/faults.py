"""Everything that is wrong with a rubric, named at once.

A rubric may be published for scoring only without a fault: the points of the criteria add up to
their section, the sections to their part, the parts to the maxima of the decree (35/25/40 or
40/25/35) and to 100, every criterion can reach its maximum and no more, nothing stands twice,
and every mark for a star can be reached. Options that the source does not tell apart are no
fault as long as they are marked unverified.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeVar

from registry.domain.text import term
from scoring.domain.rubric import Criterion, Effect, Part, Rubric, Section

T = TypeVar("T")
MOST_WITHHOLDING = 6
_STARS_WITH_GATES = (3, 4, 5)


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong; `where` is the code of the part, section, criterion or option.

    `message` has named places that `facts` fills, so that it can be translated when shown.
    """

    code: str
    where: str
    message: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.message % self.facts if self.facts else self.message

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


def faults(rubric: Rubric, *, part_maxima: Mapping[str, int]) -> tuple[Fault, ...]:
    """All faults in the order of the table; `part_maxima` are those of the regime."""
    if not rubric.parts:
        return (Fault("empty", "", term("Chưa có dữ liệu tiêu chí.")),)
    return (
        *_part_faults(rubric, part_maxima),
        *_repeated_codes(rubric),
        *(fault for part in rubric.parts for fault in _sums_of_part(part)),
        *(fault for section in rubric.sections() for fault in _sums_of_section(section)),
        *_repeated_ids(rubric),
        *(fault for criterion in rubric.criteria for fault in _criterion_faults(criterion)),
        *_rule_faults(rubric),
        *_too_many_withholding(rubric),
    )


def _part_faults(rubric: Rubric, part_maxima: Mapping[str, int]) -> Iterator[Fault]:
    found = {part.code: part.max for part in rubric.parts}
    for code, maximum in part_maxima.items():
        if code not in found:
            yield _fault("part_missing", code, term("Thiếu phần này."))
        elif found[code] != maximum:
            yield _fault(
                "part_max",
                code,
                term("Phần này ghi tối đa %(found)s điểm, quy định là %(due)s."),
                found=found[code],
                due=maximum,
            )
    for code in found.keys() - part_maxima.keys():
        yield _fault("part_unknown", code, term("Quy định không có phần này."))
    reached = sum(criterion.max for criterion in rubric.criteria)
    due = sum(part_maxima.values())
    if reached != due:
        text = term("Các tiêu chí cộng lại được %(found)s điểm, không phải %(due)s.")
        yield _fault("total", "", text, found=reached, due=due)


def _sums_of_part(part: Part) -> Iterator[Fault]:
    reached = sum(section.max for section in part.sections)
    if reached != part.max:
        text = term("Các mục của phần cộng lại được %(found)s điểm, phần ghi %(due)s.")
        yield _fault("part_sum", part.code, text, found=reached, due=part.max)


def _sums_of_section(section: Section) -> Iterator[Fault]:
    reached = sum(criterion.max for criterion in section.criteria)
    if reached != section.max:
        text = term("Các tiêu chí của mục cộng lại được %(found)s điểm, mục ghi %(due)s.")
        yield _fault("section_sum", section.code, text, found=reached, due=section.max)


def _repeated_codes(rubric: Rubric) -> Iterator[Fault]:
    groups: tuple[Iterable[str], ...] = (
        [part.code for part in rubric.parts],
        [section.code for section in rubric.sections()],
        [criterion.code for criterion in rubric.criteria],
    )
    for codes in groups:
        for code in _twice(codes):
            yield _fault("repeated_code", code, term("Mã này đứng hai lần."))


def _repeated_ids(rubric: Rubric) -> Iterator[Fault]:
    ids = [option.id for criterion in rubric.criteria for option in criterion.options]
    ids += [rule.id for _, rule in rubric.rules]
    ids += [exclusion.id for exclusion in rubric.exclusions]
    for found in _twice(ids):
        yield _fault("repeated_id", found, term("Định danh này đứng hai lần."))


def _criterion_faults(criterion: Criterion) -> Iterator[Fault]:
    code = criterion.code
    points = [option.points for option in criterion.options]
    if not points:
        yield _fault("no_options", code, term("Tiêu chí không có mức điểm nào."))
        return
    if max(points) < criterion.max:
        text = term("Không mức nào đạt tối đa %(due)s điểm.")
        yield _fault("max_not_reached", code, text, due=criterion.max)
    for option in criterion.options:
        if not 0 <= option.points <= criterion.max:
            text = term("Mức %(found)s điểm nằm ngoài khoảng 0–%(due)s.")
            yield _fault("option_points", option.id, text, found=option.points, due=criterion.max)
    yield from _case_faults(criterion)
    yield from _unclear_options(criterion)
    yield from _gate_faults(criterion)


def _case_faults(criterion: Criterion) -> Iterator[Fault]:
    known: set[int | None] = set(range(1, len(criterion.cases) + 1)) or {None}
    for option in criterion.options:
        if option.case not in known:
            text = term("Mức này không thuộc trường hợp nào của tiêu chí.")
            yield _fault("option_case", option.id, text)
    for case in known - {option.case for option in criterion.options}:
        text = term("Trường hợp %(case)s không có mức điểm nào.")
        yield _fault("empty_case", criterion.code, text, case=case)


def _unclear_options(criterion: Criterion) -> Iterator[Fault]:
    plain = [option for option in criterion.options if not option.unverified]
    if _twice(option.label for option in plain):
        text = term("Hai mức có cùng mô tả mà chưa đánh dấu là chưa kiểm chứng.")
        yield _fault("same_label", criterion.code, text)
    if _twice((option.case, option.points) for option in plain):
        text = term("Hai mức có cùng số điểm mà chưa đánh dấu là chưa kiểm chứng.")
        yield _fault("same_points", criterion.code, text)


def _gate_faults(criterion: Criterion) -> Iterator[Fault]:
    gates = sorted(criterion.gates, key=lambda gate: gate.star)
    for gate in gates:
        if gate.star not in _STARS_WITH_GATES:
            text = term("Không có ngưỡng cho %(star)s sao.")
            yield _fault("gate_star", criterion.code, text, star=gate.star)
        for case in {option.case for option in criterion.options}:
            best = max(option.points for option in criterion.options if option.case == case)
            if best < gate.min_points:
                text = term("Trường hợp %(case)s không có mức nào đạt ngưỡng %(star)s sao.")
                yield _fault("gate_shut", criterion.code, text, case=case, star=gate.star)
    for lower, higher in pairwise(gates):
        if lower.star == higher.star or lower.min_points >= higher.min_points:
            text = term("Ngưỡng của %(star)s sao không cao hơn ngưỡng trước nó.")
            yield _fault("gate_order", criterion.code, text, star=higher.star)


def _rule_faults(rubric: Rubric) -> Iterator[Fault]:
    for criterion, rule in rubric.rules:
        for code in rule.if_zero:
            if code not in rubric.by_code:
                text = term("Ghi chú dẫn tới tiêu chí %(criterion)s không có trong bộ.")
                yield _fault("rule_target", rule.id, text, criterion=code)
            elif rule.effect is Effect.ZERO and code == criterion.code:
                text = term("Một tiêu chí không thể tự làm mất điểm của chính nó.")
                yield _fault("rule_self", rule.id, text)


def _too_many_withholding(rubric: Rubric) -> Iterator[Fault]:
    """The planner looks at every choice among them, so there may be a few and no more."""
    named = {
        code for _, rule in rubric.rules if rule.effect is Effect.ZERO for code in rule.if_zero
    }
    if len(named) > MOST_WITHHOLDING:
        text = term("Có %(found)s tiêu chí làm mất điểm tiêu chí khác, nhiều nhất là %(due)s.")
        yield _fault("rule_many", "", text, found=len(named), due=MOST_WITHHOLDING)


def _fault(code: str, where: str, text: str, **facts: object) -> Fault:
    return Fault(code, where, text, facts)


def _twice(values: Iterable[T]) -> list[T]:
    return [value for value, times in Counter(values).items() if times > 1]
