"""The components promise their markup; the templates promise a page without inline code."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory

from ocop_portal.accounts.permissions import ALLOWED, refused
from ocop_portal.web.forms import NfcForm

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAGES = sorted(str(found.relative_to(TEMPLATES)) for found in TEMPLATES.rglob("*.html"))


class Idea(NfcForm):
    name = forms.CharField(label="Tên sản phẩm", help_text="Như in trên nhãn.")
    note = forms.CharField(label="Ghi chú", required=False)
    kind = forms.ChoiceField(
        label="Loại hình", widget=forms.RadioSelect, choices=[("htx", "HTX"), ("tht", "THT")]
    )
    sworn = forms.BooleanField(label="Tôi cam kết")
    paper = forms.FileField(label="Giấy tờ", required=False)

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("Ý tưởng này đã có.")


def render(source: str, **context: Any) -> str:
    request = RequestFactory().get("/san-pham/?nhom=che&page=2")
    template = engines["django"].from_string("{% load portal %}" + source)
    return re.sub(r"\s+", " ", template.render(context, request)).strip()


def component(name: str, **context: Any) -> str:
    given = " ".join(f"{key}={key}" for key in context)
    clause = f" with {given} only" if given else " only"
    return render(f'{{% include "components/{name}.html"{clause} %}}', **context)


@pytest.mark.parametrize("name", PAGES)
def test_template_when_loaded_then_it_compiles(name: str) -> None:
    assert get_template(name)


@pytest.mark.parametrize("name", [page for page in PAGES if not page.startswith("emails/")])
def test_template_when_read_then_nothing_inline_and_nothing_from_outside(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")

    assert re.findall(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", source) == []
    assert re.findall(r"<script(?![^>]*\bsrc=)(?! type=\"application/ld\+json\")", source) == []
    assert re.findall(r"<(?:script|link|img)[^>]+(?:src|href)=\"(?:https?:)?//", source) == []


def test_form_when_faulty_then_a_summary_leads_to_the_first_control_of_each_field() -> None:
    html = render("{{ form }}", form=Idea({}))

    assert html.index('class="error-summary"') < html.index('name="name"')
    assert re.findall(r'<a href="#(\w+)">', html) == ["id_name", "id_kind_0", "id_sworn"]
    assert "Ý tưởng này đã có." in html
    assert html.count("Ý tưởng này đã có.") == 1


def test_field_when_faulty_then_hint_and_error_describe_it() -> None:
    html = render("{{ form.name.as_field_group }}", form=Idea({}))

    described = re.search(r'<input[^>]*aria-describedby="([^"]+)"', html)
    assert described
    assert described[1].split() == ["id_name_helptext", "id_name_error"]
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_field_when_optional_then_words_say_so() -> None:
    form = Idea()

    assert "(không bắt buộc)" in render("{{ form.note.as_field_group }}", form=form)
    assert "(không bắt buộc)" not in render("{{ form.name.as_field_group }}", form=form)


def test_radio_group_when_faulty_then_it_is_a_described_fieldset_with_a_legend() -> None:
    html = render("{{ form.kind.as_field_group }}", form=Idea({}))

    assert re.search(r'<fieldset[^>]+aria-describedby="id_kind_error"', html)
    assert re.search(r"<legend[^>]*>Loại hình", html)
    assert html.count('<label for="id_kind_') == 2


@pytest.mark.parametrize("name", ["name", "note", "sworn", "paper"])
def test_single_control_when_drawn_then_a_label_names_it(name: str) -> None:
    html = render("{{ field.as_field_group }}", field=Idea()[name])

    assert f'for="id_{name}"' in html
    assert f'id="id_{name}"' in html


def test_action_when_allowed_then_it_posts_with_a_token_even_without_context() -> None:
    html = component("action", url="/nop/", label="Nộp", verdict=ALLOWED, fields={"version": 3})

    assert '<form class="action" method="post" action="/nop/">' in html
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', html)
    assert '<input type="hidden" name="version" value="3">' in html


def test_action_when_refused_then_the_reason_describes_the_dead_button() -> None:
    html = component("action", url="/nop/", label="Nộp", verdict=refused("Vòng chưa mở."))

    described = re.search(r'disabled aria-describedby="(\w+)"', html)
    assert described
    assert f'id="{described[1]}">Vòng chưa mở.' in html
    assert "<form" not in html


@pytest.mark.parametrize(
    ("stars", "lit", "words"),
    [(4, 4, "4 trên 5 sao"), (1, 1, "1 trên 5 sao"), (None, 0, "Chưa có hạng sao")],
)
def test_star_rating_when_drawn_then_words_and_picture_agree(
    stars: int | None, lit: int, words: str
) -> None:
    html = component("star_rating", stars=stars)

    assert html.count("star--lit") == lit
    assert words in html


def test_step_track_when_drawn_then_only_the_current_step_is_marked() -> None:
    states = ("done", "current", "todo")
    steps = [SimpleNamespace(label=state, state=state, url="") for state in states]

    html = component("step_track", steps=steps)

    assert html.count('aria-current="step"') == 1
    assert "<ol" in html


def test_pagination_when_filtered_then_the_filter_stays_and_the_first_page_is_plain() -> None:
    page = Paginator(range(200), 50).get_page(2)

    html = component("pagination", page_obj=page, query=QueryDict("nhom=che&page=2"))

    assert 'href="?nhom=che"' in html
    assert 'href="?nhom=che&amp;page=3"' in html
    assert html.count("aria-current") == 1


def test_pagination_when_one_page_then_nothing() -> None:
    assert component("pagination", page_obj=Paginator([1], 50).get_page(1), query="") == ""


def test_query_string_when_changed_then_the_rest_stays() -> None:
    assert render('{% query_string page=3 nhom="mat-ong" %}') == "?nhom=mat-ong&amp;page=3"
    assert render("{% query_string page=None nhom=None %}") == "?"


def test_timeline_when_empty_then_it_says_so() -> None:
    assert "Chưa có việc nào" in component("timeline", entries=[])


def test_facts_when_nothing_is_known_then_a_dash_and_zero_stays_zero() -> None:
    html = component("facts", rows=[("Giá", ""), ("Số mẫu", 0)])

    assert html.count("–") == 1
    assert "<dd>0</dd>" in html


@pytest.mark.parametrize(
    ("amount", "shown"), [(150000, "150.000\u00a0₫"), (0, "0\u00a0₫"), (None, "–"), ("", "–")]
)
def test_vnd_when_shown_then_dots_and_sign(amount: int | None, shown: str) -> None:
    assert render("{{ amount|vnd }}", amount=amount).replace("&nbsp;", "\u00a0") in {
        shown,
        shown.replace("\u00a0", " "),
    }


def test_dates_when_shown_then_day_first_in_legal_time() -> None:
    late = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)

    assert render("{{ day|vn_date }}", day=date(2026, 11, 2)) == "02/11/2026"
    assert render("{{ at|vn_date }}", at=late) == "22/11/2026"
    assert render("{{ at|vn_datetime }}", at=late) == "01:30, 22/11/2026"
    assert render("{{ day|vn_date }}", day=None) == ""


def test_term_when_given_a_refusal_then_its_facts_are_in_the_sentence() -> None:
    refusal = SimpleNamespace(message="Còn %(count)s phiếu.", facts={"count": 2})

    assert render("{{ refusal|term }}", refusal=refusal) == "Còn 2 phiếu."
    assert render("{{ nothing|term }}", nothing="") == ""


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html"])
def test_error_page_when_nothing_is_known_of_the_request_then_it_offers_a_way_on(name: str) -> None:
    html = render_to_string(name)

    assert 'class="way-on"' in html
    assert "<h1>" in html


def test_refusal_when_rendered_then_reason_and_what_next() -> None:
    html = render_to_string("refusal.html", {"reason": "Vòng đã đóng."}, RequestFactory().get("/"))

    assert "Vòng đã đóng." in html
    assert "Làm gì tiếp?" in html
