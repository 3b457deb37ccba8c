"""The pages of the tasting tell numbers and nothing of the products, before it is closed."""

import re

import pytest
import time_machine
from django.urls import reverse

from scoring.models import SampleNumber, Sheet, Tasting
from scoring.selectors.tastings import tasting_rows
from scoring.services import declarations, sheets, tastings
from tests.conftest import LogIn
from tests.factories import scoring as make
from tests.scoring.services.test_tastings import Table

pytestmark = pytest.mark.django_db


@pytest.fixture
def table() -> Table:
    return Table()


def posted(choices: dict[str, str | None]) -> dict[str, str]:
    return {f"c-{code}": option or "khong" for code, option in choices.items()}


def test_a_taster_finds_no_word_of_a_product(log_in: LogIn, table: Table) -> None:
    table.draw()
    secrets = []
    for dossier, name in ((table.first, "Chè Mật Ngữ Một"), (table.second, "Chè Mật Ngữ Hai")):
        product = dossier.enrolment.product
        product.name, product.code = name, f"MA-{dossier.pk}-X"
        product.save()
        product.subject.name = f"Chủ thể của {name}"
        product.subject.save()
        dossier.code = f"HS-BI-MAT-{dossier.pk}"
        dossier.save()
        secrets += [name, product.code, product.subject.name, dossier.code]
    pages = [
        reverse("scoring:tasting-list", args=[table.session.pk]),
        reverse("scoring:tasting-sample", args=[table.session.pk, 717]),
        reverse("scoring:tasting-sample", args=[table.session.pk, 100]),
    ]

    with time_machine.travel(make.MEETING, tick=False):
        browser = log_in(table.held.chair.user)
        texts = [browser.get(page).content.decode() for page in pages]
        agenda = browser.get(table.session.get_absolute_url()).content.decode()
        keeper = log_in(table.held.secretary.user).get(pages[0]).content.decode()

    items = [table.item(dossier).pk for dossier in (table.first, table.second)]
    for text in texts:
        assert [secret for secret in secrets if secret in text] == []
        assert [pk for pk in items if f"/muc/{pk}/" in text] == []
        assert "Phụ lục" not in text
    assert texts[0].index("Mẫu 100") < texts[0].index("Mẫu 717")
    assert "Chè Mật Ngữ Một" in agenda
    assert "717" not in agenda
    assert all(secret in keeper for secret in (secrets[0], secrets[4], "717", "100"))
    assert keeper.count('<td class="num">5/5</td>') == 2  # the samples that came, and were owed


def test_the_sheet_of_a_product_says_nothing_of_its_sample_before_the_close(
    log_in: LogIn, table: Table
) -> None:
    table.draw()
    by, item = table.held.chair.user, table.item(table.first)
    page = reverse("scoring:sheet-edit", args=[item.pk])
    sheets.save(item, choices=table.rest(table.first), by=by, at=make.MEETING)

    def shown() -> str:
        text = log_in(by).get(page).content.decode()
        without = r'csrfmiddlewaretoken" value="[^"]+"|name="key" value="[^"]+"'
        return re.sub(without, "", text)

    with time_machine.travel(make.MEETING, tick=False):
        before = shown()
        for number, dossier in ((717, table.first), (100, table.second)):
            sample = SampleNumber.objects.get(number=number)
            tastings.save(sample, choices=table.tasted(dossier), by=by, at=make.MEETING)
            assert shown() == before
        tastings.close(table.session, by=by, at=make.MEETING)
        after = shown()

    assert "717" not in before
    assert 'name="c-6.1' not in before
    assert "mẫu 717" in after
    assert 'name="c-6.1' in after


