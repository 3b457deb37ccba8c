"""One stylesheet, whatever asks for it."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

from ocop_portal.web.staticfiles import BUNDLE, INDEX, OneStylesheetFinder, bundle

CSS = Path(settings.BASE_DIR) / "static" / "css"


def built() -> str:
    found = finders.find(BUNDLE)
    assert isinstance(found, str)
    return Path(found).read_text(encoding="utf-8")


def test_stylesheet_when_found_then_it_holds_every_part_and_imports_nothing() -> None:
    parts = {str(part.relative_to(CSS)) for part in CSS.rglob("*.css")} - {"index.css"}
    named = set(re.findall(r'@import "([^"]+)"', (CSS / "index.css").read_text(encoding="utf-8")))

    assert named == parts
    assert "@import" not in built()
    assert built().count("{") == built().count("}")


def test_stylesheet_when_listed_for_collection_then_the_parts_are_not() -> None:
    listed = [path for path, _storage in OneStylesheetFinder().list([]) if path.endswith(".css")]

    assert listed == [BUNDLE]


def test_stylesheet_when_a_part_is_newer_then_it_is_built_again(tmp_path: Path) -> None:
    (tmp_path / "part.css").write_text("a { color: red; }", encoding="utf-8")
    index = tmp_path / "index.css"
    index.write_text('@layer base;\n@import "part.css" layer(base);\n', encoding="utf-8")

    assert bundle(index) == "@layer base;\n@layer base {\na { color: red; }\n}\n"


def test_parts_when_asked_for_one_by_one_then_found_for_the_editor() -> None:
    assert finders.find(INDEX)
