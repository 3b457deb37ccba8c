from typing import Any

import pytest
import time_machine
from django.test import Client

from cycle.models import Dossier
from scoring.models import CouncilMember, Rating
from scoring.permissions import OFFICER_OF
from scoring.selectors.plans import guide_of_rating
from scoring.views.rating_panels import sensitivity_of
from tests.factories import cycle as make_cycle
from tests.factories import scoring as make
from tests.factories.rubrics import edition

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture(autouse=True)
def _at_the_meeting() -> Any:
    with time_machine.travel(make.MEETING, tick=False):
        yield


def page(user: Any, url: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def rated(*totals: int) -> Rating:
    return make.concluded(make.accepted_dossier(regime="2026"), list(totals))


def owner(dossier: Dossier) -> Any:
    return make_cycle.owner_of(dossier.enrolment)


def test_the_self_assessment_shows_the_way_to_the_next_star() -> None:
    dossier = make.self_assessed(make_cycle.filled_dossier(regime="2026"), total=48)

    shown = page(owner(dossier), f"/hoi-dong/tu-danh-gia/{dossier.pk}/")

    assert "Đường tới 3 sao" in shown
    assert "Cần chứng minh:" in shown


def test_a_result_shows_the_way_on_from_its_exact_mean() -> None:
    rating = rated(69, 69, 70)

    found = guide_of_rating(rating)

    assert found is not None
    assert found.first is not None
    assert (found.target, found.first.stars) == (4, 4)
    assert found.first.total == "70"
    assert "Đường tới 4 sao" in page(owner(rating.dossier), rating.get_absolute_url())


def test_a_result_of_two_sheets_would_tell_what_a_member_chose_and_shows_no_way() -> None:
    rating = rated(80, 80, 80)
    rating.sheets = 2

    assert guide_of_rating(rating) is None


def test_the_chair_and_the_office_see_how_firmly_a_star_stands_and_the_producer_does_not() -> None:
    rating = rated(71, 70, 69)

    chair = CouncilMember.objects.get(council=rating.item.session.council, seat="chair").user
    office = make_cycle.holder(OFFICER_OF[rating.at_level], rating.unit)

    assert [each.total for each in sensitivity_of(rating).flipping] == [71]
    for user in (chair, office):
        shown = page(user, rating.get_absolute_url())
        assert "mong manh" in shown
        assert "Phiếu 71 điểm: không có phiếu này thì trung bình là 69,5" in shown
    assert "mong manh" not in page(owner(rating.dossier), rating.get_absolute_url())


def test_a_result_is_bracketed_on_another_decree_and_stays_as_it_is() -> None:
    rating = rated(80, 80, 80)
    edition("2019", 1)
    edition("2019", 6)
    before = Rating.objects.filter(pk=rating.pk).values().get()

    shown = page(owner(rating.dossier), f"{rating.get_absolute_url()}quy-dinh-khac/?bo=2019.6")

    assert "Kết quả chính thức không đổi" in shown
    assert '<option value="2019.6" selected>' in shown
    assert "Cùng mã, cùng nội dung" in shown
    assert "Không có trong bộ đã chấm" in shown
    assert Rating.objects.filter(pk=rating.pk).values().get() == before


def test_a_stranger_does_not_find_the_comparison(stranger: Any) -> None:
    rating = rated(80, 80, 80)
    client = Client()
    client.force_login(stranger)

    answer = client.get(f"{rating.get_absolute_url()}quy-dinh-khac/")

    assert answer.status_code == 404


def test_without_another_decree_s_table_there_is_nothing_to_compare_with() -> None:
    rating = rated(80, 80, 80)

    shown = page(owner(rating.dossier), f"{rating.get_absolute_url()}quy-dinh-khac/")

    assert "Chưa có bộ tiêu chí đã công bố của quy định khác." in shown
