"""Samples: five units, none for tourism; a number that names nobody; the store adds up."""

import re
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pypdf import PdfReader

from cycle.domain.samples import CustodyKind, Stock, check, held
from cycle.models import CustodyEvent, Dossier, Sample
from cycle.selectors import stock_of
from cycle.services import forms, samples
from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.models import ProductSet
from tests.conftest import LogIn
from tests.factories import cycle
from tests.factories.cycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def officer_of(dossier: Dossier) -> User:
    return cycle.officer_for(dossier.enrolment, Level(dossier.level))


def taken_in(dossier: Dossier, units: int = 5) -> CustodyEvent:
    return samples.record(
        dossier,
        kind=CustodyKind.RECEIVED,
        units=units,
        place="Tủ mát 2",
        by=officer_of(dossier),
        at=NOW,
    )


def test_the_store_is_the_sum_of_what_came_and_went() -> None:
    events = [
        (CustodyKind.RECEIVED, 5),
        (CustodyKind.MOVED, 5),
        (CustodyKind.TASTED, 2),
        (CustodyKind.GIVEN_BACK, 1),
        (CustodyKind.DISCARDED, 1),
    ]

    assert held(events) == 1
    assert Stock(required=5, held=1).missing == 4
    assert Stock(required=5, held=6).missing == 0


@pytest.mark.parametrize(
    ("kind", "units", "stock", "code"),
    [
        (CustodyKind.RECEIVED, 5, Stock(0, 0), "sample.none_owed"),
        (CustodyKind.RECEIVED, 0, Stock(5, 0), "sample.units"),
        (CustodyKind.TASTED, 6, Stock(5, 5), "sample.too_many"),
        (CustodyKind.MOVED, 1, Stock(5, 0), "sample.too_many"),
    ],
)
def test_what_cannot_be_is_refused(kind: CustodyKind, units: int, stock: Stock, code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        check(kind, units, stock)


def test_samples_are_taken_in_and_used_up() -> None:
    dossier = cycle.reported_dossier(regime="2026")
    assert stock_of(dossier) == Stock(required=5, held=0)

    taken_in(dossier, 3)
    taken_in(dossier, 2)
    by = officer_of(dossier)
    samples.record(dossier, kind=CustodyKind.TASTED, units=4, by=by, at=NOW)

    assert stock_of(dossier) == Stock(required=5, held=1)
    sample = Sample.objects.get()
    assert re.fullmatch(r"[A-Z0-9]{6}", sample.number)
    kinds = Entry.objects.filter(kind__startswith="cycle.sample.").order_by("pk")
    assert [entry.kind for entry in kinds] == [
        "cycle.sample.received",
        "cycle.sample.received",
        "cycle.sample.handled",
    ]
    with pytest.raises(RuleBroken, match=r"sample\.too_many"):
        samples.record(dossier, kind=CustodyKind.TASTED, units=2, by=by, at=NOW)


def test_a_tourism_set_owes_none_and_a_draft_is_with_its_subject() -> None:
    dossier = cycle.reported_dossier(regime="2026")
    draft = cycle.draft_dossier(regime="2026")
    ProductSet.objects.filter(pk=dossier.product_set_id).update(samples_required=0)

    with pytest.raises(RuleBroken, match=r"sample\.none_owed"):
        taken_in(Dossier.objects.get(pk=dossier.pk))
    with pytest.raises(RuleBroken, match=r"sample\.no_office"):
        taken_in(draft)


def test_only_the_office_whose_turn_it_is_keeps_the_book() -> None:
    dossier = cycle.reported_dossier(regime="2026")

    with pytest.raises(PermissionDenied):
        samples.record(
            dossier,
            kind=CustodyKind.RECEIVED,
            units=5,
            by=cycle.officer_for(dossier.enrolment, Level.COMMUNE),
            at=NOW,
        )


@pytest.mark.parametrize("number", ["TFTHTJ", "DVDWDX", "NTNUNV", "WCWDWE"])
def test_a_number_of_letters_that_draw_together_is_read_from_its_label_whole(number: str) -> None:
    sheet = forms.labels([{"number": number, "unit": "1/5", "day": "01/05/2026"}], NOW.date())

    assert number in PdfReader(BytesIO(sheet)).pages[0].extract_text()


def test_the_label_names_nobody_and_the_receipt_does(log_in: LogIn) -> None:
    dossier = cycle.reported_dossier(regime="2026")
    office, owner = log_in(officer_of(dossier)), log_in(cycle.owner_of(dossier.enrolment))
    book = reverse("cycle:sample-book", args=[dossier.pk])
    assert "còn thiếu 5 mẫu" in office.get(book).content.decode()

    bad = office.post(book, {"kind": "received", "units": "0"})
    sent = office.post(book, {"kind": "received", "units": "5", "place": "Tủ mát 2"})

    assert "units" in bad.context["form"].errors
    assert sent["Location"] == book
    number = Sample.objects.get().number
    name, product = dossier.enrolment.product.subject.name, dossier.enrolment.product.name

    def words(page: str) -> str:
        answer = office.get(reverse(page, args=[dossier.pk]))
        text = " ".join(each.extract_text() for each in PdfReader(BytesIO(answer.content)).pages)
        return re.sub(r"\s+", " ", text)

    label, receipt = words("cycle:sample-labels"), words("cycle:sample-receipt")
    assert label.count(number) == 5
    assert name not in label
    assert product not in label
    assert name in receipt
    assert number in receipt
    assert owner.get(reverse("cycle:sample-labels", args=[dossier.pk])).status_code == 403
    assert owner.get(reverse("cycle:sample-receipt", args=[dossier.pk])).status_code == 200
    assert owner.post(book, {"kind": "received", "units": "1"}).status_code == 403
    assert "Tủ mát 2" in owner.get(book).content.decode()
