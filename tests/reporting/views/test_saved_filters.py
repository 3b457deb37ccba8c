"""Filters kept under a name: used, shared, made the default, gone stale, taken away."""

import pytest
from django.test import Client
from django.urls import reverse

from ocop_portal.accounts.models import User
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Posting
from reporting.list_sources import SOURCES
from reporting.models import SavedFilter
from tests.conftest import LogIn
from tests.factories import cycle, registry
from tests.factories.registry import NOW

pytestmark = pytest.mark.django_db
LIST = "/chu-trinh/ho-so/"
KEEP = "/thong-ke/bo-loc/luu/"


@pytest.fixture
def officer() -> User:
    dossier = cycle.reported_dossier(regime="2026")
    cycle.draft_dossier(regime="2026")
    return cycle.officer_for(dossier.enrolment, Level.PROVINCE)


@pytest.fixture
def browser(officer: User, log_in: LogIn) -> Client:
    return log_in(officer)


def kept(browser: Client, name: str, query: str, **more: str) -> SavedFilter:
    facts = {"list": "cycle:dossier-list", "name": name, "query": query, **more}
    answer = browser.post(KEEP, facts)
    saved = SavedFilter.objects.get(name=name)
    assert answer["Location"] == saved.address
    return saved


def test_the_present_filter_is_kept_and_found_above_the_list(browser: Client) -> None:
    page = browser.get(f"{LIST}?state=forwarded&q=&page=2&chon=trang").content.decode()
    assert 'name="query" value="state=forwarded"' in page

    saved = kept(browser, "Chờ tiếp nhận", "state=forwarded&q=&page=2&xuat=csv&chon=trang")

    assert saved.query == "state=forwarded"
    page = browser.get(LIST).content.decode()
    assert f'href="{LIST}?state=forwarded&amp;loc={saved.pk}"' in page
    shown = browser.get(saved.address)
    assert shown.context["filter"].form.cleaned_data["state"] == "forwarded"


def test_the_desk_shows_it_with_its_count(browser: Client) -> None:
    kept(browser, "Đang soạn", "state=draft")
    kept(browser, "Mọi hồ sơ", "level=province")

    counts = {each.title: each.count for each in browser.get("/ban-lam-viec/").context["shortcuts"]}

    listed = {
        name: browser.get(SavedFilter.objects.get(name=name).address).context["page_obj"]
        for name in counts
    }
    assert counts == {name: page.paginator.count for name, page in listed.items()}
    assert counts["Mọi hồ sơ"] == 1


def test_the_default_opens_the_list_and_everything_is_one_step_away(browser: Client) -> None:
    saved = kept(browser, "Chờ tôi", "state=forwarded", default="yes")

    assert browser.get(LIST)["Location"] == saved.address
    assert browser.get(f"{LIST}?loc=0").status_code == 200
    assert browser.get(f"{LIST}?state=draft").status_code == 200
    other = kept(browser, "Khác", "state=draft", default="yes")
    assert list(SavedFilter.objects.filter(is_default=True)) == [other]


def test_words_that_are_gone_are_told_and_nothing_breaks(browser: Client, officer: User) -> None:
    saved = SavedFilter.objects.create(
        owner=officer,
        list_name="cycle:dossier-list",
        name="Cũ",
        query="nganh=1&state=vanished",
        made_at=NOW,
    )

    page = browser.get(saved.address)

    assert page.status_code == 200
    told = "Bộ lọc đã lưu “Cũ” có điều kiện không còn dùng được: nganh, state."
    assert told in page.content.decode()
    (shortcut,) = browser.get("/ban-lam-viec/").context["shortcuts"]
    assert (shortcut.title, shortcut.count) == ("Cũ", None)


def test_it_is_shared_with_the_office_and_shows_nobody_more(
    browser: Client, officer: User, log_in: LogIn
) -> None:
    saved = kept(browser, "Của phòng", "level=province")
    posting = Posting.objects.get(user=officer)
    assert posting.unit is not None
    colleague = registry.officer(Role.PROVINCIAL_OFFICER, posting.unit)
    elsewhere = registry.officer(Role.PROVINCIAL_OFFICER, registry.province("Tỉnh Phú Thọ", "25"))
    assert "Của phòng" not in log_in(colleague).get(LIST).content.decode()

    browser.post(f"/thong-ke/bo-loc/{saved.pk}/doi/", {"act": "share", "office": posting.pk})

    assert "Của phòng" in log_in(colleague).get(LIST).content.decode()
    assert "Của phòng" not in log_in(elsewhere).get(LIST).content.decode()
    for path in ("doi", "xoa"):
        url = f"/thong-ke/bo-loc/{saved.pk}/{path}/"
        assert log_in(colleague).post(url, {"act": "rename", "name": "x"}).status_code == 404


def test_it_is_shared_with_no_office_of_others(browser: Client, officer: User) -> None:
    saved = kept(browser, "Của tôi", "level=province")
    theirs = registry.posting(
        registry.person("Khác"), Role.PROVINCIAL_OFFICER, registry.province("Tỉnh Phú Thọ", "25")
    )

    browser.post(f"/thong-ke/bo-loc/{saved.pk}/doi/", {"act": "share", "office": theirs.pk})

    saved.refresh_from_db()
    assert (saved.unit, saved.role, saved.owner) == (None, "", officer)


def test_it_is_renamed_and_deleted(browser: Client) -> None:
    saved, other = kept(browser, "Một", "state=draft"), kept(browser, "Hai", "state=lodged")
    change = f"/thong-ke/bo-loc/{saved.pk}/doi/"

    taken = browser.post(change, {"act": "rename", "name": "Hai"}, follow=True)
    assert "đã có bộ lọc tên “Hai”" in taken.content.decode()
    browser.post(change, {"act": "rename", "name": "Ba"})
    assert set(SavedFilter.objects.values_list("name", flat=True)) == {"Ba", "Hai"}
    browser.post(f"/thong-ke/bo-loc/{saved.pk}/xoa/")
    assert list(SavedFilter.objects.all()) == [other]


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"name": " "}, "Hãy đặt tên cho bộ lọc."),
        ({"name": "x" * 81}, "Tên bộ lọc dài nhất 80 chữ."),
        ({"name": "x", "list": "nowhere:list"}, "Không có danh sách này."),
        ({"name": "x", "query": "q=" + "x" * 1001}, "Bộ lọc này quá dài để lưu."),
    ],
)
def test_what_cannot_be_kept_is_said(browser: Client, facts: dict[str, str], told: str) -> None:
    asked = {"list": "cycle:dossier-list", "query": "state=draft", **facts}

    assert told in browser.post(KEEP, asked, follow=True).content.decode()
    assert SavedFilter.objects.count() == 0


def test_the_page_of_my_filters_and_every_list_that_is_counted(browser: Client) -> None:
    kept(browser, "Một", "state=draft")
    assert "Một" in browser.get(reverse("reporting:filter-list")).content.decode()
    for name in SOURCES:
        assert browser.get(reverse(name), {"loc": "0"}).status_code in {200, 404}, name
