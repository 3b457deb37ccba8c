"""The demonstration: what it makes checks out like anything made by people."""

from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from cycle.domain.samples import Stock
from cycle.models import (
    Conversation,
    Dossier,
    Enrolment,
    InformationSession,
    SupportRequest,
)
from cycle.selectors import stock_of, to_renew, visible_enrolments, window_of
from ocop_portal.accounts.models import User
from ocop_portal.journal.sealing import seal_new
from promotion.models import EnquiryPart, Event, MisuseReport, OfficialMark, PointOfSale, SoldAt
from registry.domain.clock import legal_day
from registry.domain.regime import Division
from registry.models import ProductPicture, Subject
from reporting.demonstration.aims import choices_towards
from reporting.demonstration.play import play, recognised
from reporting.demonstration.script import Script, read_script
from reporting.demonstration.stage import Stage
from reporting.services import open_data
from scoring.domain.gates import findings_from
from scoring.domain.sheet import tally
from scoring.models import (
    Certificate,
    Complaint,
    Decision,
    Finding,
    Inspection,
    Rating,
    SampleNumber,
    Session,
)
from scoring.selectors.certificates import valid_until_of
from scoring.selectors.rubrics import rubric_of
from tests.factories import registry, rubrics

AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
SETS = (("2019", 1), ("2019", 2), ("2026", 6), ("2026", 11))


@pytest.fixture
def short_script() -> Script:
    """One province with tea and cakes; the whole takes too long for a test."""
    whole = read_script()
    kept = [each for each in whole.subjects if each.key in {"la-bang", "banh-ngai"}]
    one = whole.provinces[0]
    return replace(
        whole, troubled=one.key, looked_after=one.key, provinces=(one,), subjects=tuple(kept)
    )


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def places(db: None) -> None:
    """The units and the rubrics that the short script names."""
    registry.country()
    commune = registry.commune("Xã La Bằng", "05818")
    district = registry.unit(
        "Huyện Đại Từ", "171", registry.former_province(), division=Division.THREE_TIER
    )
    registry.former_commune("Xã La Bằng", "05815", parent=district, successor=commune)
    registry.load_sets()
    for regime, number in SETS:
        rubrics.edition(regime, number)


def played(script: Script) -> Stage:
    return play(script, password="mat-khau-rat-dai", at=AT, tell=lambda _line: None)


@pytest.mark.embedded
def test_the_demonstration_gives_the_stars_that_its_members_aimed_at(
    places: None, short_script: Script
) -> None:
    made = played(short_script)

    stars = dict(
        Enrolment.objects.filter(stars__isnull=False).values_list("product__name", "stars")
    )
    assert stars == {
        "Chè tôm nõn Suối Bạc": 5,
        "Chè đinh Suối Bạc": 5,
        "Chè móc câu Suối Bạc": 4,
        "Bánh ngải Thẩm Mộc": 3,
        "Bánh chưng gù Thẩm Mộc": 4,
    }
    assert recognised(made) == 5


def test_the_demonstration_leaves_something_to_do(places: None, short_script: Script) -> None:
    played(short_script)

    assert Session.objects.filter(state="opened").count() == 1
    assert SampleNumber.objects.filter(session__state="opened").count() == 1
    assert Decision.objects.filter(state="presented").count() == 1
    assert Complaint.objects.filter(state="taken").count() == 1
    assert sorted(Enrolment.objects.values_list("step", flat=True)) == [
        *["evaluation"] * 4,
        "idea",
        "plan",
        *["promotion"] * 5,
    ]


def test_the_demonstration_draws_and_says_that_it_is_drawn(
    places: None, short_script: Script
) -> None:
    played(short_script)

    shown = ProductPicture.objects.order_by("product_id")
    assert [picture.product.name for picture in shown] == [
        line.products[0].name for line in short_script.subjects
    ]
    assert all(picture.alt.startswith("Hình vẽ cho bản trình diễn") for picture in shown)
    assert {picture.product.price_from for picture in shown} == {180_000, None}


def test_the_demonstration_shows_what_happens_before_a_dossier(
    places: None, short_script: Script
) -> None:
    played(short_script)

    subject = Subject.objects.get(name="Hợp tác xã Chè Suối Bạc La Bằng")
    assert subject.craft_village is not None
    assert subject.material_areas.count() == 1
    past, coming = InformationSession.objects.order_by("starts_at")
    assert past.attendees.filter(attended_at__isnull=False).count() == 3
    assert coming.takes_registrations(AT)
    states = SupportRequest.objects.order_by("sent_at").values_list("state", flat=True)
    assert list(states) == ["granted", "sent"]
    assert Conversation.objects.get().awaits == "office"
    officer = User.objects.get(email__startswith="can-bo-xa.")
    assert {row.round.division for row in visible_enrolments(officer, legal_day(AT))} == {*Division}


