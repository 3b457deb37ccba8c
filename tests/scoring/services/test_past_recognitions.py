"""Recognitions of before the portal: recorded with their decision, without sheets, taken back."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from promotion.models import Listing, Recognition
from registry.domain.regime import Level
from registry.models import Product
from scoring.domain.decision_states import DecisionState
from scoring.models import Certificate, Decision
from scoring.selectors.certificates import visible_certificates, without_pdf
from scoring.selectors.inspections import checklist_of, standing_items
from scoring.selectors.rechecks import differences
from scoring.services import documents, past_recognitions, past_withdrawals
from tests.factories import promotion as papers
from tests.factories import registry as make
from tests.factories.registry import NOW, TODAY
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
OLD = {"stars": 3, "number": "4894/QĐ-UBND", "decided_on": date(2022, 11, 12)}
NEW = {"stars": 4, "number": "77/QĐ-UBND", "decided_on": date(2025, 5, 6)}


@pytest.fixture
def product() -> Product:
    return make.product()


def recorded(product: Product, by: User, facts: dict[str, Any] = OLD, **more: Any) -> Certificate:
    return past_recognitions.record(
        product,
        **{
            "level": Level.PROVINCE,
            "unit": make.province(),
            "product_set": make.product_set(),
            "by": by,
            "at": NOW,
            **facts,
            **more,
        },
    )


def test_recorded_certificate_has_decision_and_days_and_no_rating(
    product: Product, provincial_officer: User
) -> None:
    held = recorded(product, provincial_officer)

    assert held.rating is None
    assert (held.regime, held.valid_until) == ("2019", date(2025, 11, 12))
    assert held.number == "4894/QĐ-UBND/2022-0001"
    assert held.decision.status is DecisionState.RECORDED
    assert (held.decision.signer, held.decision.signed_at) == (None, None)


def test_recognition_counts_on_its_days(product: Product, provincial_officer: User) -> None:
    recorded(product, provincial_officer)
    recorded(product, provincial_officer, NEW, ends_on=date(2028, 5, 31))

    runs = Recognition.objects.order_by("starts_on").values_list("stars", "starts_on", "ends_on")

    assert list(runs) == [
        (3, date(2022, 11, 12), date(2025, 5, 5)),
        (4, date(2025, 5, 6), date(2028, 5, 31)),
    ]
    assert Listing.objects.get(product=product).stars == 4


def test_recorded_in_any_order_the_later_one_stands(
    product: Product, provincial_officer: User
) -> None:
    new = recorded(product, provincial_officer, NEW)
    old = recorded(product, provincial_officer)

    new.refresh_from_db()
    assert (old.state, old.superseded_by, new.state) == ("superseded", new, "valid")


def test_recorded_twice_is_recorded_once(product: Product, provincial_officer: User) -> None:
    first = recorded(product, provincial_officer)

    assert recorded(product, provincial_officer) == first
    assert Certificate.objects.count() == Decision.objects.count() == 1


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"stars": 2}, "past.stars"),
        ({"stars": 6}, "past.stars"),
        ({"decided_on": date(2026, 12, 1)}, "past.to_come"),
        ({"ends_on": date(2022, 11, 12)}, "past.ends_first"),
    ],
)
def test_what_is_no_recognition_is_refused(
    product: Product, provincial_officer: User, facts: dict[str, Any], code: str
) -> None:
    with refusal(code):
        recorded(product, provincial_officer, **facts)


def test_one_decision_number_has_one_day_and_one_star(
    product: Product, provincial_officer: User
) -> None:
    recorded(product, provincial_officer)

    with refusal("past.other_stars"):
        recorded(product, provincial_officer, stars=4)
    with refusal("past.other_day"):
        recorded(make.product(), provincial_officer, decided_on=date(2022, 11, 13))


def test_decision_of_the_portal_takes_no_recorded_product(provincial_officer: User) -> None:
    held = papers.certificate()
    facts = {"number": held.decision.number, "decided_on": held.issued_on, "stars": 3}

    assert recorded(held.product, provincial_officer, facts) == held
    with refusal("past.not_in_decision"):
        recorded(make.product(), provincial_officer, facts)


def test_only_the_office_of_the_place_records(product: Product, stranger: User) -> None:
    with pytest.raises(PermissionDenied):
        recorded(product, stranger)


def test_portal_makes_no_document_for_what_it_did_not_issue(
    product: Product, provincial_officer: User
) -> None:
    held = recorded(product, provincial_officer)

    assert documents.make_certificate(held).pdf.name == ""
    assert not without_pdf().exists()
    assert documents.make_missing(limit=50) == 0


def test_inspection_asks_the_standing_lines_only(
    product: Product, provincial_officer: User
) -> None:
    assert checklist_of(recorded(product, provincial_officer)) == standing_items()


def test_office_and_maker_see_it(
    product: Product, provincial_officer: User, stranger: User
) -> None:
    held = recorded(product, provincial_officer)
    owner = make.owner_of(product.subject)

    for person in (provincial_officer, owner):
        assert list(visible_certificates(person, TODAY)) == [held]
    assert not visible_certificates(stranger, TODAY).exists()


def test_recheck_holds_it_against_its_decision(product: Product, provincial_officer: User) -> None:
    held = recorded(product, provincial_officer)
    before = list(differences())

    Certificate.objects.filter(pk=held.pk).update(issued_on=date(2022, 1, 1))

    assert before == []
    assert [each.about for each in differences()] == [f"certificate {held.pk}"]


def test_taken_back_leaves_nothing(product: Product, provincial_officer: User) -> None:
    held = recorded(product, provincial_officer)

    past_withdrawals.take_back(held, by=provincial_officer, at=NOW)

    assert not Certificate.objects.exists()
    assert not Decision.objects.exists()
    assert not Listing.objects.exists()


def test_taken_back_what_gave_way_stands_again(product: Product, provincial_officer: User) -> None:
    old = recorded(product, provincial_officer)
    new = recorded(product, provincial_officer, NEW)

    past_withdrawals.take_back(new, by=provincial_officer, at=NOW)

    old.refresh_from_db()
    assert (old.state, old.superseded_by) == ("valid", None)
    assert Recognition.objects.get().ends_on == date(2025, 11, 12)
    assert Listing.objects.get(product=product).certificate == old


def test_taken_back_between_two_the_first_gives_way_to_the_last(
    product: Product, provincial_officer: User
) -> None:
    old = recorded(product, provincial_officer)
    middle = recorded(product, provincial_officer, NEW)
    last = recorded(product, provincial_officer, NEW, number="9/QĐ", decided_on=date(2026, 5, 6))

    past_withdrawals.take_back(middle, by=provincial_officer, at=NOW)

    old.refresh_from_db()
    assert (old.state, old.superseded_by) == ("superseded", last)


def test_certificate_of_the_portal_or_one_decided_about_is_not_taken_back(
    product: Product, provincial_officer: User
) -> None:
    issued = papers.certificate()
    with refusal("past.not_recorded"):
        past_withdrawals.take_back(issued, by=provincial_officer, at=NOW)

    held = recorded(product, provincial_officer)
    papers.change(held, "suspended")
    with refusal("past.in_use"):
        past_withdrawals.take_back(held, by=provincial_officer, at=NOW)


def test_one_that_took_the_place_of_a_portal_certificate_stays(provincial_officer: User) -> None:
    issued = papers.certificate(issued_on=date(2024, 1, 2))
    held = recorded(issued.product, provincial_officer, NEW)

    with refusal("past.in_use"):
        past_withdrawals.take_back(held, by=provincial_officer, at=NOW)


def test_taken_back_together_is_taken_back_one_by_one(
    product: Product, provincial_officer: User
) -> None:
    """Three that follow each other, the newest first; the middle one stands again in between."""
    how = {"by": provincial_officer, "at": NOW}
    first = recorded(product, provincial_officer)
    later = [
        recorded(product, provincial_officer, NEW),
        recorded(product, provincial_officer, NEW, number="9/QĐ", decided_on=date(2026, 5, 6)),
    ]
    keys = [each.pk for each in reversed(later)]

    def left() -> tuple[Any, ...]:
        first.refresh_from_db()
        told = Entry.objects.filter(kind__startswith="scoring.certificate.").order_by("pk")
        days = Recognition.objects.values_list("starts_on", "ends_on")
        facts = sorted((each.kind, each.subject_id, str(each.facts)) for each in told)
        return first.state, first.superseded_by, list(Decision.objects.all()), list(days), facts

    with transaction.atomic():
        for key in keys:
            past_withdrawals.take_back_many([key], **how)  # type: ignore[arg-type] # named here
        one_by_one = left()
        transaction.set_rollback(True)
    past_withdrawals.take_back_many(keys, **how)  # type: ignore[arg-type] # named here

    assert left() == one_by_one
    assert one_by_one[:3] == ("valid", None, [first.decision])
    kinds = [kind.rpartition(".")[2] for kind, *_rest in one_by_one[4]]
    assert (kinds.count("reinstated"), kinds.count("taken_back")) == (2, 2)


def test_one_that_is_in_use_keeps_all_and_is_named(
    product: Product, provincial_officer: User
) -> None:
    free = recorded(product, provincial_officer)
    used = recorded(make.product(product.subject, name="Chè đinh"), provincial_officer)
    papers.change(used, "suspended")

    with refusal("past.in_use") as refused:
        past_withdrawals.take_back_many([free.pk, used.pk], by=provincial_officer, at=NOW)

    assert refused.value.facts["product"] == "Chè đinh"
    assert Certificate.objects.count() == 2
