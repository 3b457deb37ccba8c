"""Collects the texts of the screen for translation, in Python alone (no gettext programs).

Templates are parsed by Django itself, so what is collected is what is looked up when a page is
drawn; Python files are read as syntax trees. `term("…")` marks a text of the rules, which know no
Django. The source language is Vietnamese: a text is its own key.
"""

import ast
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.template import Engine, engines
from django.template.base import Template
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

# The name of a marking function and the places of context, text and plural among its arguments.
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "term": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
}
PACKAGES = ("ocop_portal", "registry", "cycle", "scoring", "promotion", "reporting")
HEADER = {
    "Project-Id-Version": "ocop-portal",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
}


@dataclass(frozen=True, order=True)
class Message:
    """One text to translate; `context` tells equal texts with other meanings apart."""

    text: str
    plural: str = ""
    context: str = ""


def catalogue_path(language: str) -> Path:
    """Where a language's catalogue lies."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def collect() -> dict[Message, list[str]]:
    """Every text with the files in which it stands, in a stable order."""
    found: dict[Message, list[str]] = {}
    for path in _files():
        name = path.relative_to(settings.BASE_DIR).as_posix()
        for message in messages_of(path):
            places = found.setdefault(message, [])
            if name not in places:
                places.append(name)
    return found


def _files() -> Iterator[Path]:
    base = Path(settings.BASE_DIR)
    for package in PACKAGES:
        python = sorted((base / package).rglob("*.py"))
        yield from (path for path in python if "migrations" not in path.parts)
    templates = base / "templates"
    yield from sorted(path for path in templates.rglob("*") if path.suffix in {".html", ".txt"})


def messages_of(path: Path) -> Iterable[Message]:
    """The texts of one file."""
    source = path.read_text(encoding="utf-8")
    return messages_of_python(source) if path.suffix == ".py" else messages_of_template(source)


def messages_of_python(source: str) -> Iterator[Message]:
    """Texts marked by a call with a literal; others look up what is marked elsewhere."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else _name(node.func)
        if name in FUNCTIONS:
            context, text, plural = (_literal(node, place) for place in FUNCTIONS[name])
            if text:
                yield Message(text, plural, context)


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _literal(call: ast.Call, place: int | None) -> str:
    if place is None or place >= len(call.args):
        return ""
    argument = call.args[place]
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        return argument.value
    return ""


def messages_of_template(source: str) -> Iterator[Message]:
    """Texts of `translate` and `blocktranslate`, as they are looked up when drawn."""
    nodes = parse(source).nodelist
    plain: list[Any] = nodes.get_nodes_by_type(TranslateNode)
    for node in plain:
        text = node.filter_expression.var
        literal = getattr(text, "literal", text)
        if isinstance(literal, str):
            context = node.message_context.var if node.message_context else ""
            # Django doubles the percent sign before it looks a text up.
            shown = literal.replace("%", "%%")
            yield Message(shown, "", str(getattr(context, "literal", context) or ""))
    blocks: list[Any] = nodes.get_nodes_by_type(BlockTranslateNode)
    for node in blocks:
        text, _names = node.render_token_list(node.singular)
        plural = node.render_token_list(node.plural)[0] if node.plural else ""
        context = node.message_context.var if node.message_context else ""
        yield Message(text, plural, str(context))


def parse(source: str) -> Template:
    """A template from its text, with the portal's own tags."""
    return Template(source, engine=_engine())


def _engine() -> Engine:
    engine: Engine = engines["django"].engine  # type: ignore[attr-defined] # of Django's backend
    return engine


def updated(language: str, messages: dict[Message, list[str]]) -> polib.POFile:
    """The catalogue with new texts added, gone ones taken out, translations kept."""
    path = catalogue_path(language)
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {Message(e.msgid, e.msgid_plural or "", e.msgctxt or ""): e for e in old}
    new = polib.POFile(wrapwidth=98)
    new.metadata = {
        **HEADER,
        "Language": language,
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for message in sorted(messages):
        new.append(_entry(message, messages[message], known.get(message)))
    return new


def _entry(message: Message, places: list[str], old: "polib.POEntry | None") -> "polib.POEntry":
    entry = polib.POEntry(
        msgid=message.text,
        msgctxt=message.context or None,
        occurrences=[(place, "") for place in places],
        flags=["python-format"] if "%(" in message.text else [],
    )
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = dict(old.msgstr_plural) if old else {0: "", 1: ""}
    else:
        entry.msgstr = old.msgstr if old else ""
    return entry


def compile_all() -> list[Path]:
    """Writes a .mo beside every .po where it is missing or older; returns what was written."""
    written = []
    for source in sorted(Path(settings.LOCALE_PATHS[0]).rglob("*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        # Another process may read it, or compile it too: it appears whole or not at all.
        unfinished = target.with_suffix(f".{os.getpid()}.tmp")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.replace(target)
        written.append(target)
    return written
