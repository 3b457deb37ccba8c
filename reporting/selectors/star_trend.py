"""How the stars became more or fewer: the ends of the last years, and the day itself."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Count, Q, Sum

from promotion.models import Recognition
from registry.domain.places import COUNTRY_PATH
from registry.models import Unit
from reporting.selectors import star_counts
from reporting.selectors.star_choices import Choice, Validity, wanted

MANY = 2  # values narrowed at once: no margin knows them
Counts = dict[tuple[date, int], int]


def trend(choice: Choice, *, provinces: Mapping[str, Unit]) -> list[tuple[date, dict[int, int]]]:
    """How many products held each star on these days, by star, province and the other values.

    It follows whole provinces: a lesser place and the validity of the choice are left aside.
    """
    asked = replace(choice, commune="", former="", validity=Validity.VALID)
    days = star_counts.days(choice.on)
    counts: Counter[tuple[date, int]] = Counter()
    whole: set[date] = set()
    if not asked.province and len(asked.narrowed) < MANY:
        whole = star_counts.whole_in_step(days)
        counts.update(_stored(asked, provinces, Q(province__path=COUNTRY_PATH), whole))
    rest = [day for day in days if day not in whole]
    counts.update(_of_provinces(asked, star_counts.scope(asked, provinces), rest))
    stars = sorted({star for _day, star in counts})
    return [(day, {star: counts[day, star] for star in stars}) for day in days]


def _of_provinces(asked: Choice, provinces: Mapping[str, Unit], days: Sequence[date]) -> Counts:
    """From the provinces that are in step, day by day, and the recognitions of the others."""
    if not days:
        return {}
    alike: dict[frozenset[int], list[date]] = defaultdict(list)
    for day, in_step in star_counts.in_step(days, provinces).items():
        alike[in_step].append(day)
    counts: Counter[tuple[date, int]] = Counter()
    for in_step, some in alike.items():
        if in_step:
            counts.update(_stored(asked, provinces, Q(province__in=in_step), some))
        if len(in_step) < len(provinces):
            counts.update(_raw(asked, provinces, in_step, some))
    return counts


def _stored(asked: Choice, provinces: Mapping[str, Unit], where: Q, days: Iterable[date]) -> Counts:
    rows = star_counts.stored(asked, provinces).filter(where, counted_for__in=days)
    sums = rows.values_list("counted_for", "stars").annotate(Sum("products"))
    return {(day, stars): count for day, stars, count in sums}


def _raw(
    asked: Choice, provinces: Mapping[str, Unit], in_step: frozenset[int], days: Sequence[date]
) -> Counts:
    """One query over the recognitions, whatever the number of days."""
    spans = Recognition.objects.filter(
        starts_on__lte=max(days), ends_on__gte=min(days), **wanted(asked, provinces)
    ).exclude(province__in=in_step)
    counts = {
        f"d{place}": Count("pk", filter=Q(starts_on__lte=day, ends_on__gte=day))
        for place, day in enumerate(days)
    }
    rows = spans.order_by().values_list("stars").annotate(**counts)
    return {(day, stars): found[place] for stars, *found in rows for place, day in enumerate(days)}
