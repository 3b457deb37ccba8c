"""Shapes of the public rubric engine, for the schema and for writing answers."""

from typing import Any

from rest_framework import serializers

from scoring.domain.evaluation import Evaluation
from scoring.domain.planner import Planning
from scoring.domain.rubric import Criterion, Part, Rubric, Section


class RubricRowSerializer(serializers.Serializer[Any]):
    """A line of the list of rubrics."""

    regime = serializers.CharField()
    set = serializers.IntegerField(source="set_number")
    name = serializers.CharField()
    status = serializers.CharField(source="state")


class OptionSerializer(serializers.Serializer[Any]):
    """A level of a criterion; `case` where the criterion prints two cases."""

    id = serializers.CharField()
    points = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment] # a field of that name, not its label
    case = serializers.IntegerField(allow_null=True)
    min_for_star = serializers.IntegerField(allow_null=True)


class CriterionSerializer(serializers.Serializer[Any]):
    """A line of the sheet."""

    code = serializers.CharField()
    name = serializers.CharField()
    max = serializers.IntegerField()
    options = OptionSerializer(many=True)


class SectionSerializer(serializers.Serializer[Any]):
    """A heading with its criteria."""

    code = serializers.CharField()
    name = serializers.CharField()
    max = serializers.IntegerField()
    criteria = CriterionSerializer(many=True)


class PartSerializer(serializers.Serializer[Any]):
    """Part A, B or C."""

    code = serializers.CharField()
    max = serializers.IntegerField()
    sections = SectionSerializer(many=True)


class ExclusionSerializer(serializers.Serializer[Any]):
    """A ground at the head of the set that may be reported as a finding."""

    id = serializers.CharField()
    text = serializers.CharField()


class StopRuleSerializer(serializers.Serializer[Any]):
    """A note under a criterion that may be reported as a finding.

    Where `if_zero` names criteria, 0 points there meets the note without being reported.
    """

    id = serializers.CharField()
    criterion = serializers.CharField()
    when = serializers.CharField()
    effect = serializers.ChoiceField(choices=["excluded", "stop", "zero"])
    if_zero = serializers.ListField(child=serializers.CharField())


class RubricSerializer(serializers.Serializer[Any]):
    """A rubric; `edition` is the hash of its content, `unverified` names unclear options."""

    regime = serializers.CharField()
    set = serializers.IntegerField()
    name = serializers.CharField()
    edition = serializers.CharField()
    status = serializers.CharField()
    parts = PartSerializer(many=True)
    decree = serializers.CharField()
    clause = serializers.CharField()
    note = serializers.CharField()
    exclusions = ExclusionSerializer(many=True)
    stop_rules = StopRuleSerializer(many=True)
    cases = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    unverified = serializers.ListField(child=serializers.CharField())
    faults = serializers.ListField(child=serializers.CharField())


class ChoicesSerializer(serializers.Serializer[Any]):
    """What is evaluated: criterion code → option id, or null where no option is met."""

    choices = serializers.DictField(child=serializers.CharField(allow_null=True))
    findings = serializers.ListField(child=serializers.CharField(), required=False)
    plan = serializers.BooleanField(
        required=False, default=False, help_text="Kèm các nhóm thay đổi nhỏ nhất để lên hạng sao."
    )


class GateSerializer(serializers.Serializer[Any]):
    """A minimum for a number of stars, and the points that the sheet has on it."""

    criterion = serializers.CharField()
    star = serializers.IntegerField()
    min_points = serializers.IntegerField()
    points = serializers.IntegerField()
    met = serializers.BooleanField()


