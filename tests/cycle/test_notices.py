"""Who is told of what, that every text is there, and that reminders are told once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template.loader import get_template

from cycle.notices import TITLES
from cycle.services import council_moves, ideas, intake, reminders
from cycle.tasks import remind_of_due_dossiers
from ocop_portal.journal import kinds, notices
from ocop_portal.journal.models import Entry
from registry.domain.regime import Level
from registry.domain.roles import Role
from tests.factories import cycle, registry
from tests.factories.cycle import NOW

pytestmark = pytest.mark.django_db
OURS = [notice for notice in notices.registered() if notice.kind.startswith("cycle.")]


def told_of(kind: str) -> tuple[set[int], str]:
    """The people told of the last entry of a kind, and the address they are given."""
    entry = Entry.objects.filter(kind=kind).first()
    notice = notices.notice_of(kind)
    assert entry is not None
    assert notice is not None
    return {user.pk for user in notice.recipients(entry)}, notice.url(entry)


@pytest.mark.parametrize("notice", OURS, ids=lambda notice: notice.kind)
def test_every_notice_has_its_three_texts(notice: notices.Notice) -> None:
    facts = {
        "product": "Chè & mật",
        "title": "Lớp làm Chè",
        "round": "Đợt 1",
        "code": "HS-19-2026-00001",
        "reason": "Thiếu ảnh.",
        "due_day": "14/12/2026",
        "what_name": "Ý tưởng sản phẩm",
    }

    for part in ("subject.txt", "body.txt", "body.html"):
        text = get_template(f"emails/{notice.kind}/{part}").render({"facts": facts, "url": "/x"})
        assert "Chè" in text or "HS-19-2026-00001" in text
        assert "{{" not in text


def test_every_kind_that_is_written_has_a_title() -> None:
    cycle.recognised_enrolment()
    written = set(Entry.objects.filter(kind__startswith="cycle.").values_list("kind", flat=True))

    assert written <= set(TITLES)
    assert {notice.kind for notice in OURS} <= set(TITLES)
    assert all(kinds.title_of(kind) != kind for kind in TITLES)


def test_an_idea_is_told_to_the_appraiser_and_answered_to_the_subject() -> None:
    row = cycle.with_idea_submitted(cycle.enrolment())
    officer, owner = cycle.appraiser_for(row), cycle.owner_of(row)
    cycle.officer_for(row, Level.PROVINCE)
    registry.officer(Role.DISTRICT_OFFICER, registry.district("Huyện Đại Từ", "171"))

    people, url = told_of("cycle.idea.submitted")
    assert people == {officer.pk, owner.pk}
    assert url == row.idea.get_absolute_url()
    ideas.accept(row.idea, findings=cycle.ALL_MET, by=officer, at=NOW)

    assert told_of("cycle.idea.accepted")[0] == {owner.pk}


def test_a_lodged_dossier_is_told_to_the_level_whose_turn_it_is() -> None:
    dossier = cycle.lodged_dossier(regime="2026")
    row = dossier.enrolment
    commune, province = (cycle.officer_for(row, level) for level in (Level.COMMUNE, Level.PROVINCE))
    owner = cycle.owner_of(row)

    assert told_of("cycle.dossier.lodged")[0] == {commune.pk, owner.pk}
    intake.report_by_commune(
        dossier,
        local_material="a",
        local_labour="b",
        origin_of_idea="c",
        local_identity="d",
        by=commune,
        at=NOW,
    )

    people, url = told_of("cycle.dossier.reported")
    assert people == {province.pk, owner.pk}
    assert url == dossier.get_absolute_url()


def test_a_forwarded_dossier_is_told_to_the_level_above() -> None:
    dossier = cycle.dossier_in_council()
    province = cycle.officer_for(dossier.enrolment, Level.PROVINCE)
    by = cycle.officer_for(dossier.enrolment, Level.DISTRICT)

    council_moves.forward(dossier, to_level=Level.PROVINCE, by=by, at=NOW)

    assert told_of("cycle.dossier.forwarded")[0] == {
        province.pk,
        cycle.owner_of(dossier.enrolment).pk,
    }


@pytest.mark.parametrize(
    ("at", "due", "overdue"),
    [
        (datetime(2026, 12, 8, 3, 0, tzinfo=UTC), 0, 0),  # four working days before the 14th
        (datetime(2026, 12, 9, 3, 0, tzinfo=UTC), 1, 0),  # three
        (datetime(2026, 12, 14, 3, 0, tzinfo=UTC), 1, 0),  # the day itself
        (datetime(2026, 12, 14, 17, 0, tzinfo=UTC), 0, 1),  # midnight in Vietnam
    ],
)
def test_a_report_is_reminded_of_once(at: datetime, due: int, overdue: int) -> None:
    dossier = cycle.lodged_dossier(regime="2026")

    first = reminders.remind_of_reports(at=at)
    second = reminders.remind_of_reports(at=at + timedelta(minutes=1))

    def told(kind: str) -> int:
        return Entry.objects.filter(kind=kind, subject_id=dossier.pk).count()

    assert (first, second) == (due + overdue, 0)
    assert (told(reminders.DUE), told(reminders.OVERDUE)) == (due, overdue)


def test_an_overdue_report_is_told_to_commune_and_province() -> None:
    dossier = cycle.lodged_dossier(regime="2026")
    row = dossier.enrolment
    people = {cycle.officer_for(row, level).pk for level in (Level.COMMUNE, Level.PROVINCE)}

    reminders.remind_of_reports(at=NOW + timedelta(days=40))

    assert told_of(reminders.OVERDUE)[0] == people


def test_a_report_that_came_is_not_reminded_of() -> None:
    cycle.reported_dossier(regime="2026")

    assert reminders.remind_of_reports(at=NOW + timedelta(days=40)) == 0


def test_the_nightly_task_only_calls_the_service() -> None:
    assert remind_of_due_dossiers() == 0