def test_the_desk_has_a_dossier_to_mend_samples_and_a_renewal(
    places: None, short_script: Script
) -> None:
    played(short_script)

    returned = Dossier.objects.get(state="returned")
    assert returned.corrections.count() == 2
    assert returned.due_on is not None
    renewal = Dossier.objects.get(kind="re_evaluation")
    assert renewal.state == "draft"
    assert renewal.prefilled_from is not None
    assert renewal.introduction
    window = window_of(renewal, valid_until_of(renewal))
    assert window is not None
    assert not window.is_open(legal_day(AT))
    assert to_renew(renewal, legal_day(AT))
    in_session = Dossier.objects.filter(agenda_items__session__state="opened")
    assert [stock_of(each) for each in in_session] == [Stock(required=5, held=5)]


def test_the_demonstration_stands_the_nightly_checks(places: None, short_script: Script) -> None:
    played(short_script)
    sealed = seal_new(at=timezone.now())
    said = StringIO()

    for command in ("recheck_ratings", "verify_journal"):
        call_command(command, stdout=said)
    call_command("check_invariants", "--files", stdout=said)

    assert f"{sealed} entries" in said.getvalue()
    assert "invariants hold" in said.getvalue()

    # Tea of 2019 at three levels, before two councils of the third; of 2026 at two levels; cakes at
    # their province and below.
    assert Rating.objects.count() == 12
    assert Certificate.objects.filter(state="superseded").count() == 2


def test_the_command_publishes_the_open_data_for_the_first_visitor(
    places: None, short_script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "reporting.management.commands.demonstrate.read_script", lambda: short_script
    )

    with time_machine.travel(AT, tick=False):
        call_command("demonstrate", stdout=StringIO(), stderr=StringIO())

    found = open_data.current()
    assert found is not None
    rows = {file.name: file.rows for file in found[0].files}
    assert rows["san-pham.csv"] == rows["san-pham.json"] == 5


def test_the_demonstration_is_refused_where_people_work(db: None) -> None:
    registry.person("Người đang làm việc")

    with pytest.raises(CommandError, match="only in an empty installation"):
        call_command("demonstrate")

    assert User.objects.count() == 1


@pytest.mark.parametrize(("regime", "number"), SETS)
@pytest.mark.parametrize(("total", "stars"), [(42, 2), (61, 3), (80, 4), (94, 5)])
def test_choices_come_near_their_aim_and_meet_the_gates(
    db: None, regime: str, number: int, total: int, stars: int
) -> None:
    rubric = rubric_of(rubrics.edition(regime, number))

    choices = choices_towards(rubric, total=total, stars=stars, turn=5)

    found = tally(rubric, choices)
    assert abs(found.total - total) <= 1
    gates = findings_from(rubric, found.points)
    shut = [each for each in gates if not each.met and each.star <= stars]
    assert shut == []


def test_the_office_visits_answers_and_says_that_its_mark_is_a_placeholder(
    places: None, short_script: Script
) -> None:
    played(short_script)

    wrong = Finding.objects.get()
    assert (wrong.mended_on, wrong.inspection.photos.count()) == (None, 1)
    assert {each.state for each in Inspection.objects.all()} >= {"closed", "recorded"}
    answered = MisuseReport.objects.get(state="answered")
    assert answered.certificate == wrong.inspection.certificate
    assert MisuseReport.objects.filter(state="received").count() == 1
    assert {mark.original_name for mark in OfficialMark.objects.all()} == {
        "o-giu-cho-3-sao.png",
        "o-giu-cho-4-sao.png",
    }


def test_the_office_keeps_places_holds_a_fair_and_a_buyer_asks(
    places: None, short_script: Script
) -> None:
    played(short_script)

    assert PointOfSale.objects.filter(subject=None).count() == 3
    assert SoldAt.objects.filter(is_awaited=True).count() == 1
    assert sorted(Event.objects.values_list("state", flat=True)) == ["called", "concluded"]
    assert EnquiryPart.objects.filter(state="received").count() == 1
