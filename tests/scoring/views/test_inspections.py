"""The pages of an inspection, from the plan to the draft of a revocation."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from scoring.domain.decision_states import DecisionKind
from scoring.models import Certificate, Finding, Inspection, Measure
from scoring.selectors.inspections import checklist_of, office_of
from tests.conftest import LogIn
from tests.factories import inspections as visits
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def held() -> Certificate:
    return visits.certificate(stars=4)


@pytest.fixture
def office(log_in: LogIn, held: Certificate) -> Client:
    return log_in(visits.officer(held))


def filled(held: Certificate, **changed: str) -> dict[str, str]:
    answers = {item.code: "kept" for item in checklist_of(held)}
    told = {"visited_on": "2026-11-20", "inspectors": "Hà, Minh", "conclusion": "Nhãn in sai"}
    return told | answers | changed


def test_visit_from_plan_to_proposal(office: Client, held: Certificate) -> None:
    plan = f"/hoi-dong/kiem-tra/ke-hoach/{office_of(held).pk}/2026/"
    assert "chưa kiểm tra lần nào" in office.get(plan).content.decode()
    office.post(plan, {"certificates": [held.pk], "due_on": "2026-12-15"})
    inspection = Inspection.objects.get()
    assert "0 trên 1" in office.get(plan).content.decode()
    assert "Kiểm tra sau công nhận" in office.get("/ban-lam-viec/").content.decode()

    record = f"{inspection.get_absolute_url()}ket-qua/"
    short = filled(held)
    del short["mark-stars"]
    assert office.post(record, short).context["form"].errors.keys() == {"mark-stars"}
    kept = filled(held, **{"mark-stars": "not_kept", "note-mark-stars": "In 5 sao"})
    office.post(record, kept)
    page = office.get(inspection.get_absolute_url()).content.decode()
    assert "In 5 sao" in page
    assert "Không đạt" in page

    finding = {"text": "In 5 sao trên bao bì", "proposal": "revoke", "ground": "mark_misused"}
    office.post(f"{inspection.get_absolute_url()}phat-hien/", finding)
    office.post(
        f"{inspection.get_absolute_url()}anh/",
        {"anh-file": visits.picture(), "anh-caption": "Bao bì"},
    )
    page = office.get(inspection.get_absolute_url()).content.decode()
    found = Finding.objects.get()
    address = f"{held.get_absolute_url()}quyet-dinh/thu-hoi/?phat-hien={found.pk}"
    assert address in page
    photo = inspection.photos.get()
    shown = office.get(f"/hoi-dong/kiem-tra/anh/{photo.pk}/")
    assert shown["Cache-Control"] == "private, no-store"
    shown.getvalue()  # read to its end, which puts it away

    draft = office.get(address).context["form"].initial
    assert (draft["note"], draft["ground"]) == ("In 5 sao trên bao bì", "mark_misused")
    sent = {**draft, "hearing_note": "Chủ thể thừa nhận", "decided_on": "2026-11-20"}
    office.post(address, {**sent, "concluded_on": "2026-11-20"})
    measure = Measure.objects.get()
    assert (measure.finding, measure.decision.does) == (found, DecisionKind.REVOKE)


def test_ad_hoc_visit_is_ordered_and_cancelled(office: Client, held: Certificate) -> None:
    office.post(
        f"{held.get_absolute_url()}kiem-tra/", {"occasion": "Phản ánh", "due_on": "2026-11-25"}
    )
    inspection = Inspection.objects.get()
    late = office.post(f"{inspection.get_absolute_url()}huy/", {"note": ""}, follow=True)
    assert "Ghi chú" in late.content.decode()

    office.post(f"{inspection.get_absolute_url()}huy/", {"note": "Trùng"})

    inspection.refresh_from_db()
    assert inspection.state == "cancelled"


def test_finding_is_mended_and_the_visit_closed(office: Client, held: Certificate) -> None:
    inspection = visits.recorded(held)
    address = inspection.get_absolute_url()
    told = {"text": "Tem mờ", "proposal": "none", "due_on": "2026-12-01"}
    office.post(f"{address}phat-hien/", told)
    refused = office.post(f"{address}khep/", {"note": "Xong"}, follow=True).content.decode()
    assert "Còn phát hiện chưa khắc phục" in refused

    office.post(
        f"/hoi-dong/kiem-tra/phat-hien/{Finding.objects.get().pk}/xong/", {"note": "In lại"}
    )
    office.post(f"{address}khep/", {"note": "Xong"})

    inspection.refresh_from_db()
    assert inspection.state == "closed"


def test_list_asks_as_often_for_many_as_for_one(office: Client, held: Certificate) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert office.get("/hoi-dong/kiem-tra/").status_code == 200
        return len(seen)

    visits.ordered(held)
    asked()
    one = asked()
    for _again in range(49):
        visits.ordered(held)
    many = asked()

    assert (one, many) == (9, 9)


def test_attack_in_every_field_is_only_text(office: Client, held: Certificate) -> None:
    attack = "<script>alert(1)</script>'; DROP TABLE x; {{ 7*7 }} \u202e"
    inspection = visits.ordered(held)
    record = f"{inspection.get_absolute_url()}ket-qua/"
    office.post(record, filled(held, inspectors=attack, conclusion=attack))
    told = {"text": attack, "proposal": "none", "due_on": "2026-12-01"}
    office.post(f"{inspection.get_absolute_url()}phat-hien/", told)

    page = office.get(inspection.get_absolute_url())

    assert page.status_code == 200
    assert "<script>alert" not in page.content.decode()
    assert "&lt;script&gt;" in page.content.decode()
