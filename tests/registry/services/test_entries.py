"""Subjects and products entered from an office's register."""

import pytest
from django.core.exceptions import PermissionDenied

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from registry.domain.eligibility import SubjectKind
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from registry.models import Posting, Product, Subject
from registry.selectors import same_subject
from registry.services import entries, entry_removals, products
from tests.factories import registry as make
from tests.factories.registry import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def entered(by: User, **fields: object) -> Subject:
    facts = {
        "name": "Hợp tác xã chè Trại Cài",
        "kind": SubjectKind.COOPERATIVE,
        "commune": make.commune(),
        **fields,
    }
    return entries.enter_subject(by=by, at=NOW, **facts)  # type: ignore[arg-type] # named by the test


def product_of(subject: Subject, by: User, name: str = "Chè nõn tôm") -> Product:
    return entries.enter_product(
        subject, name=name, product_sets=[make.product_set()], by=by, at=NOW
    )


def test_subject_of_a_register_needs_no_tax_code_and_gets_no_owner(
    provincial_officer: User,
) -> None:
    subject = entered(provincial_officer)

    assert (subject.tax_code, subject.representative_name) == ("", "")
    assert not Posting.objects.filter(subject=subject).exists()
    assert Entry.objects.filter(kind="registry.subject.entered", subject_id=subject.pk).exists()


def test_producer_and_officer_of_elsewhere_enter_nothing(stranger: User) -> None:
    elsewhere = make.officer(Role.PROVINCIAL_OFFICER, make.province("Tỉnh Lâm Đồng", "68"))

    for person in (stranger, elsewhere):
        with pytest.raises(PermissionDenied):
            entered(person)


def test_wrong_tax_code_is_refused(provincial_officer: User) -> None:
    with pytest.raises(RuleBroken, match=r"tax_code\.check_digit"):
        entered(provincial_officer, tax_code="0123456780")


def test_product_entered_twice_is_one(provincial_officer: User) -> None:
    subject = entered(provincial_officer)

    first = product_of(subject, provincial_officer)
    again = product_of(subject, provincial_officer, "CHÈ  NÕN TÔM")

    assert first == again
    assert Entry.objects.filter(kind="registry.product.entered").count() == 1


def test_same_subject_by_tax_code_then_by_name_in_the_commune(provincial_officer: User) -> None:
    subject = entered(provincial_officer)
    coded = make.subject(name="Cơ sở Bình Minh")
    elsewhere = make.commune("Xã La Bằng", "05800")

    def find(name: str, tax_code: str = "", commune: object = None) -> Subject | None:
        return same_subject(name=name, tax_code=tax_code, commune=commune or subject.commune)  # type: ignore[arg-type] # a unit

    assert find("HỢP TÁC XÃ  CHÈ TRẠI CÀI") == subject
    assert find("Hợp tác xã chè Trại Cài", commune=elsewhere) is None
    assert find("Tên nào cũng được", coded.tax_code, elsewhere) == coded
    assert find("Cơ sở Bình Minh", make.tax_code()) is None


def test_two_subjects_of_one_name_are_not_guessed(provincial_officer: User) -> None:
    entered(provincial_officer)
    entered(provincial_officer)

    with pytest.raises(RuleBroken, match=r"subject\.two_alike"):
        same_subject(name="Hợp tác xã chè Trại Cài", tax_code="", commune=make.commune())


def test_entered_rows_are_removed_again(provincial_officer: User) -> None:
    subject = entered(provincial_officer)
    product = product_of(subject, provincial_officer)

    with pytest.raises(RuleBroken, match=r"entry\.in_use"):
        entry_removals.remove_subject(subject, by=provincial_officer, at=NOW)
    entry_removals.remove_product(product, by=provincial_officer, at=NOW)
    entry_removals.remove_subject(subject, by=provincial_officer, at=NOW)

    assert not Subject.objects.filter(pk=subject.pk).exists()


def test_product_that_was_changed_or_pictured_since_stays(
    provincial_officer: User, producer: User
) -> None:
    subject = entered(provincial_officer)
    make.posting(producer, Role.OWNER, subject)
    changed = product_of(subject, provincial_officer)
    pictured = product_of(subject, provincial_officer, "Chè đinh")
    products.update(
        changed,
        version=1,
        name="Chè nõn",
        product_sets=[make.product_set()],
        by=producer,
        at=NOW,
    )
    make.picture(pictured, by=producer)

    for product in (changed, pictured):
        with pytest.raises(RuleBroken, match=r"entry\.in_use"):
            entry_removals.remove_product(product, by=provincial_officer, at=NOW)


def test_removed_together_is_removed_and_told_one_by_one(provincial_officer: User) -> None:
    subject = entered(provincial_officer)
    made = [product_of(subject, provincial_officer, name) for name in ("Chè A", "Chè B")]
    keys = [each.pk for each in made]

    entry_removals.remove_products([*keys, keys[0] + 1000], by=provincial_officer, at=NOW)

    assert not Product.objects.exists()
    told = Entry.objects.filter(kind="registry.product.removed").order_by("pk")
    assert list(told.values_list("subject_type", "subject_id", "facts")) == [
        ("registry.product", each.pk, {"name": each.name, "subject": subject.pk}) for each in made
    ]


def test_one_that_is_used_keeps_all_and_is_named(provincial_officer: User, producer: User) -> None:
    subject = entered(provincial_officer)
    make.posting(producer, Role.OWNER, subject)
    made = [product_of(subject, provincial_officer, name) for name in ("Chè A", "Chè B")]
    make.picture(made[1], by=producer)

    with pytest.raises(RuleBroken, match=r"entry\.in_use") as refused:
        entry_removals.remove_products([each.pk for each in made], by=provincial_officer, at=NOW)

    assert refused.value.facts == {"name": "Chè B"}
    assert Product.objects.count() == 2
