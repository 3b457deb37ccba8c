"""Subjects that a person may see."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from ocop_portal.accounts.models import User
from registry import shields
from registry.domain.errors import RuleBroken
from registry.domain.text import fold, term
from registry.models import Product, Subject, Unit
from registry.selectors.people import Person, standing_of
from registry.selectors.places import below

WITH_PLACE = (
    "commune__parent__parent",
    "former_commune__parent__parent",
    "craft_village__commune",
)


def visible_subjects(user: Person, on: date) -> QuerySet[Subject]:
    """Subjects that the person works for, and those of the units of the person's postings.

    A subject belongs to the unit that it lies in and to every unit that registers its products.
    """
    rows = Subject.objects.select_related(*WITH_PLACE).order_by("name", "id")
    if not isinstance(user, User):
        return rows.none()
    standing = standing_of(user, on)
    seen = Q(pk__in=standing.subject_ids) | shields.opened(Subject, user, on)
    if standing.is_nationwide:
        return shields.shielded(rows, user, on)
    for path in standing.paths:
        makers = Product.objects.filter(below(path)).order_by().values("subject")
        seen |= below(path) | Q(pk__in=makers)
    return shields.shielded(rows.filter(seen), user, on)


def own_subjects(user: Person, on: date) -> QuerySet[Subject]:
    """Subjects that the person works for as owner or editor."""
    return (
        Subject.objects.filter(pk__in=standing_of(user, on).subject_ids)
        .select_related(*WITH_PLACE)
        .order_by("name", "id")
    )


def same_subject(*, name: str, tax_code: str, commune: Unit) -> Subject | None:
    """The subject that a line of a register means: by tax code, else by name in its commune.

    Marks, case and double spaces in the name do not count. Two with one name are refused: the
    line has to say which by a tax code.
    """
    found = KnownSubjects([commune.pk], [tax_code]).find(name, tax_code, commune.pk)
    return Subject.objects.get(pk=found) if found else None


class KnownSubjects:
    """The subjects of some communes and tax codes, read once: which one does a line mean?"""

    def __init__(self, communes: Iterable[int], tax_codes: Iterable[str]) -> None:
        self._by_code: dict[str, int] = {}
        self._by_name: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
        near = Q(commune__in=set(communes)) | Q(tax_code__in=set(tax_codes) - {""})
        rows = Subject.objects.filter(near).order_by("pk")
        for row in rows.values_list("pk", "name", "tax_code", "commune"):
            self.add(*row)

    def add(self, pk: int, name: str, tax_code: str, commune: int) -> None:
        """One that is known besides."""
        if tax_code:
            self._by_code[tax_code] = pk
        self._by_name[fold(name), commune].append((pk, tax_code))

    def find(self, name: str, tax_code: str, commune: int) -> int | None:
        """The key of the subject that `same_subject` promises."""
        if tax_code and (known := self._by_code.get(tax_code)):
            return known
        named = self._by_name.get((fold(name), commune), ())
        alike = [pk for pk, code in named if not (tax_code and code)]
        if len(alike) > 1:
            raise RuleBroken(
                "subject.two_alike",
                term("Trong xã có %(count)s chủ thể cùng tên “%(name)s”; hãy ghi mã số thuế."),
                field="subject",
                count=len(alike),
                name=name,
            )
        return alike[0] if alike else None
