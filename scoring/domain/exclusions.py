"""Grounds that end the scoring: what a set excludes, and the notes under its criteria.

Some grounds are facts that people find (a forged file, foreign matter that endangers health);
they are reported by id. Others follow from the sheet itself (0 points for a sensory item of
bottled water; no story, therefore no points for its structure) and are drawn from the choices.
"""

from collections.abc import Collection, Mapping

from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring.domain.rubric import Effect, Rubric, Rule

LONGEST_ID = 60


def read_findings(rubric: Rubric, raw: object) -> frozenset[str]:
    """The findings as sent: a list of ids of this rubric; anything else is refused."""
    if not isinstance(raw, list | tuple) or not all(isinstance(found, str) for found in raw):
        raise RuleBroken(
            "findings.malformed",
            term("Danh sách phát hiện phải là các định danh."),
            field="findings",
        )
    known = {exclusion.id for exclusion in rubric.exclusions}
    known |= {rule.id for _, rule in rubric.rules}
    for found in raw:
        if found not in known:
            raise RuleBroken(
                "findings.unknown",
                term("Bộ tiêu chí này không có căn cứ “%(id)s”."),
                field="findings",
                id=found[:LONGEST_ID],
            )
    return frozenset(raw)


def stopped_by(
    rubric: Rubric, points: Mapping[str, int], findings: Collection[str]
) -> tuple[str, ...]:
    """The ids of all grounds that end the scoring; `points` are those chosen so far."""
    excluded = tuple(each.id for each in rubric.exclusions if each.id in findings)
    return excluded + tuple(
        rule.id
        for _, rule in rubric.rules
        if rule.effect is not Effect.ZERO and _is_met(rule, points, findings)
    )


def zeroed(rubric: Rubric, points: Mapping[str, int], findings: Collection[str]) -> tuple[str, ...]:
    """The codes of criteria that do not apply, in the order of the sheet."""
    return tuple(
        dict.fromkeys(
            criterion.code
            for criterion, rule in rubric.rules
            if rule.effect is Effect.ZERO and _is_met(rule, points, findings)
        )
    )


def _is_met(rule: Rule, points: Mapping[str, int], findings: Collection[str]) -> bool:
    """Found by people, or drawn from the sheet; a criterion not yet answered meets nothing."""
    return rule.id in findings or any(points.get(code) == 0 for code in rule.if_zero)
