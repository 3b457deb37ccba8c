"""Tasting by number: drawn by who does not score, scored unseen, closed once, then in the sheet."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from cycle.domain.samples import Arrival, CustodyKind
from cycle.models import Dossier
from cycle.services import samples
from ocop_portal.journal.models import Entry
from registry.domain.errors import Stale
from registry.domain.regime import Level
from scoring.domain.council import Seat
from scoring.models import AgendaItem, SampleNumber, Session, Sheet, Tasting
from scoring.selectors.boards import choices_of
from scoring.selectors.rubrics import rubric_of
from scoring.selectors.tastings import lacks_samples, sensory_codes, sensory_sections
from scoring.services import attendance, councils, declarations, sessions, sheets, tastings
from tests.factories import cycle, registry, rubrics
from tests.factories import scoring as make
from tests.refusals import refusal

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def taken_in(dossier: Dossier, units: int = 5) -> Dossier:
    """The dossier with samples in the store of the level whose turn it is."""
    by = cycle.officer_for(dossier.enrolment, Level(dossier.level))
    samples.record(dossier, kind=CustodyKind.RECEIVED, units=units, by=by, at=make.MEETING)
    return dossier


class Table:
    """Two teas of one commune on one agenda, numbered so that the second comes first."""

    def __init__(self, *, second_units: int = 5) -> None:
        self.first = taken_in(make.accepted_dossier(regime="2026"))
        self.second = make.accepted_dossier(regime="2026")
        if second_units:
            taken_in(self.second, second_units)
        self.held = make.room_for(self.first)
        self.session: Session = make.opened(
            self.held, make.called(self.held, self.first, self.second)
        )

    def item(self, dossier: Dossier) -> AgendaItem:
        return AgendaItem.objects.get(session=self.session, dossier=dossier)

    def draw(self) -> list[SampleNumber]:
        numbers = iter([717, 100])
        return tastings.draw_numbers(
            self.session,
            by=self.held.secretary.user,
            at=make.MEETING,
            pick=lambda _left: next(numbers) - 100,
        )

    def choices(self, dossier: Dossier, total: int = 74) -> dict[str, str | None]:
        return make.choices_of_total(rubric_of(self.item(dossier).edition), total)

    def tasted(self, dossier: Dossier, total: int = 74) -> dict[str, str | None]:
        codes = sensory_codes(rubric_of(self.item(dossier).edition))
        return {code: self.choices(dossier, total)[code] for code in codes}

    def rest(self, dossier: Dossier, total: int = 74) -> dict[str, str | None]:
        codes = sensory_codes(rubric_of(self.item(dossier).edition))
        every = self.choices(dossier, total)
        return {code: option for code, option in every.items() if code not in codes}


@pytest.fixture
def table() -> Table:
    return Table()


@pytest.mark.parametrize(
    ("regime", "number", "sections"),
    [
        ("2019", 1, ["6"]),
        ("2019", 11, ["7"]),
        ("2019", 8, []),
        ("2026", 20, ["7"]),
        ("2026", 19, []),
    ],
)
def test_the_sets_say_which_sections_are_tasted(
    regime: str, number: int, sections: list[str]
) -> None:
    found = sensory_sections(rubric_of(rubrics.edition(regime, number)))

    assert [section.code for section in found] == sections
    assert all("cảm quan" in section.name.lower() for section in found)


def test_numbers_are_random_and_drawn_once_by_the_secretary(table: Table) -> None:
    for nobody in (table.held.chair.user, table.held.officer):
        with pytest.raises(PermissionDenied):
            tastings.draw_numbers(table.session, by=nobody, at=make.MEETING)
    table.draw()

    assert [row.number for row in SampleNumber.objects.order_by("item__order")] == [717, 100]
    with refusal("tasting.nothing_to_number"):
        table.draw()


def test_a_sheet_that_was_begun_openly_gets_no_number(table: Table) -> None:
    item = table.item(table.first)
    sheets.save(item, choices={}, by=table.held.chair.user, at=make.MEETING)

    drawn = table.draw()

    assert [row.item for row in drawn] == [table.item(table.second)]


def test_a_product_whose_samples_have_not_all_come_gets_no_number() -> None:
    table = Table(second_units=4)
    late = table.item(table.second)

    drawn = table.draw()

    assert [row.item for row in drawn] == [table.item(table.first)]
    assert lacks_samples(table.item(table.first)) is None
    assert lacks_samples(late) == Arrival(required=5, received=4)
    with refusal("tasting.samples_missing") as refused:
        table.draw()
    assert f"{late.dossier.enrolment.product.name} (4/5)" in refused.value.text

    taken_in(table.second, 1)

    assert [row.item for row in table.draw()] == [late]


def test_samples_that_were_used_up_have_come_all_the_same(table: Table) -> None:
    by = cycle.officer_for(table.first.enrolment, Level(table.first.level))
    samples.record(table.first, kind=CustodyKind.TASTED, units=5, by=by, at=make.MEETING)

    assert lacks_samples(table.item(table.first)) is None


def test_no_number_is_drawn_once_a_member_has_closed_the_tasting() -> None:
    table = Table(second_units=0)
    table.draw()
    by = table.held.chair.user
    sample = SampleNumber.objects.get()
    tastings.save(sample, choices=table.tasted(table.first), by=by, at=make.MEETING)
    tastings.close(table.session, by=by, at=make.MEETING)
    taken_in(table.second)

    with refusal("tasting.nothing_to_number"):
        table.draw()


def test_what_was_tasted_enters_the_sheet_when_it_is_closed(table: Table) -> None:
    table.draw()
    by, item = table.held.chair.user, table.item(table.first)
    rest, tasted = table.rest(table.first), table.tasted(table.first)

    with refusal("sheet.blind"):
        sheets.save(item, choices={**rest, **tasted}, by=by, at=make.MEETING)
    draft = sheets.save(item, choices=rest, by=by, at=make.MEETING)
    with refusal("sheet.tasting_open"):
        sheets.submit(item, choices=rest, version=draft.version, by=by, at=make.MEETING)
    for sample in SampleNumber.objects.all():
        tastings.save(sample, choices=table.tasted(sample.item.dossier), by=by, at=make.MEETING)
    with refusal("sheet.tasting_open"):
        sheets.submit(item, choices=rest, version=draft.version, by=by, at=make.MEETING)
    assert tastings.close(table.session, by=by, at=make.MEETING) == 2
    assert tastings.close(table.session, by=by, at=make.MEETING) == 0
    sheet = sheets.submit(item, choices=rest, version=draft.version, by=by, at=make.MEETING)
    again = sheets.submit(item, choices=rest, by=by, at=make.MEETING)

    assert (sheet.total, sheet.pk) == (74, again.pk)
    assert choices_of(Sheet.objects.get()) == table.choices(table.first)


def test_a_closed_tasting_is_not_changed_until_the_chair_gives_the_sheet_back(
    table: Table,
) -> None:
    table.draw()
    member, item = table.held.members[0], table.item(table.first)
    for sample in SampleNumber.objects.all():
        tastings.save(
            sample,
            choices=table.tasted(sample.item.dossier),
            by=member.user,
            at=make.MEETING,
        )
    tastings.close(table.session, by=member.user, at=make.MEETING)
    sheet = sheets.submit(item, choices=table.rest(table.first), by=member.user, at=make.MEETING)

    with refusal("tasting.closed"):
        tastings.save(
            SampleNumber.objects.get(item=item), choices={}, by=member.user, at=make.MEETING
        )
    sheets.reopen(sheet, reason="Nhầm mẫu", by=table.held.chair.user, at=make.MEETING)
    changed = sheets.submit(
        item, choices=table.choices(table.first, 80), by=member.user, at=make.MEETING
    )

    assert changed.total == 80


def test_every_sample_and_every_declaration_comes_before_the_close(table: Table) -> None:
    table.draw()
    by = table.held.chair.user
    late = councils.add_member(
        table.held.council,
        user=registry.person(),
        seat=Seat.MEMBER,
        by=table.held.officer,
        at=make.MEETING,
    )
    sample = SampleNumber.objects.get(number=100)
    some = dict(list(table.tasted(table.second).items())[:1])
    tastings.save(sample, choices=some, by=by, at=make.MEETING)

    with refusal("tasting.incomplete") as caught:
        tastings.close(table.session, by=by, at=make.MEETING)
    with refusal("tasting.undeclared"):
        tastings.close(table.session, by=late.user, at=make.MEETING)

    assert caught.value.facts["numbers"] == "100, 717"
    assert not Tasting.objects.filter(closed_at__isnull=False).exists()


def test_bad_input_of_a_tasting(table: Table) -> None:
    table.draw()
    by = table.held.chair.user
    sample = SampleNumber.objects.get(number=717)
    tasted = table.tasted(table.first)
    code = next(iter(tasted))
    stored = tastings.save(sample, choices=tasted, version=0, by=by, at=make.MEETING)

    with refusal("sheet.foreign_option"):
        tastings.save(sample, choices={code: "10"}, version=1, by=by, at=make.MEETING)
    with refusal("tasting.not_sensory"):
        tastings.save(sample, choices=table.rest(table.first), version=1, by=by, at=make.MEETING)
    with pytest.raises(Stale):
        tastings.save(sample, choices={code: None}, version=0, by=by, at=make.MEETING)
    same = tastings.save(
        sample, choices=tasted, version=0, by=by, at=make.MEETING + timedelta(minutes=1)
    )

    assert (stored.version, same.version) == (1, 1)


def test_who_does_not_taste(table: Table) -> None:
    table.draw()
    absent, in_conflict = table.held.members[:2]
    sample = SampleNumber.objects.get(number=717)
    attendance.mark_absent(table.session, absent, by=table.held.secretary.user, at=make.MEETING)
    declarations.declare(sample.item, has_conflict=True, by=in_conflict.user, at=make.MEETING)

    for nobody in (absent.user, in_conflict.user, table.held.secretary.user, table.held.officer):
        with pytest.raises(PermissionDenied):
            tastings.save(sample, choices={}, by=nobody, at=make.MEETING)


def test_a_reconciliation_round_is_scored_on_the_sheet(table: Table) -> None:
    table.draw()
    item = table.item(table.first)
    for voter, total in zip(table.held.voters, (60, 60, 60, 80), strict=True):
        for sample in SampleNumber.objects.all():
            tastings.save(
                sample,
                choices=table.tasted(sample.item.dossier, total),
                by=voter.user,
                at=make.MEETING,
            )
        tastings.close(table.session, by=voter.user, at=make.MEETING)
        sheets.submit(item, choices=table.rest(table.first, total), by=voter.user, at=make.MEETING)
    sessions.open_ballot(item, reason="Chênh 20 điểm", by=table.held.chair.user, at=make.MEETING)

    sheet = sheets.submit(
        item, choices=table.choices(table.first, 70), by=table.held.chair.user, at=make.MEETING
    )

    assert (sheet.ballot, sheet.total) == (2, 70)


def test_the_journal_names_samples_and_no_product(table: Table) -> None:
    table.draw()
    sample = SampleNumber.objects.get(number=717)
    tastings.save(sample, choices={}, by=table.held.chair.user, at=make.MEETING)
    entry = Entry.objects.get(kind="scoring.tasting.saved")

    assert entry.facts == {"session_id": table.session.pk, "sample": 717}