class ChangeSerializer(serializers.Serializer[Any]):
    """A criterion to bring from one option (null: none met) to another; what the total gains."""

    criterion = serializers.CharField()
    to = serializers.CharField()
    points_gained = serializers.IntegerField()

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of the language, so the field cannot be written like the others."""
        return {**super().get_fields(), "from": serializers.CharField(allow_null=True)}


class PlanSerializer(serializers.Serializer[Any]):
    """One of the smallest sets of changes, with the total and the stars after it."""

    changes = ChangeSerializer(many=True)
    total = serializers.IntegerField()
    stars = serializers.IntegerField()


class EvaluationSerializer(serializers.Serializer[Any]):
    """The result of a sheet; `stars` is null where it is incomplete, ended or not recognised."""

    complete = serializers.BooleanField()
    missing = serializers.ListField(child=serializers.CharField())
    parts = serializers.DictField(child=serializers.IntegerField())
    total = serializers.IntegerField()
    band = serializers.IntegerField(allow_null=True)
    stars = serializers.IntegerField(allow_null=True)
    gates = GateSerializer(many=True)
    stopped_by = serializers.ListField(child=serializers.CharField())
    zeroed = serializers.ListField(child=serializers.CharField())
    plans = PlanSerializer(many=True, required=False, help_text="Chỉ có khi yêu cầu plan.")
    plan_target = serializers.IntegerField(required=False, allow_null=True)
    plans_more = serializers.IntegerField(
        required=False, help_text="Số nhóm thay đổi cùng cỡ chưa liệt kê."
    )


class RefusalSerializer(serializers.Serializer[Any]):
    """The one error shape."""

    code = serializers.CharField()
    message = serializers.CharField()
    field = serializers.CharField(allow_blank=True)


def rubric_answer(rubric: Rubric) -> dict[str, Any]:
    """The rubric as its readers see it; edition, status and faults are added by the view."""
    return {
        "regime": rubric.regime,
        "set": rubric.number,
        "name": rubric.name,
        "parts": [_part(part) for part in rubric.parts],
        "decree": rubric.decree,
        "clause": rubric.clause,
        "note": rubric.note,
        "exclusions": [{"id": each.id, "text": each.text} for each in rubric.exclusions],
        "stop_rules": [
            {
                "id": rule.id,
                "criterion": criterion.code,
                "when": rule.when,
                "effect": rule.effect.value,
                "if_zero": list(rule.if_zero),
            }
            for criterion, rule in rubric.rules
        ],
        "cases": {each.code: list(each.cases) for each in rubric.criteria if each.cases},
        "unverified": [
            option.id for each in rubric.criteria for option in each.options if option.unverified
        ],
    }


def evaluation_answer(found: Evaluation) -> dict[str, Any]:
    """An evaluation in the shape that `EvaluationSerializer` describes."""
    return {
        "complete": found.complete,
        "missing": list(found.missing),
        "parts": dict(found.parts),
        "total": found.total,
        "band": found.band,
        "stars": found.stars,
        "gates": [
            {
                "criterion": gate.criterion,
                "star": gate.star,
                "min_points": gate.min_points,
                "points": gate.points,
                "met": gate.met,
            }
            for gate in found.gates
        ],
        "stopped_by": list(found.stopped_by),
        "zeroed": list(found.zeroed),
    }


def plans_answer(found: Planning) -> dict[str, Any]:
    """The plans of one sheet in the shape that `EvaluationSerializer` describes."""
    return {
        "plans": [
            {
                "changes": [
                    {
                        "criterion": change.criterion,
                        "from": change.chosen.id if change.chosen else None,
                        "to": change.aim.id,
                        "points_gained": change.gained,
                    }
                    for change in plan.changes
                ],
                "total": plan.total.points,
                "stars": plan.stars,
            }
            for plan in found.plans
        ],
        "plan_target": found.target,
        "plans_more": found.more,
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "code": part.code,
        "max": part.max,
        "sections": [_section(section) for section in part.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    return {
        "code": section.code,
        "name": section.name,
        "max": section.max,
        "criteria": [_criterion(criterion) for criterion in section.criteria],
    }


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "code": criterion.code,
        "name": criterion.name,
        "max": criterion.max,
        "options": [
            {
                "id": option.id,
                "points": option.points,
                "label": option.label,
                "case": option.case,
                "min_for_star": option.min_for_star,
            }
            for option in criterion.options
        ],
    }
