"""What import-linter cannot see: foreign keys by name, HTTP below the views, who sets a state."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Model

from ocop_portal.celery import app as celery
from ocop_portal.journal import kinds, notices

ROOT = Path(settings.BASE_DIR)
# Lowest first; a foreign key points at the same app or at one that stands before it.
STACK = ["accounts", "journal", "web", "registry", "cycle", "scoring", "promotion", "reporting"]
APPS = ["registry", "cycle", "scoring", "promotion", "reporting"]
LONGEST_FILE = 400  # lines; what is longer is split by noun
LAYERS = ["services", "selectors", "models"]
FORBIDDEN_BELOW_VIEWS = (
    "django.http",
    "django.shortcuts",
    "django.contrib.messages",
    "rest_framework",
    "ocop_portal.web",
)
# The one module for each sort of row that may assign its `.step` or `.state`.
DOORS = {
    "cycle": {"services/moves.py", "services/support.py"},
    "promotion": {"services/answering.py", "services/entries.py", "services/events.py"},
    "reporting": {
        "services/bulk_jobs.py",
        "services/register_moves.py",
        "services/province_reports.py",
        "services/province_plans.py",
    },
    "scoring": {
        f"services/{noun}.py"
        for noun in (
            "rubrics",
            "sessions",
            "items",
            "sheets",
            "decisions",
            "certificates",
            "inspections",
            "complaints",
        )
    },
}


def sources(app: str, layers: list[str] | None = None) -> list[Path]:
    """The Python files of an app, or of some of its layers."""
    folder = ROOT / app
    if layers is None:
        found = set(folder.rglob("*.py"))
    else:
        found = {path for layer in layers for path in (folder / layer).rglob("*.py")}
        found |= {path for layer in layers if (path := folder / f"{layer}.py").exists()}
    return sorted(path for path in found if "migrations" not in path.parts)


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in STACK]


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_foreign_keys_point_down(model: type[Model]) -> None:
    own = STACK.index(model._meta.app_label)
    upward = [
        f"{model._meta.label}.{field.name} → {field.related_model._meta.label}"
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.is_relation
        and isinstance(field.related_model, type)
        and field.related_model._meta.app_label in STACK
        and STACK.index(field.related_model._meta.app_label) > own
    ]

    assert upward == []


@pytest.mark.parametrize("app", APPS)
def test_services_selectors_and_models_know_no_http(app: str) -> None:
    faults = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sources(app, LAYERS)
        for name in imports(tree(path))
        if name.startswith(FORBIDDEN_BELOW_VIEWS)
    ]

    assert faults == []


def assigned_states(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Lines that assign `.state` or `.step`, or write either by `update(…)`."""
    for node in ast.walk(module):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        for target in targets:
            if isinstance(target, ast.Attribute) and target.attr in {"state", "step"}:
                yield target.lineno, target.attr
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            names = {keyword.arg for keyword in node.keywords}
            if node.func.attr == "update" and names & {"state", "step"}:
                yield node.lineno, "update"


@pytest.mark.parametrize("app", sorted(DOORS))
def test_states_are_set_behind_one_door(app: str) -> None:
    faults = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in sources(app)
        if str(path.relative_to(ROOT / app)) not in DOORS[app]
        for line, name in assigned_states(tree(path))
    ]

    assert faults == []


def recorded_kinds() -> dict[str, set[str]]:
    """Every kind that the code writes into the journal, with the files that do.

    A kind put together from parts is given as a pattern.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for app in ["ocop_portal", *APPS]:
        for path in sources(app):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Call) and node.args and _is_record(node.func):
                    for kind in _patterns(node.args[0]):
                        found[kind].add(str(path.relative_to(ROOT)))
    return {kind: files for kind, files in found.items() if "." in kind.replace(".+", "")}


def _is_record(function: ast.expr) -> bool:
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name in {"record", "record_many"}


def _patterns(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.JoinedStr):
        yield "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
            for part in argument.values
        )
    elif isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield re.escape(argument.value)
    elif isinstance(argument, ast.IfExp):
        yield from _patterns(argument.body)
        yield from _patterns(argument.orelse)


def test_every_kind_of_entry_has_a_title() -> None:
    nameless = {
        kind: files
        for kind, files in recorded_kinds().items()
        if not any(re.fullmatch(kind, known) for known in kinds.registered())
    }

    assert nameless == {}


def test_every_notice_has_a_title_and_its_three_texts() -> None:
    folder = ROOT / "templates" / "emails"
    faults = [
        f"{notice.kind}/{name}"
        for notice in notices.registered()
        for name in ("subject.txt", "body.txt", "body.html")
        if not (folder / notice.kind / name).exists()
    ]

    assert faults == []
    assert {notice.kind for notice in notices.registered()} <= kinds.registered()


def test_no_text_waits_for_a_notice_that_nobody_sends() -> None:
    folder = ROOT / "templates" / "emails"
    kept = {path.name for path in folder.iterdir() if path.is_dir()}

    assert kept - {notice.kind for notice in notices.registered()} == set()


@pytest.mark.parametrize("app", APPS)
def test_apps_use_the_same_file_names(app: str) -> None:
    known = {
        "__init__", "admin", "api", "apps", "converters", "data", "demonstration", "desk",
        "documents", "domain", "duties", "exports", "facts", "feeds", "filters", "forms",
        "history", "invariants", "list_sources", "list_tools", "management", "menu",
        "migrations", "models", "notices", "panels", "permissions", "receivers", "selectors",
        "services", "shields", "signals", "tasks", "templatetags", "unit_counts", "urls",
        "views",
    }  # fmt: skip
    names = {path.stem for path in (ROOT / app).iterdir() if path.name != "__pycache__"}
    # A second address book (`urls_<noun>`) where an app's pages hang in two places.
    names = {name for name in names if not name.startswith("urls_")}

    assert names - known == set()


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "misc"])
def test_no_drawer_for_odds_and_ends(word: str) -> None:
    drawers = [
        str(path.relative_to(ROOT))
        for app in ["ocop_portal", *APPS]
        for path in (ROOT / app).rglob("*")
        if path.stem == word
    ]

    assert drawers == []


def test_no_file_is_too_long_to_be_about_one_noun() -> None:
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for app in ["ocop_portal", *APPS]
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts
    }

    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_beat_rings_for_tasks_that_exist() -> None:
    celery.loader.import_default_modules()
    rung = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert rung - set(celery.tasks) == set()


def test_tasks_are_named_and_limited_in_time() -> None:
    celery.loader.import_default_modules()
    own = {name: task for name, task in celery.tasks.items() if not name.startswith("celery.")}

    assert own
    assert [name for name, task in own.items() if not task.time_limit] == []
    assert [name for name in own if name.split(".")[0] not in {"ocop_portal", *APPS}] == []


def test_tasks_are_warned_before_they_are_ended() -> None:
    """Celery refuses to send a task whose soft limit, perhaps the default one, comes too late."""
    celery.loader.import_default_modules()
    own = {name: task for name, task in celery.tasks.items() if not name.startswith("celery.")}

    assert [name for name, task in own.items() if task.soft_time_limit >= task.time_limit] == []
