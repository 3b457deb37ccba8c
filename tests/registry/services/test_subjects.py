"""Subjects: registered by anybody, changed by their people."""

import unicodedata
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ocop_portal.journal.models import Entry
from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken, Stale
from registry.domain.roles import Role
from registry.models import Posting, Subject
from registry.services import subjects
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def details(**changes: Any) -> dict[str, Any]:
    return {
        "name": "Hợp tác xã chè Tân Cương",
        "kind": SubjectKind.COOPERATIVE,
        "representative_name": "Nguyễn Thị Lan",
        "phone": "0208 385 6789",
        "tax_code": "0100109106",
        "commune": make.commune(),
        **changes,
    }


def test_registered_subject_belongs_to_who_registered_it() -> None:
    lan = make.person("Lan")

    subject = subjects.register(by=lan, at=make.NOW, **details())

    assert Posting.objects.get(subject=subject).user == lan
    assert Posting.objects.get(subject=subject).role == Role.OWNER
    assert subject.search_text == "hop tac xa che tan cuong 0100109106"
    entry = Entry.objects.get(kind="registry.subject.registered")
    assert (entry.subject_id, entry.facts) == (
        subject.pk,
        {"kind": "cooperative", "commune": "05503"},
    )


def test_decomposed_name_is_kept_composed() -> None:
    name = unicodedata.normalize("NFD", "Hợp tác xã chè Tân Cương")

    subject = subjects.register(by=make.person(), at=make.NOW, **details(name=f" {name} "))

    assert subject.name == "Hợp tác xã chè Tân Cương"


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"tax_code": "0100109107"}, "tax_code.check_digit", "tax_code"),
        ({"tax_code": ""}, "subject.tax_code_missing", "tax_code"),
        ({"registered_on": date(2026, 11, 21)}, "subject.registered_later", "registered_on"),
    ],
)
def test_register_with_a_fault_names_the_field(
    changes: dict[str, Any], code: str, field: str
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        subjects.register(by=make.person(), at=make.NOW, **details(**changes))

    assert (refusal.value.code, refusal.value.field) == (code, field)
    assert not Subject.objects.exists()


def test_cooperative_group_needs_no_tax_code() -> None:
    fields = details(kind=SubjectKind.COOPERATIVE_GROUP, tax_code="")

    subject = subjects.register(by=make.person(), at=make.NOW, **fields)

    assert subject.tax_code == ""


def test_tax_code_of_another_subject_is_refused() -> None:
    subjects.register(by=make.person(), at=make.NOW, **details())

    with pytest.raises(RuleBroken) as refusal:
        subjects.register(by=make.person(), at=make.NOW, **details(tax_code="0100 109 106"))

    assert refusal.value.code == "subject.tax_code_taken"


def test_commune_that_is_none_of_todays_is_refused() -> None:
    for place in (make.province(), make.former_commune(), make.district()):
        with pytest.raises(RuleBroken) as refusal:
            subjects.register(by=make.person(), at=make.NOW, **details(commune=place))

        assert refusal.value.field == "commune"


def test_former_commune_must_have_become_todays_commune() -> None:
    commune = make.commune()
    right = make.former_commune(successor=commune)
    wrong = make.former_commune("Xã Phúc Trìu", "05500")

    subject = subjects.register(
        by=make.person(), at=make.NOW, **details(commune=commune, former_commune=right)
    )

    assert subject.former_commune == right
    with pytest.raises(RuleBroken) as refusal:
        subjects.register(
            by=make.person(),
            at=make.NOW,
            **details(commune=commune, former_commune=wrong, tax_code=make.tax_code()),
        )
    assert refusal.value.field == "former_commune"


def test_update_changes_only_what_differs_and_counts_a_version() -> None:
    lan = make.person("Lan")
    subject = subjects.register(by=lan, at=make.NOW, **details())

    changed = subjects.update(
        subject, version=1, by=lan, at=make.NOW, **details(phone="0912345678")
    )

    assert (changed.version, changed.phone) == (2, "0912345678")
    assert Entry.objects.get(kind="registry.subject.updated").facts == {"fields": ["phone"]}


def test_update_without_a_change_leaves_no_trace() -> None:
    lan = make.person("Lan")
    subject = subjects.register(by=lan, at=make.NOW, **details())

    same = subjects.update(subject, version=1, by=lan, at=make.NOW, **details())

    assert same.version == 1
    assert not Entry.objects.filter(kind="registry.subject.updated").exists()


def test_update_of_what_somebody_else_changed_is_stale() -> None:
    lan = make.person("Lan")
    subject = subjects.register(by=lan, at=make.NOW, **details())
    subjects.update(subject, version=1, by=lan, at=make.NOW, **details(phone="0912345678"))

    with pytest.raises(Stale):
        subjects.update(subject, version=1, by=lan, at=make.NOW, **details(phone="0900000000"))

    assert Subject.objects.get().phone == "0912345678"


def test_new_name_is_found_in_the_products() -> None:
    subject = make.subject()
    product = make.product(subject)
    fields = details(name="Trà Hảo Đạt", tax_code=subject.tax_code)

    subjects.update(subject, version=1, by=make.owner_of(subject), at=make.NOW, **fields)

    product.refresh_from_db()
    assert product.search_text.endswith("tra hao dat")


def test_update_by_a_stranger_is_forbidden() -> None:
    subject = make.subject()

    with pytest.raises(PermissionDenied):
        subjects.update(subject, version=1, by=make.person(), at=make.NOW, **details())


def test_register_by_a_closed_account_is_forbidden() -> None:
    with pytest.raises(PermissionDenied):
        subjects.register(by=make.person(is_active=False), at=make.NOW, **details())
