"""Lines of a register kept through the services of the lower apps, and unmade again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ocop_portal.accounts.models import User
from registry.domain.errors import RuleBroken
from registry.models import Product, ProductSet, Subject, Unit
from registry.selectors import KnownSubjects
from registry.services import entries, entry_removals
from reporting.domain.register_lines import Line, Past
from reporting.models import RegisterLine
from scoring.services import past_recognitions, past_withdrawals

Made = dict[str, Any]


def keep(lines: Sequence[Line], *, by: User, at: datetime) -> list[Made]:
    """Writes what is not there yet; answers, by line, the keys of what it made and nothing else.

    One line that is refused keeps all of them out.
    """
    names = _Names(lines)
    made: list[Made] = [{} for _line in lines]
    subjects = _subjects(lines, made, names, by, at)
    entered = entries.enter_products(
        [
            entries.ProductEntry(subject, line.product, names.sets_of(line))
            for line, subject in zip(lines, subjects, strict=True)
        ],
        by=by,
        at=at,
    )
    pasts = [
        names.past(past, each.product)
        for line, each in zip(lines, entered, strict=True)
        for past in line.recognitions
    ]
    recorded = iter(past_recognitions.record_many(pasts, by=by, at=at))
    for line, each, keys in zip(lines, entered, made, strict=True):
        if each.is_new:
            keys["product"] = each.product.pk
        found = [next(recorded) for _past in line.recognitions]
        keys["certificates"] = [one.certificate.pk for one in found if one.is_new]
    return made


def unmake(rows: Sequence[RegisterLine], *, by: User, at: datetime) -> None:
    """Takes back what the lines made, the last first; refused whole where a part is in use.

    `rows` are given the last first too, so that a subject goes after its products.
    """
    made = [row.made for row in rows]
    certificates = [pk for keys in made for pk in reversed(keys.get("certificates", []))]
    past_withdrawals.take_back_many(certificates, by=by, at=at)
    products = [keys["product"] for keys in made if "product" in keys]
    entry_removals.remove_products(products, by=by, at=at)
    subjects = [keys["subject"] for keys in made if "subject" in keys]
    entry_removals.remove_subjects(subjects, by=by, at=at)


class _Names:
    """Units and sets that the lines name, read once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        places = {key for line in lines for key in (line.place.commune, line.place.former)}
        pasts = [past for line in lines for past in line.recognitions]
        units = Unit.objects.select_related("parent__parent")
        self.units = units.in_bulk({*places - {None}, *(past.authority.unit for past in pasts)})
        self.sets = ProductSet.objects.in_bulk({past.product_set for past in pasts})

    def sets_of(self, line: Line) -> list[ProductSet]:
        return [self.sets[pk] for pk in sorted({past.product_set for past in line.recognitions})]

    def past(self, past: Past, product: Product) -> past_recognitions.PastRecognition:
        return past_recognitions.PastRecognition(
            product=product,
            stars=past.stars,
            number=past.number,
            decided_on=past.decided_on,
            level=past.authority.level,
            unit=self.units[past.authority.unit],
            product_set=self.sets[past.product_set],
            ends_on=past.ends_on,
        )

    def entry(self, line: Line) -> entries.EntryFields:
        former = line.place.former
        return {
            "name": line.subject,
            "kind": line.kind,
            "tax_code": line.tax_code,
            "commune": self.units[line.place.commune],
            "former_commune": self.units[former] if former else None,
            "address_line": line.address,
            "representative_name": line.representative,
            "phone": line.phone,
        }


def _subjects(
    lines: Sequence[Line], made: Sequence[Made], names: _Names, by: User, at: datetime
) -> list[Subject]:
    """The subject of each line: known, or entered by the first line that names it."""
    known = KnownSubjects((line.place.commune for line in lines), (line.tax_code for line in lines))
    new: list[int] = []  # the places of the lines that enter one; known by the key below 0
    keys = []
    for place, line in enumerate(lines):
        key = known.find(line.subject, line.tax_code, line.place.commune)
        if key is None:
            new.append(place)
            key = -len(new)
            known.add(key, line.subject, line.tax_code, line.place.commune)
        keys.append(key)
    entered = entries.enter_subjects([names.entry(lines[place]) for place in new], by=by, at=at)
    for place, subject in zip(new, entered, strict=True):
        made[place]["subject"] = subject.pk
    rows = Subject.objects.prefetch_related("commune__parent__parent", "former_commune")
    held = rows.in_bulk({key for key in keys if key > 0})
    return [held[key] if key > 0 else entered[-key - 1] for key in keys]


def refusal_facts(refusal: RuleBroken) -> list[Any]:
    """A refusal as it is stored with a line: sentence and facts, to be told in any language."""
    facts = {name: str(value) for name, value in refusal.facts.items()}
    return [refusal.code, refusal.message, facts]
