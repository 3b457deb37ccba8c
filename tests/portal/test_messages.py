"""Every text of the screen is in the English catalogue, translated, with the same places."""

import re
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from django.template import Context
from django.template.base import TextNode
from django.utils import translation
from django.utils.translation import trans_real

from ocop_portal.web import catalogues
from ocop_portal.web.catalogues import Message

PLACES = re.compile(r"%\(\w+\)[sd]|%%|%s|%d|\{\w+\}")
TAGS = re.compile(r"<[^>]+>")
VIETNAMESE = re.compile(
    "[ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ]", re.IGNORECASE
)
FOLDER = Path(settings.BASE_DIR, "templates")
TEMPLATES = sorted(str(p.relative_to(FOLDER)) for p in FOLDER.rglob("*.*") if p.is_file())


@pytest.fixture(scope="module")
def english() -> polib.POFile:
    return polib.pofile(str(catalogues.catalogue_path("en")))


def test_the_catalogue_holds_exactly_the_texts_of_the_code(english: polib.POFile) -> None:
    kept = {Message(e.msgid, e.msgid_plural or "", e.msgctxt or "") for e in english}

    assert kept == set(catalogues.collect())


def test_everything_is_translated(english: polib.POFile) -> None:
    assert [entry.msgid for entry in english.untranslated_entries()] == []
    assert [entry.msgid for entry in english.fuzzy_entries()] == []
    assert [entry.msgid for entry in english.obsolete_entries()] == []


@pytest.mark.parametrize("language", ["en", "vi"])
def test_translations_keep_places_and_tags(language: str) -> None:
    faults = []
    for entry in polib.pofile(str(catalogues.catalogue_path(language))):
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        for text in filter(None, texts):
            same_places = set(PLACES.findall(entry.msgid)) == set(PLACES.findall(text))
            same_tags = sorted(TAGS.findall(entry.msgid)) == sorted(TAGS.findall(text))
            if not (same_places and same_tags):
                faults.append((entry.msgid, text))

    assert faults == []


def test_english_texts_are_not_vietnamese(english: polib.POFile) -> None:
    """Names of places and laws keep their letters; a whole sentence does not."""
    faults = [
        entry.msgid
        for entry in english
        if entry.msgstr == entry.msgid and VIETNAMESE.search(entry.msgid)
    ]

    assert faults == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_hold_no_vietnamese_outside_of_translation(name: str) -> None:
    """What is Vietnamese in every language (law, the name of the language) says lang="vi"."""
    nodes = catalogues.parse((FOLDER / name).read_text(encoding="utf-8")).nodelist
    texts: list[Any] = nodes.get_nodes_by_type(TextNode)
    text = "".join(node.s for node in texts)
    text = re.sub(r"<(\w+)[^>]*\blang=\"vi\"[^>]*>.*?</\1>", "", text, flags=re.DOTALL)

    assert [line for line in text.splitlines() if VIETNAMESE.search(line)] == []


def test_templates_and_python_are_collected() -> None:
    template = (
        '{% load i18n %}{% translate "Giảm 5%" %}{% translate name %}'
        "{% if x %}{% blocktranslate count n=n trimmed %}  {{ n }} sao\n {% plural %}{{ n }} sao "
        "{% endblocktranslate %}{% endif %}"
    )
    python = 'x = _("Một " "dòng"); y = term("Hai"); z = ngettext("a", "b", n); _(name)'

    assert list(catalogues.messages_of_template(template)) == [
        Message("Giảm 5%%"),
        Message("%(n)s sao", "%(n)s sao"),
    ]
    assert list(catalogues.messages_of_python(python)) == [
        Message("Một dòng"),
        Message("Hai"),
        Message("a", "b"),
    ]


def test_what_is_collected_is_what_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    template = catalogues.parse('{% load i18n %}{% translate "Giảm 5%" %}')
    with translation.override("en"):
        catalogue: Any = vars(trans_real.catalog())["_catalog"]
        monkeypatch.setitem(catalogue._catalogs[0], "Giảm 5%%", "5%% off")

        assert template.render(Context()) == "5% off"


def test_the_frameworks_own_sentences_are_vietnamese() -> None:
    with translation.override("vi"):
        assert translation.gettext("A server error occurred.") == "Máy chủ gặp lỗi."
        assert translation.gettext("Invalid page.") == "Không có trang này."
