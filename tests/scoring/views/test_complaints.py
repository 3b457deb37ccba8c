"""Pages of the complaints: what is typed is kept, both sides see the same, nobody else does."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from registry.domain.roles import Role
from scoring.domain.complaint_states import ComplaintEffect, ComplaintState
from scoring.models import Complaint, Rating
from scoring.selectors.rubrics import rubric_of
from scoring.services import complaints
from tests.conftest import LogIn
from tests.factories import cycle, registry
from tests.factories import scoring as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def rating() -> Rating:
    rating = make.concluded(make.accepted_dossier(regime="2026"), [74, 74, 75])
    make.signed(make.drafted(rating), at=make.SIGNING)
    return rating


def test_a_producer_names_criteria_and_the_office_answers(log_in: LogIn, rating: Rating) -> None:
    first, _second, third = list(rubric_of(rating.edition).by_code)[:3]
    owner = cycle.owner_of(rating.dossier.enrolment)
    officer = cycle.holder(Role.PROVINCIAL_OFFICER, rating.unit)
    lodge = reverse("scoring:complaint-create", args=[rating.pk])
    sent = {"criterion_1": first, "reason_1": "Có hợp đồng", "criterion_3": third}
    with time_machine.travel(make.SIGNING, tick=False):
        producer, office = log_in(owner), log_in(officer)
        half = producer.post(lodge, sent)
        whole = producer.post(lodge, {**sent, "reason_3": "Có ảnh nhà xưởng"})
        complaint = Complaint.objects.get()
        inbox = office.get(reverse("scoring:complaint-list")).content.decode()
        take = reverse("scoring:complaint-take", args=[complaint.pk])
        office.post(take, {"version": complaint.version})
        answer = reverse("scoring:complaint-answer", args=[complaint.pk])
        done = {"version": 2, "effect": ComplaintEffect.CORRECT, "text": "Ghi nhầm tên"}
        office.post(answer, done)
        complaint.refresh_from_db()
        seen = producer.get(complaint.get_absolute_url()).content.decode()
        seen_by_office = office.get(complaint.get_absolute_url()).content.decode()
        assert log_in(registry.person()).get(complaint.get_absolute_url()).status_code == 404

    text = half.content.decode()
    assert "Hãy điền cả tiêu chí lẫn lý do." in text
    assert '<details class="panel stack" open>' in text
    assert "Có hợp đồng" in text
    assert whole.status_code == 302
    assert dict(complaint.points.values_list("criterion", "reason")) == {
        first: "Có hợp đồng",
        third: "Có ảnh nhà xưởng",
    }
    assert rating.dossier.enrolment.product.name in inbox
    assert complaint.status is ComplaintState.ANSWERED
    assert "Ghi nhầm tên" in seen
    assert complaint.correction is not None
    assert complaint.correction.get_absolute_url() in seen_by_office
    assert complaint.correction.get_absolute_url() not in seen


def test_after_the_window_the_page_says_so_and_takes_nothing(log_in: LogIn, rating: Rating) -> None:
    owner = cycle.owner_of(rating.dossier.enrolment)
    lodge = reverse("scoring:complaint-create", args=[rating.pk])
    code = next(iter(rubric_of(rating.edition).by_code))
    with time_machine.travel(make.SIGNING + timedelta(days=91), tick=False):
        producer = log_in(owner)
        page = producer.get(lodge).content.decode()
        sent = producer.post(lodge, {"criterion_1": code, "reason_1": "Gõ từ hôm qua"})

    assert "Thời hạn khiếu nại đã hết" in page
    assert "criterion_1" not in page
    assert "Gõ từ hôm qua" in sent.content.decode()
    assert not Complaint.objects.exists()


def test_two_officers_who_take_one_complaint_find_each_other(log_in: LogIn, rating: Rating) -> None:
    complaint = make.complaint(rating, at=make.SIGNING)
    first = cycle.holder(Role.PROVINCIAL_OFFICER, rating.unit)
    second = registry.officer(Role.PROVINCIAL_OFFICER, rating.unit)
    take = reverse("scoring:complaint-take", args=[complaint.pk])
    with time_machine.travel(make.SIGNING, tick=False):
        late = log_in(second)
        complaints.take(complaint, by=first, at=make.SIGNING)
        answer = late.post(take, {"version": 1})

    assert answer.status_code == 409
    assert Complaint.objects.get().owner == first
