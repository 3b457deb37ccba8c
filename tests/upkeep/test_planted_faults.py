"""Every invariant holds over a product's whole way, and finds the fault that is planted for it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import FileField

from cycle.models import Dossier, Enrolment
from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Channel, Entry, Notification, Seal
from ocop_portal.journal.sealing import seal_new
from ocop_portal.upkeep import files, invariants, services
from ocop_portal.upkeep.invariants import Scope
from promotion.models import Listing
from registry.models import Evidence
from reporting.models import StarTally
from reporting.services import star_tallies
from scoring.domain.council import Seat
from scoring.domain.session_states import ItemState
from scoring.models import AgendaItem, Certificate, Rating, Sheet
from scoring.services import documents
from tests.factories import registry as make
from tests.factories import scoring as make_scoring
from tests.factories.registry import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
LATER = NOW + timedelta(hours=2)
SCOPE = Scope(at=LATER, on=LATER.date(), with_files=True)


@dataclass(frozen=True)
class World:
    """A product that came to its star, with everything on the way."""

    dossier: Dossier
    rating: Rating
    certificate: Certificate
    evidence: Evidence


@pytest.fixture
def world(settings: Any, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    dossier = make_scoring.accepted_dossier(regime="2026")
    rating = make_scoring.concluded(dossier, [78, 80, 82])
    decision = make_scoring.signed(make_scoring.drafted(rating))
    documents.make_all_of(decision)
    star_tallies.count_all(on=SCOPE.on)
    Entry.objects.update(fan_out_due_at=None)  # no worker runs beside this test
    seal_new(at=NOW)
    return World(
        dossier=dossier,
        rating=rating,
        certificate=Certificate.objects.get(rating=rating),
        evidence=make.paper(dossier.enrolment.product.subject),
    )


def found() -> dict[str, list[str]]:
    """What every rule finds, by code, in the sentence of the screen."""
    answers = {rule.code: list(rule.find(SCOPE)) for rule in invariants.registered()}
    return {
        code: [each.text % each.facts for each in findings]
        for code, findings in answers.items()
        if findings
    }


def total_of_rating(world: World) -> None:
    Rating.objects.update(points=239)


def spread_too_wide(world: World) -> None:
    council = world.rating.item.session.council
    council.max_spread = 3
    council.save(update_fields=["max_spread"])


def quorum_missed(world: World) -> None:
    there = world.rating.item.session.attendance
    there.exclude(member__seat=Seat.CHAIR).delete()


def sheet_counted_twice(world: World) -> None:
    world.rating.counted = [world.rating.counted[0], *world.rating.counted]
    world.rating.save(update_fields=["counted"])


def item_without_result(world: World) -> None:
    AgendaItem.objects.update(state=ItemState.STOPPED)


def term_too_long(world: World) -> None:
    Certificate.objects.update(valid_until=world.certificate.valid_until + timedelta(days=1))


def certified_twice(world: World) -> None:
    held = world.certificate
    held.pk, held.number, held.code = None, "999", "234567"
    decision = held.decision
    decision.pk, decision.number = None, "998/QĐ-UBND"
    decision.save()
    held.decision = decision
    held.pdf = ""
    held.save()


def entry_changed(world: World) -> None:
    if connection.vendor == "postgresql":  # whoever owns the database can put its triggers aside
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
    Entry.objects.filter(pk=Seal.objects.order_by("number")[0].entry_id).update(kind="x")


def state_of_dossier(world: World) -> None:
    Dossier.objects.update(state="lodged")


def step_of_enrolment(world: World) -> None:
    Enrolment.objects.update(step="plan")


def listing_lies(world: World) -> None:
    Listing.objects.update(stars=5)


def tally_lies(world: World) -> None:
    star_tallies.count_all(on=SCOPE.on)
    StarTally.objects.create(
        province=world.certificate.unit,
        counted_for=SCOPE.on,
        validity="valid",
        stars=5,
        group="che",
        regime="2026",
        year=2026,
        products=3,
    )


def file_gone(world: World) -> None:
    world.certificate.pdf.storage.delete(str(world.certificate.pdf.name))


def notices_unwritten(world: World) -> None:
    Entry.objects.filter(pk=Entry.objects.latest("pk").pk).update(fan_out_due_at=NOW)


def notice_unsent(world: World) -> None:
    Notification.objects.create(
        entry=Entry.objects.latest("pk"),
        recipient=User.objects.order_by("pk")[0],
        channel=Channel.MAIL,
        due_at=NOW,
    )


PLANTED: list[tuple[str, Callable[[World], None], str]] = [
    ("scoring.rating.sum", total_of_rating, "points đang lưu là 239, tính lại được 240"),
    ("scoring.rating.council", spread_too_wide, "Các phiếu chênh nhau 4 điểm, quá mức 3"),
    ("scoring.rating.council", quorum_missed, "người chấm có mặt, cần ít nhất"),
    ("scoring.rating.once", sheet_counted_twice, "1 phiếu hoặc người được tính hai lần"),
    ("scoring.item.state", item_without_result, "kết quả chấm thì ngược lại"),
    ("scoring.certificate.term", term_too_long, "theo quy định là"),
    ("scoring.certificate.once", certified_twice, "Có 2 giấy chứng nhận cùng còn hiệu lực"),
    ("scoring.journal.chain", entry_changed, "number 1: entry"),
    ("cycle.dossier.state", state_of_dossier, "đang lưu là “lodged”, lịch sử ghi “recognised”"),
    ("cycle.enrolment.step", step_of_enrolment, "đang lưu là “plan”, lịch sử ghi “promotion”"),
    ("promotion.listing.results", listing_lies, "lệch với giấy chứng nhận"),
    ("reporting.stars.tallies", tally_lies, "figures differ"),
    ("upkeep.files", file_gone, "không còn trong kho tệp"),
    ("journal.notices.written", notices_unwritten, "chưa được báo cho ai"),
    ("journal.notices.sent", notice_unsent, "đến hạn từ hơn một giờ"),
]


def test_every_invariant_has_a_fault_that_is_planted_for_it() -> None:
    assert {code for code, *_rest in PLANTED} == {rule.code for rule in invariants.registered()}


def test_invariants_when_all_went_its_way_then_nothing_is_found(world: World) -> None:
    assert found() == {}


@pytest.mark.parametrize(
    ("code", "plant", "said"),
    PLANTED,
    ids=[f"{code}-{plant.__name__}" for code, plant, _ in PLANTED],
)
def test_invariant_when_a_fault_is_planted_then_it_is_found(
    world: World, code: str, plant: Callable[[World], None], said: str
) -> None:
    plant(world)

    assert said in " / ".join(found().get(code, []))


def test_files_when_the_content_is_another_then_it_is_found(world: World) -> None:
    Path(world.evidence.file.path).write_bytes(b"another content")

    assert "mã băm khác" in found()["upkeep.files"][0]


def test_files_when_not_all_are_asked_for_then_each_has_its_night(world: World) -> None:
    world.evidence.file.storage.delete(str(world.evidence.file.name))
    nights = [Scope(at=LATER, on=SCOPE.on + timedelta(days=day)) for day in range(30)]

    assert sum(len(list(files.find(night))) for night in nights) == 1


def test_every_kept_file_is_watched() -> None:
    own = {"registry", "cycle", "scoring", "promotion", "reporting"}
    fields = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, FileField) and model._meta.app_label in own
    }

    assert {(kept.model, kept.field) for kept in files.registered()} == fields


def test_every_invariant_says_what_to_do() -> None:
    for rule in invariants.registered():
        assert rule.title
        assert rule.advice


def test_command_when_a_fault_is_planted_then_it_names_thing_rule_clause_and_remedy(
    world: World,
) -> None:
    Certificate.objects.update(valid_until=world.certificate.valid_until + timedelta(days=1))

    with pytest.raises(CommandError) as error:
        call_command("check_invariants", "--only", "scoring.certificate")

    said = str(error.value)
    assert f"scoring.certificate {world.certificate.pk} {world.certificate.number}: " in said
    assert "scoring.certificate.term: Thời hạn giấy chứng nhận" in said
    assert "(26/2026 Đ.4.3)" in said
    assert "Ra quyết định đính chính" in said


def test_command_when_all_holds_then_it_says_how_many(world: World) -> None:
    said = StringIO()

    call_command("check_invariants", "--only", "scoring.rating", "--files", stdout=said)

    assert said.getvalue() == "3 invariants hold\n"
    with pytest.raises(CommandError, match="no such rule"):
        call_command("check_invariants", "--only", "nothing")


def test_run_when_a_rule_cannot_be_asked_then_the_others_are_and_it_is_a_finding(
    db: None,
) -> None:
    def breaks(_scope: Scope) -> Any:
        raise RuntimeError("no such table")

    broken = invariants.Invariant("test.broken", "Hỏng", "", "Sửa", breaks)

    run = services.run(at=NOW, rules=[broken, *invariants.registered()])

    assert [(row.rule, row.facts) for row in run.findings.all()] == [
        ("test.broken", {"error": "RuntimeError"})
    ]
    assert Sheet.objects.count() == 0
