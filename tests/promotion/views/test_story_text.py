"""A story as HTML: a little Markdown, and nothing that runs."""

import pytest
from django.test import Client

from ocop_portal.accounts.models import User
from promotion.models import Story
from promotion.views.story_text import story_html
from registry.models import Product, Subject
from tests.conftest import LogIn
from tests.factories import promotion as make
from tests.factories import registry

ATTACK = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Một đoạn\n\nHai", "<p>Một đoạn</p>\n<p>Hai</p>\n"),
        ("Một\nhai", "<p>Một<br>\nhai</p>\n"),
        ("**đậm** *nghiêng*", "<p><strong>đậm</strong> <em>nghiêng</em></p>\n"),
        ("- một\n- hai", "<ul>\n<li>một</li>\n<li>hai</li>\n</ul>\n"),
        ("Giá < 5 & > 3", "<p>Giá &lt; 5 &amp; &gt; 3</p>\n"),
        ("# không tựa", "<p># không tựa</p>\n"),
    ],
)
def test_story_when_written_then_a_little_markdown_counts(text: str, html: str) -> None:
    assert story_html(text) == html


@pytest.mark.parametrize(
    "text",
    [
        f"Chè {ATTACK}",
        f"{ATTACK}\n\nChè",
        '<img src=x onerror="alert(1)">Chè',
        '<a href="javascript:alert(1)">Chè</a>',
        "[Chè](javascript:alert(1))",
        '<p onclick="alert(1)" style="position:fixed">Chè</p>',
        "<iframe src=//x>Chè",
        "<svg/onload=alert(1)>Chè",
        "<style>*{}</style>Chè",
        "<scr<script>ipt>alert(1)</script>Chè",
    ],
)
def test_story_when_it_holds_markup_then_nothing_of_it_is_left(text: str) -> None:
    html = story_html(text)

    assert "Chè" in html
    for word in ("<script", "<img", "<a", "onerror=", "onclick", "style", "<iframe", "<svg"):
        assert word not in html


@pytest.fixture
def product(subject: Subject) -> Product:
    return make.listing(registry.product(subject)).product


@pytest.mark.django_db
def test_producer_when_previewing_then_nothing_is_stored_and_nothing_is_lost(
    producer: User, product: Product, log_in: LogIn, client: Client
) -> None:
    browser = log_in(producer)
    address = f"/xuc-tien/{product.pk}/cau-chuyen/"
    told = {
        "title_vi": "Từ đồi chè",
        "body_vi": f"Đồi **chè** {ATTACK}",
        "title_en": "From the hill",
        "body_en": "A *hill*",
    }

    preview = browser.post(address, {**told, "preview": "1"}).content.decode()
    stored = Story.objects.count()
    browser.post(address, told)
    page = client.get(product.listing.get_absolute_url()).content.decode()

    assert stored == 0
    assert "<strong>chè</strong>" in preview
    assert "<em>hill</em>" in preview
    assert "Đồi **chè**" in preview
    assert ATTACK not in preview
    assert "<strong>chè</strong>" in page
    assert ATTACK not in page


@pytest.mark.django_db
def test_preview_when_a_field_is_missing_then_the_faults_are_shown(
    producer: User, product: Product, log_in: LogIn
) -> None:
    answer = log_in(producer).post(
        f"/xuc-tien/{product.pk}/cau-chuyen/", {"title_vi": "Từ đồi chè", "preview": "1"}
    )

    assert answer.status_code == 200
    assert "Người đọc sẽ thấy" not in answer.content.decode()
    assert not Story.objects.exists()
