"""News over HTTP: for everybody, and at the office's desk."""

from collections.abc import Iterator
from datetime import datetime

import pytest
import time_machine
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from ocop_portal.accounts.models import User
from promotion.models import NewsFile, NewsItem
from promotion.permissions import offices_of
from promotion.services import news
from registry.models import Unit
from tests.conftest import LogIn
from tests.factories import news as make
from tests.factories import registry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(at: datetime) -> Iterator[None]:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def office(provincial_officer: User) -> Unit:
    return office_of(provincial_officer)


def office_of(officer: User) -> Unit:
    return offices_of(officer, on=registry.TODAY)[0]


def test_officer_when_writing_then_draft_file_published_and_read_by_all(
    client: Client, log_in: LogIn, provincial_officer: User, office: Unit
) -> None:
    desk = log_in(provincial_officer)
    assert "Viết tin" in desk.get("/tin-tuc/").content.decode()
    assert "Viết tin" not in client.get("/tin-tuc/").content.decode()

    told = {
        "unit": office.pk,
        "title_vi": "Hội chợ",
        "body_vi": "Xem https://ocop.example/ <script>alert(1)</script>",
        "title_en": "Fair",
        "body_en": "All are welcome.",
    }
    page = desk.post("/tin-tuc/viet/", told)["Location"]
    assert client.get(page).status_code == 404
    assert "Bản nháp" in desk.get(page).content.decode()
    desk.post(f"{page}them-tep/", {"title": "Thể lệ", "file": registry.pdf("thể lệ.pdf")})
    file = NewsFile.objects.get()
    assert client.get(file.get_absolute_url()).status_code == 404
    desk.post(f"{page}dang/")

    html = client.get(page).content.decode()
    assert "<script>alert" not in html
    assert '<a href="https://ocop.example/" rel="nofollow">' in html
    assert "Thể lệ" in html
    got = client.get(file.get_absolute_url())
    assert b"".join(got.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined] # the client's stand-in
    assert (got["Content-Type"], got["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    client.cookies["django_language"] = "en"
    assert "All are welcome." in client.get(page).content.decode()

    desk.post(f"{page}go/", {"reason": ""})
    assert client.get(page).status_code == 200
    desk.post(f"{page}go/", {"reason": "Đổi ngày"})
    assert client.get(page).status_code == 404
    assert client.get(file.get_absolute_url()).status_code == 404


def test_edit_when_stale_then_both_texts_are_shown_and_the_second_save_counts(
    log_in: LogIn, provincial_officer: User, office: Unit, at: datetime
) -> None:
    item = make.draft(office, by=provincial_officer, at=at)
    desk = log_in(provincial_officer)
    news.revise(
        item, title_vi="Của người khác", body_vi="A.", version=1, by=provincial_officer, at=at
    )

    told = {"title_vi": "Của tôi", "body_vi": "B.", "version": "1"}
    answer = desk.post(f"/tin-tuc/{item.pk}/sua/", told)

    html = answer.content.decode()
    assert "Người khác vừa sửa tin này" in html
    assert "Của người khác" in html
    assert 'value="Của tôi"' in html
    assert 'name="version" value="2"' in html
    desk.post(f"/tin-tuc/{item.pk}/sua/", {**told, "version": "2"})
    assert NewsItem.objects.get().title_vi == "Của tôi"


def test_desk_when_a_producer_comes_then_refused_with_the_reason(
    log_in: LogIn, stranger: User
) -> None:
    answer = log_in(stranger).get("/tin-tuc/viet/")

    assert answer.status_code == 403
    assert "Chỉ cơ quan OCOP" in answer.content.decode()


def test_page_when_shown_then_the_office_has_more(
    client: Client, provincial_officer: User, office: Unit, at: datetime
) -> None:
    first = make.published(office, by=provincial_officer, at=at, title="Một")
    make.published(office, by=provincial_officer, at=at, title="Hai")
    make.draft(office, by=provincial_officer, at=at, title="Nháp")

    more = client.get(first.get_absolute_url()).context["more"]

    assert [piece.title for piece in more] == ["Hai"]


@pytest.mark.parametrize("rows", [1, 50])
def test_list_when_there_is_more_news_then_the_same_queries(
    client: Client,
    provincial_officer: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    make.many(office_of(provincial_officer), rows, by=provincial_officer, at=registry.NOW)

    # Count, rows.
    with django_assert_num_queries(2):
        assert client.get("/tin-tuc/").context["page_obj"].paginator.count == rows


@pytest.mark.parametrize("rows", [1, 50])
def test_desk_when_there_is_more_news_then_the_same_queries(
    log_in: LogIn,
    provincial_officer: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    make.many(office_of(provincial_officer), rows, by=provincial_officer, at=registry.NOW)
    desk = log_in(provincial_officer)
    desk.get("/tin-tuc/soan/")

    with django_assert_num_queries(DESK_QUERIES):
        assert desk.get("/tin-tuc/soan/").context["page_obj"].paginator.count == rows


@pytest.mark.parametrize("page", ["1000000000", "-3", "x"])
def test_list_when_the_page_is_senseless_then_the_nearest(
    client: Client, provincial_officer: User, office: Unit, at: datetime, page: str
) -> None:
    make.published(office, by=provincial_officer, at=at)

    assert len(client.get("/tin-tuc/", {"page": page}).context["rows"]) == 1


# Session, person, offices, count, rows, and the five of the desk's frame.
DESK_QUERIES = 7