def test_a_member_tastes_sample_after_sample_and_hands_the_sheet_in(
    log_in: LogIn, table: Table
) -> None:
    table.draw()
    base = reverse("scoring:tasting-list", args=[table.session.pk])
    sample = {717: table.first, 100: table.second}

    with time_machine.travel(make.MEETING, tick=False):
        browser = log_in(table.held.chair.user)
        early = browser.post(f"{base}chot/")
        onward = [
            browser.post(f"{base}{number}/", {**posted(table.tasted(sample[number])), "version": 0})
            for number in (100, 717)
        ]
        closed = browser.post(f"{base}chot/")
        stored = browser.post(
            reverse("scoring:sheet-edit", args=[table.item(table.first).pk]),
            {**posted(table.rest(table.first)), "act": "submit", "version": "0"},
        )
        late = browser.post(f"{base}717/", {"version": "1"})

    assert early.status_code == 409
    assert [answer["Location"] for answer in onward] == [f"{base}717/", base]
    assert closed.status_code == 302
    assert stored["Location"] == Sheet.objects.get().get_absolute_url()
    assert Sheet.objects.get().total == 74
    assert "đã chốt phần cảm quan" in late.content.decode()


def test_samples_of_a_product_in_conflict_are_not_there(log_in: LogIn, table: Table) -> None:
    table.draw()
    member = table.held.members[0]
    declarations.declare(
        table.item(table.first), has_conflict=True, by=member.user, at=make.MEETING
    )
    base = reverse("scoring:tasting-list", args=[table.session.pk])

    with time_machine.travel(make.MEETING, tick=False):
        browser = log_in(member.user)
        text = browser.get(base).content.decode()
        statuses = [browser.get(f"{base}{number}/").status_code for number in (717, 100, 555)]

    assert "Mẫu 100" in text
    assert "717" not in text
    assert statuses == [404, 200, 404]


def test_the_secretary_and_the_members_are_told_that_samples_are_missing(log_in: LogIn) -> None:
    table = Table(second_units=2)
    late = table.second.enrolment.product
    late.name = "Chè về muộn"
    late.save()
    base = reverse("scoring:tasting-list", args=[table.session.pk])
    sheet = reverse("scoring:sheet-edit", args=[table.item(table.second).pk])

    with time_machine.travel(make.MEETING, tick=False):
        secretary = log_in(table.held.secretary.user)
        before = secretary.get(base).content.decode()
        secretary.post(f"{base}phat-so/")
        after = secretary.get(base).content.decode()
        member = log_in(table.held.chair.user).get(sheet).content.decode()

    assert "đã nhận 2/5 mẫu" in before
    assert 'action="' + f"{base}phat-so/" in before
    assert 'action="' + f"{base}phat-so/" not in after
    assert reverse("cycle:sample-book", args=[table.second.pk]) in after
    assert "Mới nhận 2 trên 5 mẫu phải nộp" in member


def test_who_finds_which_page(log_in: LogIn, table: Table) -> None:
    base = reverse("scoring:tasting-list", args=[table.session.pk])
    with time_machine.travel(make.MEETING, tick=False):
        drawn = log_in(table.held.secretary.user).post(f"{base}phat-so/")
        by_chair = log_in(table.held.chair.user).post(f"{base}phat-so/")
        officer = log_in(table.held.officer).get(base)

    assert drawn.status_code == 302
    assert SampleNumber.objects.count() == 2
    assert by_chair.status_code == 403
    assert officer.status_code == 403


def test_rows_ask_as_often_for_many_samples_as_for_one(
    table: Table, django_assert_num_queries: "pytest.FixtureRequest"
) -> None:
    table.draw()
    sample = SampleNumber.objects.get(number=717)
    tastings.save(
        sample, choices=table.tasted(table.first), by=table.held.chair.user, at=make.MEETING
    )

    with django_assert_num_queries(2):  # type: ignore[operator] # a fixture that is a function
        rows = tasting_rows(table.session, table.held.chair, make.MEETING.date())

    assert [(row.number, row.is_complete) for row in rows] == [(100, False), (717, True)]
    assert Tasting.objects.count() == 1
