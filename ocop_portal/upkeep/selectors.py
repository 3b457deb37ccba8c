"""The latest run, rule by rule."""

from collections import defaultdict
from dataclasses import dataclass, field

from ocop_portal.upkeep.invariants import Invariant, registered
from ocop_portal.upkeep.models import CheckFinding, CheckRun

SHOWN_OF_A_RULE = 50


@dataclass
class RuleResult:
    """One rule with what the run found against it; the broken ones stand first."""

    rule: Invariant
    count: int = 0
    findings: list[CheckFinding] = field(default_factory=list)


def latest_run() -> CheckRun | None:
    """The newest run that came to its end."""
    return CheckRun.objects.filter(ended_at__isnull=False).first()


def earlier_runs(number: int) -> list[CheckRun]:
    """The last runs, the newest first; one that was cut off too."""
    return list(CheckRun.objects.all()[:number])


def results_of(run: CheckRun) -> list[RuleResult]:
    """Every rule as the run found it, broken ones first."""
    found: dict[str, list[CheckFinding]] = defaultdict(list)
    for row in run.findings.all():
        found[row.rule].append(row)
    rules = [
        RuleResult(rule, len(found[rule.code]), found[rule.code][:SHOWN_OF_A_RULE])
        for rule in registered()
    ]
    return sorted(rules, key=lambda each: (not each.count, each.rule.code))
