"""Registers subjects and keeps what is known of them."""

from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.db import IntegrityError, transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry import signals
from registry.domain import tax_code as tax_codes
from registry.domain.clock import legal_day
from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken, Stale
from registry.domain.roles import Role
from registry.domain.text import fold, nfc, term
from registry.models import Evidence, Posting, Product, Subject, Unit
from registry.permissions import may_edit_subject, may_register_subject
from registry.services import communes, subject_changes
from registry.services.search_texts import product_search_text


class SubjectFields(TypedDict):
    """What is asked of a subject."""

    name: str
    kind: SubjectKind
    representative_name: str
    phone: str
    commune: Unit
    former_commune: NotRequired[Unit | None]
    tax_code: NotRequired[str]
    registration_number: NotRequired[str]
    registered_on: NotRequired[date | None]
    representative_gender: NotRequired[str]
    representative_ethnicity: NotRequired[str]
    representative_has_disability: NotRequired[bool]
    email: NotRequired[str]
    address_line: NotRequired[str]


@transaction.atomic
def register(*, by: User, at: datetime, **fields: Unpack[SubjectFields]) -> Subject:
    """A new subject, owned by the person who registers it.

    Refused: a tax code that fails its check digit or belongs to another subject, a commune that
    is none of today's, a former commune whose land did not become this commune.
    """
    require(may_register_subject(by))
    subject = Subject(created_at=at)
    _fill(subject, fields, at)
    try:
        with transaction.atomic():
            subject.save(force_insert=True)
    except IntegrityError as error:
        raise _tax_code_taken(subject) from error
    Posting.objects.create(user=by, role=Role.OWNER, subject=subject, starts_on=legal_day(at))
    journal.record(
        "registry.subject.registered",
        subject=subject,
        actor=by,
        at=at,
        facts={"kind": subject.kind, "commune": subject.commune.code},
    )
    return subject


@transaction.atomic
def update(
    subject: Subject,
    *,
    version: int,
    by: User,
    at: datetime,
    decided_on: date | None = None,
    document: Evidence | None = None,
    **fields: Unpack[SubjectFields],
) -> Subject:
    """The subject with these details; refused as stale when somebody changed it since `version`.

    A change of name, legal form, tax code or representative is kept with the day from which it
    holds and the paper that says so. Products, stars and certificates stay where they are.
    """
    require(may_edit_subject(by, subject, on=legal_day(at)))
    current = Subject.objects.select_for_update().get(pk=subject.pk)
    refuse_stale(current.version, version)
    before = {name: getattr(current, name) for name in _columns()}
    _fill(current, fields, at)
    changed = [name for name in _columns() if getattr(current, name) != before[name]]
    if not changed:
        return current
    subject_changes.check(current, decided_on=decided_on, document=document, on=legal_day(at))
    current.version += 1
    try:
        with transaction.atomic():
            current.save(update_fields=[*changed, "version", "search_text"])
    except IntegrityError as error:
        raise _tax_code_taken(current) from error
    if "name" in changed:
        _rename_in_products(current)
    subject_changes.keep(current, before, decided_on=decided_on, document=document, by=by, at=at)
    journal.record(
        "registry.subject.updated", subject=current, actor=by, at=at, facts={"fields": changed}
    )
    signals.subject_changed.send(sender=Subject, subject_id=current.pk, fields=changed)
    return current


def refuse_stale(current: int, seen: int) -> None:
    """Refuses a change that was begun on an older version of the row."""
    if current != seen:
        raise Stale(
            "registry.stale",
            term(
                "Trong lúc bạn sửa, đã có người sửa thông tin này. Nội dung bạn nhập vẫn còn bên "
                "dưới: hãy so lại rồi lưu lần nữa."
            ),
        )


def _columns() -> list[str]:
    return [
        "name",
        "kind",
        "representative_name",
        "phone",
        "commune_id",
        "former_commune_id",
        "tax_code",
        "registration_number",
        "registered_on",
        "representative_gender",
        "representative_ethnicity",
        "representative_has_disability",
        "email",
        "address_line",
    ]


def _fill(subject: Subject, fields: SubjectFields, at: datetime) -> None:
    for name, value in fields.items():
        setattr(subject, name, nfc(value).strip() if isinstance(value, str) else value)
    subject.kind = SubjectKind(fields["kind"])
    subject.tax_code = _tax_code(subject)
    communes.check(subject.commune, subject.former_commune, on=legal_day(at))
    if subject.registered_on is not None and subject.registered_on > legal_day(at):
        raise RuleBroken(
            "subject.registered_later",
            term("Ngày đăng ký không thể sau hôm nay."),
            field="registered_on",
        )
    subject.search_text = fold(f"{subject.name} {subject.tax_code} {subject.registration_number}")


def _tax_code(subject: Subject) -> str:
    code = tax_codes.normal(subject.tax_code)
    if not code and SubjectKind(subject.kind).needs_tax_code:
        raise RuleBroken(
            "subject.tax_code_missing",
            term("Loại hình này phải có mã số thuế."),
            field="tax_code",
        )
    taken = Subject.objects.filter(tax_code=code).exclude(pk=subject.pk)
    if code and taken.exists():
        raise _tax_code_taken(subject)
    return code


def _tax_code_taken(_subject: Subject) -> RuleBroken:
    return RuleBroken(
        "subject.tax_code_taken",
        term(
            "Mã số thuế này đã thuộc một chủ thể trên cổng. Nếu đó là đơn vị của bạn, hãy nhờ "
            "người đứng tên chủ thể cấp quyền cho bạn."
        ),
        field="tax_code",
    )


def _rename_in_products(subject: Subject) -> None:
    products = list(
        Product.objects.filter(subject=subject)
        .select_related("subject")
        .prefetch_related("production_communes")
    )
    for product in products:
        places = [unit.name for unit in product.production_communes.all()]
        product.search_text = product_search_text(product, places)
    Product.objects.bulk_update(products, ["search_text"])
