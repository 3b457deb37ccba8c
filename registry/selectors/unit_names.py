"""What units were called on a day: a paper and an old figure keep the words of their time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from registry.domain.places import read_name
from registry.models import Unit, UnitName


@dataclass(frozen=True)
class UnitNames:
    """The names that units bore on one day; those that kept theirs are not held."""

    former: Mapping[int, str]

    def name(self, unit: Unit) -> str:
        """“Xã Tân Cương”, whatever it is called today."""
        return self.former.get(unit.pk, unit.name)

    def short_name(self, unit: Unit) -> str:
        """The same without the kind of unit."""
        former = self.former.get(unit.pk)
        return read_name(former).short if former else unit.short_name

    def long_name(self, unit: Unit) -> str:
        """With the names of the units above; needs `parent__parent` to be free of queries."""
        names = []
        above: Unit | None = unit
        while above is not None and not above.is_country:
            names.append(self.name(above))
            above = above.parent
        return ", ".join(names) or self.name(unit)


def names_on(day: date) -> UnitNames:
    """The names of one day, for every unit of a paper: one query."""
    return names_on_days([day])[day]


def names_on_days(days: Iterable[date]) -> dict[date, UnitNames]:
    """The same for several days, with one query for all of them."""
    asked = set(days)
    if not asked:
        return {}
    rows: list[tuple[int, str, date]] = list(
        UnitName.objects.filter(valid_to__gte=min(asked))
        .order_by("-valid_to")  # the earliest that had not ended by the day is written last
        .values_list("unit", "name", "valid_to")
    )
    return {
        day: UnitNames({unit: name for unit, name, ended in rows if ended >= day}) for day in asked
    }
