"""Pages of units and of their changes."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from ocop_portal.accounts.models import User
from registry import selectors
from registry.domain.regime import Division
from registry.domain.roles import Role
from registry.models import Unit, UnitChange
from tests.conftest import LogIn
from tests.factories import registry as make

pytestmark = pytest.mark.django_db
CHANGES = "/dia-phuong/thay-doi/"


@pytest.fixture(autouse=True)
def _day() -> Any:
    with time_machine.travel(make.NOW, tick=False):
        yield


@pytest.fixture
def tan_cuong() -> Unit:
    here = make.commune()
    make.former_commune("Xã Phúc Xuân", "05506", successor=here)
    return here


@pytest.fixture
def dai_phuc() -> Unit:
    return make.commune("Xã Đại Phúc", "05830")


@pytest.fixture
def browser(log_in: LogIn) -> Client:
    return log_in(make.officer(Role.ADMINISTRATOR, make.province(), "An"))


def merger_of(tan_cuong: Unit, dai_phuc: Unit, **more: str) -> tuple[str, dict[str, Any]]:
    asked = {
        "others": [dai_phuc.pk],
        "code": "05999",
        "name": "Xã Chè Xanh",
        "effective_on": "2026-11-20",
        "decision_number": "1700/NQ-UBTVQH15",
        "reason": "Sắp xếp",
        **more,
    }
    return f"/dia-phuong/{tan_cuong.pk}/thay-doi/merger/", asked


def test_administrator_merges_after_a_preview_and_both_pages_tell_it(
    browser: Client, client: Client, tan_cuong: Unit, dai_phuc: Unit
) -> None:
    make.subject(commune=tan_cuong)
    url, asked = merger_of(tan_cuong, dai_phuc)

    question = browser.get(url).content.decode()
    preview = browser.post(url, asked).content.decode()
    assert not UnitChange.objects.exists()
    done = browser.post(url, {**asked, "confirmed": "1"}, follow=True).content.decode()
    heir = selectors.unit_at(Division.TWO_TIER, "05999")
    new_page = client.get(f"/dia-phuong/{heir.pk}/").content.decode()
    old_page = client.get(f"/dia-phuong/{tan_cuong.pk}/").content.decode()

    assert "Xã Đại Phúc" in question
    assert 'Chủ thể</th><td class="num">1</td>' in preview
    assert "Ngày này đã tới nên thay đổi được thực hiện ngay khi ghi." in preview
    assert "Thay đổi đã có hiệu lực." in done
    assert "1700/NQ-UBTVQH15" in new_page
    assert "Xã Phúc Xuân, Thành phố Thái Nguyên" in new_page
    assert "Nay là" in old_page
    assert "Xã Chè Xanh, Tỉnh Thái Nguyên" in old_page


def test_preview_when_sent_back_then_what_was_typed_is_still_there(
    browser: Client, tan_cuong: Unit, dai_phuc: Unit
) -> None:
    url, asked = merger_of(tan_cuong, dai_phuc)

    page = browser.post(url, {**asked, "edit": "1"}).content.decode()

    assert 'value="Xã Chè Xanh"' in page
    assert not UnitChange.objects.exists()


def test_fault_stands_at_its_field_with_the_reason(
    browser: Client, tan_cuong: Unit, dai_phuc: Unit
) -> None:
    url, asked = merger_of(tan_cuong, dai_phuc, effective_on="2025-07-01")

    page = browser.post(url, asked).content.decode()

    assert "Có hiệu lực từ ngày: Xã Tân Cương có từ ngày 01/07/2025" in page


@pytest.mark.parametrize(
    ("kind", "asked", "after"),
    [
        ("rename", {"name": "Xã Trà Xanh"}, "Xã Trà Xanh"),
        ("status", {"new_kind": "Phường"}, "Phường Tân Cương"),
    ],
)
def test_renaming_keeps_the_unit(
    browser: Client, tan_cuong: Unit, kind: str, asked: dict[str, str], after: str
) -> None:
    words = {
        "effective_on": "2026-11-20",
        "decision_number": "1700/NQ-UBTVQH15",
        "reason": "Nghị quyết",
        "confirmed": "1",
    }

    browser.post(f"/dia-phuong/{tan_cuong.pk}/thay-doi/{kind}/", {**asked, **words})

    tan_cuong.refresh_from_db()
    assert tan_cuong.name == after


def test_split_then_its_parts_and_a_correction_that_points_to_it(
    browser: Client, tan_cuong: Unit
) -> None:
    words = {"effective_on": "2026-11-20", "decision_number": "1/NQ", "reason": "Chia"}
    parts = {"name_1": "Xã Đông", "code_1": "06001", "name_2": "Xã Tây", "code_2": "06002"}
    url = f"/dia-phuong/{tan_cuong.pk}/thay-doi/split/"
    browser.post(url, {**words, **parts, "confirmed": "1"})
    wrong = UnitChange.objects.get()
    east, west = (selectors.unit_at(Division.TWO_TIER, code) for code in ("06001", "06002"))
    offered = browser.get(wrong.get_absolute_url()).content.decode()
    back = f"/dia-phuong/{east.pk}/thay-doi/merger/?sua={wrong.pk}"

    asked = {
        "others": [west.pk],
        "code": "05503",
        "name": "Xã Tân Cương",
        **words,
        "effective_on": "2026-11-21",
        "confirmed": "1",
    }
    browser.post(back, asked)

    assert f"/dia-phuong/{east.pk}/thay-doi/merger/?sua={wrong.pk}" in offered
    correction = UnitChange.objects.exclude(pk=wrong.pk).get()
    assert (correction.corrects, correction.applied_at) == (wrong, None)


def test_planned_change_is_withdrawn_at_its_page(
    browser: Client, tan_cuong: Unit, dai_phuc: Unit
) -> None:
    url, asked = merger_of(tan_cuong, dai_phuc, effective_on="2027-01-01", confirmed="1")
    browser.post(url, asked)
    change = UnitChange.objects.get()

    page = browser.post(f"{CHANGES}{change.pk}/rut/", follow=True).content.decode()

    assert "Đã rút thay đổi." in page
    assert UnitChange.objects.get().withdrawn_at is not None


def test_officer_of_the_province_sees_no_offer_and_is_refused(
    log_in: LogIn, provincial_officer: User, tan_cuong: Unit, dai_phuc: Unit
) -> None:
    browser = log_in(provincial_officer)
    url, asked = merger_of(tan_cuong, dai_phuc, confirmed="1")

    assert "Ghi thay đổi" not in browser.get(f"/dia-phuong/{tan_cuong.pk}/").content.decode()
    assert browser.post(url, asked).status_code == 403
    assert browser.get(CHANGES).status_code == 403
    assert not UnitChange.objects.exists()


def test_unknown_kind_and_unit_are_not_found(browser: Client, tan_cuong: Unit) -> None:
    assert browser.get(f"/dia-phuong/{tan_cuong.pk}/thay-doi/vanish/").status_code == 404
    assert browser.get("/dia-phuong/999999/").status_code == 404


@pytest.mark.parametrize("words", ["phuc xuan", "Phúc Xuân", "phuc xuan thanh pho thai nguyen"])
def test_list_finds_by_the_name_of_before_and_says_so(
    client: Client, tan_cuong: Unit, words: str
) -> None:
    page = client.get("/dia-phuong/", {"q": words}).content.decode()

    assert f'href="/dia-phuong/{tan_cuong.pk}/"' in page
    assert 'trước là <span lang="vi">Xã Phúc Xuân, Thành phố Thái Nguyên</span>' in page


def test_picker_offers_the_heir_for_the_name_of_before(client: Client, tan_cuong: Unit) -> None:
    query = {"field": "commune", "division": "two_tier", "level": "commune"}

    page = client.get("/dia-phuong/tim/", {**query, "commune_q": "phuc xuan"}).content.decode()

    assert f'value="{tan_cuong.pk}"' in page
    assert "trước là Xã Phúc Xuân, Thành phố Thái Nguyên" in page


def test_picker_of_today_leaves_out_what_has_ended(
    browser: Client, client: Client, tan_cuong: Unit, dai_phuc: Unit
) -> None:
    url, asked = merger_of(tan_cuong, dai_phuc, confirmed="1")
    browser.post(url, asked)
    query = {"field": "commune", "division": "two_tier", "level": "commune"}

    page = client.get("/dia-phuong/tim/", {**query, "commune_q": "Đại Phúc"}).content.decode()

    heir = selectors.unit_at(Division.TWO_TIER, "05999")
    assert f'value="{heir.pk}"' in page
    assert f'value="{dai_phuc.pk}"' not in page


@pytest.mark.parametrize("number", [1, 50])
def test_list_costs_the_same_for_any_number(
    client: Client, number: int, django_assert_num_queries: Any
) -> None:
    for each in range(number):
        make.commune(f"Xã Số {each}", f"2{each:04d}")
    client.get("/dia-phuong/", {"q": "xa so"})

    with django_assert_num_queries(4):  # count, rows, names and units of before
        client.get("/dia-phuong/", {"q": "xa so"})


@pytest.mark.parametrize("number", [1, 50])
def test_list_of_changes_costs_the_same_for_any_number(
    browser: Client, number: int, django_assert_num_queries: Any
) -> None:
    for each in range(number):
        unit = make.commune(f"Xã Số {each}", f"2{each:04d}")
        url, asked = merger_of(
            unit,
            make.commune(f"Xã Lẻ {each}", f"3{each:04d}"),
            code=f"4{each:04d}",
            name=f"Xã Gộp {each}",
            effective_on="2027-01-01",
            confirmed="1",
        )
        browser.post(url, asked)
    assert UnitChange.objects.count() == number
    browser.get(CHANGES)

    with django_assert_num_queries(11):
        browser.get(CHANGES)
