"""Which council of its level a dossier waits for, where a regime names more than one.

The councils of a level score in their order (`regime.stages[].bodies`). Whose turn it is follows
from the dossier's newest result: one that was passed on at this level asks for the next council,
anything else for the first.
"""

from collections.abc import Iterator

from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from cycle.models import Dossier
from registry.domain.regime import Body, Level, Stage
from registry.domain.text import sort_key
from registry.models import ProductSet
from registry.selectors import regime, regimes
from scoring.domain.chain import OutcomeKind
from scoring.models import Council, Rating


def stages_at(level: Level) -> Iterator[tuple[str, Stage]]:
    """Every regime that scores at a level, by its code, with its stage there."""
    for law in regimes():
        if law.scoring and law.scores_at(level):
            yield law.code, law.stage(level)


def bodies_at(level: Level) -> list[Body]:
    """The councils that may be appointed at a level under any regime, each code once."""
    found: dict[str, Body] = {}
    for _code, stage in stages_at(level):
        for body in stage.bodies:
            if len(stage.bodies) > 1 or body.code not in found:
                found[body.code] = body
    return list(found.values())


def groups_by_body(level: Level, code: str) -> list[str]:
    """The groups of products for which councils of this code may be appointed, in their order."""
    laws = [
        law
        for law, stage in stages_at(level)
        if any(body.code == code and body.by_group for body in stage.bodies)
    ]
    named = ProductSet.objects.filter(regime__in=laws).exclude(industry="")
    return sorted(set(named.values_list("industry", flat=True)), key=sort_key)


def due_body(dossier: Dossier) -> Body:
    """The council of its level whose turn the dossier is."""
    stage = regime(dossier.regime).stage(Level(dossier.level))
    newest = Rating.objects.filter(dossier=dossier).order_by("-concluded_at", "-id").first()
    was_passed_on = (
        newest is not None
        and newest.level == dossier.level
        and newest.result is OutcomeKind.PASSED_ON
    )
    following = stage.body_after(newest.body) if newest and was_passed_on else None
    return following or stage.bodies[0]


def for_body_of(council: Council, dossiers: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Of dossiers at the council's level those whose turn it is before this very council."""
    newest = Rating.objects.filter(dossier=OuterRef("pk")).order_by("-concluded_at", "-id")
    rows = dossiers.annotate(
        newest_level=Coalesce(Subquery(newest.values("level")[:1]), Value("")),
        newest_outcome=Coalesce(Subquery(newest.values("outcome")[:1]), Value("")),
        newest_body=Coalesce(Subquery(newest.values("body")[:1]), Value("")),
    )
    passed_on = Q(newest_level=council.level, newest_outcome=OutcomeKind.PASSED_ON.value)
    due = Q(pk__in=[])
    for code, stage in stages_at(Level(council.level)):
        for before, body in zip((None, *stage.bodies), stage.bodies, strict=False):
            if body.code != council.body:
                continue
            turn = passed_on & Q(newest_body=before.code) if before else ~passed_on
            if body.by_group:
                turn &= Q(product_set__industry__in=council.groups)
            due |= Q(regime=code) & turn
    return rows.filter(due)
