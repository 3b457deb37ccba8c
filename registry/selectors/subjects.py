"""Subjects that a person may see."""

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
    if tax_code and (known := Subject.objects.filter(tax_code=tax_code).first()):
        return known
    wanted = fold(name)
    alike = [
        each
        for each in Subject.objects.filter(commune=commune).order_by("pk")
        if fold(each.name) == wanted and not (tax_code and each.tax_code)
    ]
    if len(alike) > 1:
        raise RuleBroken(
            "subject.two_alike",
            term("Trong xã có %(count)s chủ thể cùng tên “%(name)s”; hãy ghi mã số thuế."),
            field="subject",
            count=len(alike),
            name=name,
        )
    return alike[0] if alike else None
