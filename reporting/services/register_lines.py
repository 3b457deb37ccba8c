"""One line of a register kept through the services of the lower apps, and unmade again."""

from datetime import datetime
from typing import Any

from ocop_portal.accounts.models import User
from registry.domain.errors import RuleBroken
from registry.domain.text import slug
from registry.models import Product, ProductSet, Subject, Unit
from registry.selectors import same_subject
from registry.services import entries
from reporting.domain.register_lines import Line, Past
from reporting.models import RegisterLine
from scoring.models import Certificate
from scoring.services import past_recognitions

Made = dict[str, Any]


def keep(line: Line, *, by: User, at: datetime) -> Made:
    """Writes what is not there yet; answers the keys of what it made, and of nothing else."""
    made: Made = {}
    subject = _subject(line, made, by, at)
    product = _product(line, subject, made, by, at)
    made["certificates"] = [
        certificate.pk
        for past in line.recognitions
        if (certificate := _recognition(past, product, by, at)) is not None
    ]
    return made


def unmake(row: RegisterLine, *, by: User, at: datetime) -> None:
    """Takes back what the line made, the last first; refused whole where a part is in use."""
    for pk in reversed(row.made.get("certificates", [])):
        if certificate := Certificate.objects.filter(pk=pk).first():
            past_recognitions.take_back(certificate, by=by, at=at)
    if product := Product.objects.filter(pk=row.made.get("product")).first():
        entries.remove_product(product, by=by, at=at)
    if subject := Subject.objects.filter(pk=row.made.get("subject")).first():
        entries.remove_subject(subject, by=by, at=at)


def _subject(line: Line, made: Made, by: User, at: datetime) -> Subject:
    commune = Unit.objects.select_related("parent__parent").get(pk=line.place.commune)
    known = same_subject(name=line.subject, tax_code=line.tax_code, commune=commune)
    if known is not None:
        return known
    former = Unit.objects.filter(pk=line.place.former).first() if line.place.former else None
    subject = entries.enter_subject(
        name=line.subject,
        kind=line.kind,
        tax_code=line.tax_code,
        commune=commune,
        former_commune=former,
        address_line=line.address,
        representative_name=line.representative,
        phone=line.phone,
        by=by,
        at=at,
    )
    made["subject"] = subject.pk
    return subject


def _product(line: Line, subject: Subject, made: Made, by: User, at: datetime) -> Product:
    is_known = Product.objects.filter(subject=subject, slug=slug(line.product)).exists()
    sets = ProductSet.objects.filter(pk__in={past.product_set for past in line.recognitions})
    product = entries.enter_product(
        subject, name=line.product, product_sets=list(sets.order_by("pk")), by=by, at=at
    )
    if not is_known:
        made["product"] = product.pk
    return product


def _recognition(past: Past, product: Product, by: User, at: datetime) -> Certificate | None:
    """The certificate where the portal did not hold it yet."""
    held = Certificate.objects.filter(
        product=product,
        decision__unit=past.authority.unit,
        decision__year=past.decided_on.year,
        decision__number=past.number,
    )
    before = held.first()
    certificate = past_recognitions.record(
        product,
        stars=past.stars,
        number=past.number,
        decided_on=past.decided_on,
        level=past.authority.level,
        unit=Unit.objects.get(pk=past.authority.unit),
        product_set=ProductSet.objects.get(pk=past.product_set),
        ends_on=past.ends_on,
        by=by,
        at=at,
    )
    return None if before else certificate


def refusal_facts(refusal: RuleBroken) -> list[Any]:
    """A refusal as it is stored with a line: sentence and facts, to be told in any language."""
    facts = {name: str(value) for name, value in refusal.facts.items()}
    return [refusal.code, refusal.message, facts]
