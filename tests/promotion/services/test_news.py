"""An office writes, publishes and takes back."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from pytest_django import DjangoCaptureOnCommitCallbacks

from ocop_portal.accounts.models import User
from promotion.domain.news import MOST_FILES
from promotion.models import NewsFile, NewsItem
from promotion.permissions import may_write_news, offices_of
from promotion.selectors.news import public_news
from promotion.services import news
from registry.domain.errors import RuleBroken
from registry.models import Unit
from tests.factories import news as make
from tests.factories import registry

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def office(provincial_officer: User, at: datetime) -> Unit:
    return offices_of(provincial_officer, on=at.date())[0]


def test_news_when_written_then_a_draft_until_published(
    office: Unit, provincial_officer: User, at: datetime
) -> None:
    item = make.draft(office, by=provincial_officer, at=at)
    assert list(public_news()) == []

    news.publish(item, by=provincial_officer, at=at)
    again = news.publish(item, by=provincial_officer, at=at + timedelta(days=1))

    assert list(public_news()) == [item]
    assert again.published_at == at


def test_news_when_withdrawn_then_gone_with_its_reason_and_can_come_back(
    office: Unit, provincial_officer: User, at: datetime
) -> None:
    item = make.published(office, by=provincial_officer, at=at)

    with pytest.raises(RuleBroken) as refused:
        news.withdraw(item, reason=" ", by=provincial_officer, at=at)
    gone = news.withdraw(item, reason="Đổi ngày", by=provincial_officer, at=at)
    assert refused.value.field == "reason"
    assert (gone.reason, gone.is_public, list(public_news())) == ("Đổi ngày", False, [])

    news.publish(item, by=provincial_officer, at=at + timedelta(hours=1))
    assert [each.reason for each in public_news()] == [""]


@pytest.mark.parametrize("name", ["stranger", "commune_officer", "auditor", "central_officer"])
def test_news_when_somebody_else_tries_then_refused(
    request: pytest.FixtureRequest,
    office: Unit,
    provincial_officer: User,
    at: datetime,
    name: str,
) -> None:
    item = make.published(office, by=provincial_officer, at=at)
    other: User = request.getfixturevalue(name)

    assert not may_write_news(other, office, on=at.date())
    with pytest.raises(PermissionDenied):
        make.draft(office, by=other, at=at)
    with pytest.raises(PermissionDenied):
        news.withdraw(item, reason="x", by=other, at=at)
    with pytest.raises(PermissionDenied):
        news.attach(item, title="x", file=registry.pdf(), by=other, at=at)


@pytest.mark.parametrize(
    ("texts", "field"),
    [
        ({"title_vi": " "}, "title_vi"),
        ({"body_vi": ""}, "body_vi"),
        ({"title_en": "Fair"}, "body_en"),
        ({"body_en": "Text."}, "title_en"),
    ],
)
def test_news_when_a_text_is_missing_then_its_field_is_named(
    office: Unit, provincial_officer: User, at: datetime, texts: dict[str, str], field: str
) -> None:
    whole = {"title_vi": "Tin", "body_vi": "Chữ.", **texts}

    with pytest.raises(RuleBroken) as refused:
        news.write(office, **whole, by=provincial_officer, at=at)

    assert refused.value.field == field
    assert not NewsItem.objects.exists()


def test_news_when_two_revise_then_the_second_is_told(
    office: Unit, provincial_officer: User, at: datetime
) -> None:
    item = make.draft(office, by=provincial_officer, at=at)
    by, seen = provincial_officer, item.version
    news.revise(item, title_vi="Một", body_vi="A.", version=seen, by=by, at=at)

    with pytest.raises(RuleBroken) as refused:
        news.revise(item, title_vi="Hai", body_vi="B.", version=seen, by=by, at=at)

    assert refused.value.code == "news.stale"
    assert NewsItem.objects.get().title_vi == "Một"


def test_file_when_attached_then_looked_at_and_bounded(
    office: Unit, provincial_officer: User, at: datetime
) -> None:
    item = make.draft(office, by=provincial_officer, at=at)
    by = provincial_officer
    for place in range(MOST_FILES):
        news.attach(item, title=f"Tệp {place}", file=registry.pdf(number=place), by=by, at=at)

    with pytest.raises(RuleBroken) as full:
        news.attach(item, title="Nữa", file=registry.pdf(), by=by, at=at)
    script = ContentFile(b"<script>alert(1)</script>", name="giay.pdf")
    with pytest.raises(RuleBroken):
        news.attach(item, title="Mã", file=script, by=by, at=at)

    assert full.value.code == "news.files"
    assert NewsFile.objects.count() == MOST_FILES


def test_file_when_detached_then_its_content_goes_too(
    office: Unit,
    provincial_officer: User,
    at: datetime,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    row = make.with_file(office, by=provincial_officer, at=at)
    storage, name = row.file.storage, str(row.file.name)
    assert storage.exists(name)

    with django_capture_on_commit_callbacks(execute=True):
        news.detach(row, by=provincial_officer, at=at)

    assert not NewsFile.objects.exists()
    assert not storage.exists(name)
