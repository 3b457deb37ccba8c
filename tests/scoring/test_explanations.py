"""A result explained to its producer: enough to learn from, nothing of a single member."""

import re

import pytest
import time_machine
from django.urls import reverse

from ocop_portal.accounts.models import User
from registry.domain.errors import RuleBroken, Stale
from scoring.models import CouncilMember, Mark, Rating
from scoring.selectors.explanations import explanation_of
from scoring.services import remarks
from tests.conftest import LogIn
from tests.factories import cycle
from tests.factories import scoring as make
from tests.scoring.services.test_notices import told

pytestmark = pytest.mark.django_db


def rated(*totals: int) -> Rating:
    return make.concluded(make.accepted_dossier(regime="2026"), list(totals))


def test_each_criterion_has_the_usual_option_the_mean_and_the_maximum() -> None:
    rating = rated(74, 74, 80)

    explained = explanation_of(rating)

    lines = [line for part in explained.parts for line in part.lines]
    assert len(lines) == len(explained.rubric.criteria)
    for line in lines:
        marks = Mark.objects.filter(sheet__item=rating.item, criterion=line.criterion.code)
        points = [mark.points for mark in marks]
        options = [mark.option for mark in marks]
        assert line.mean.replace(",", ".") == str(sum(points) / 3)[: len(line.mean)]
        chosen = line.option.id if line.option else None
        assert options.count(chosen) == max(map(options.count, options))
        assert line.lost == (sum(points) < 3 * line.criterion.max)
    assert {(gate.criterion.code, gate.star, gate.met) for gate in explained.gates} == {
        (code, star, met) for code, star, met in rating.gates
    }


@pytest.mark.parametrize(
    ("totals", "only"), [((74,), True), ((74, 80), True), ((74, 74, 80), False)]
)
def test_fewer_than_three_sheets_tell_totals_only(
    totals: tuple[int, ...], only: bool, log_in: LogIn
) -> None:
    rating = rated(*totals)
    page = page_of(log_in, rating)

    explained = explanation_of(rating)
    first = explained.rubric.criteria[0]
    assert (explained.totals_only, not explained.parts) == (only, only)
    assert (f"tieu-chi-{first.code.replace('.', '-')}" in page) is not only
    assert ("ít hơn ba phiếu" in page) is only
    assert rating.mean_shown in page


def test_no_member_can_be_read_out_of_the_page_or_the_paper(log_in: LogIn) -> None:
    rating = rated(74, 76, 79)
    names = [str(member.user) for member in CouncilMember.objects.filter(council__unit=rating.unit)]
    page = page_of(log_in, rating)
    body = re.sub(r"<[^>]+>", " ", page)

    assert [name for name in names if name in body] == []
    for total in (74, 76, 79):
        assert not re.search(rf"(?<![\d,]){total}(?![\d,])", body.split("Theo từng tiêu chí")[0])


def test_a_remark_is_shown_once_its_chair_approved_it_and_never_changes(log_in: LogIn) -> None:
    rating = rated(74, 74, 80)
    chair, secretary, member = (seat_of(rating, name) for name in ("chair", "secretary", "member"))
    at = make.SIGNING
    text = "Nên làm rõ vùng nguyên liệu."

    with pytest.raises(Exception, match="Chỉ thư ký"):
        remarks.write(rating, text=text, by=member, at=at)
    with pytest.raises(RuleBroken, match=r"^remark\.empty"):
        remarks.write(rating, text=" ", by=secretary, at=at)
    remarks.write(rating, text=text, version=0, by=secretary, at=at)
    assert told("scoring.remark.written") == {chair}
    assert text not in page_of(log_in, rating)
    with pytest.raises(Stale):
        remarks.write(rating, text="Khác", version=0, by=secretary, at=at)
    with pytest.raises(Exception, match="chủ trì"):
        remarks.approve(rating, by=secretary, at=at)
    remarks.approve(rating, version=1, by=chair, at=at)

    assert text in page_of(log_in, rating)
    assert cycle.owner_of(rating.dossier.enrolment) in told("scoring.remark.approved")
    with pytest.raises(RuleBroken, match=r"^remark\.approved"):
        remarks.write(rating, text="Khác", by=secretary, at=at)


def seat_of(rating: Rating, name: str) -> User:
    members = CouncilMember.objects.filter(council=rating.item.session.council, seat=name)
    return members.order_by("pk")[0].user


def page_of(log_in: LogIn, rating: Rating) -> str:
    """The page of a result as its producer reads it."""
    with time_machine.travel(make.SIGNING, tick=False):
        producer = log_in(cycle.owner_of(rating.dossier.enrolment))
        answer = producer.get(reverse("scoring:rating-detail", args=[rating.pk]))
    assert answer.status_code == 200
    return answer.content.decode()
