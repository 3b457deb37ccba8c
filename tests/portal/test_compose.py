"""The production files hold together: they parse, name real settings, and start real commands."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands

from tests.checks import example_settings

ROOT = Path(__file__).resolve().parents[2]
COMPOSE_TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(COMPOSE_TEXT)
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
OURS = {name: service for name, service in COMPOSE["services"].items() if "env_file" in service}
TOOLS = Path(sys.executable).parent


def names_in(pattern: str) -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in ROOT.glob(pattern)]
    return set(re.findall(r"\bOCOP_[A-Z_]+\b", "\n".join(texts)))


def test_services_are_those_of_the_production_plan() -> None:
    assert set(COMPOSE["services"]) == {
        "proxy",
        "migrate",
        "web",
        "worker",
        "beat",
        "postgres",
        "redis",
        "backup",
        "restore",
    }
    assert set(OURS) == {"migrate", "web", "worker", "beat"}


def test_every_service_that_stays_up_is_watched() -> None:
    unwatched = {
        name for name, service in COMPOSE["services"].items() if "healthcheck" not in service
    }

    assert unwatched == {"migrate", "restore"}


def test_only_the_proxy_is_reachable_from_outside() -> None:
    open_to_all = {name for name, service in COMPOSE["services"].items() if "ports" in service}

    assert open_to_all == {"proxy"}


def test_every_variable_is_a_setting_that_is_read_and_documented() -> None:
    unescaped = COMPOSE_TEXT.replace("$$", "")
    used = set(re.findall(r"\$\{?([A-Z_]+)", unescaped)) | set(re.findall(r"\bOCOP_\w+", unescaped))

    assert used <= names_in("ocop_portal/settings/*.py")
    assert used <= names_in("README.md")
    assert used <= names_in(".env.example")


def test_the_example_names_exactly_what_settings_read() -> None:
    read = names_in("ocop_portal/settings/*.py")

    assert set(example_settings()) == read


def test_no_secret_has_a_value_in_the_files() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    secrets = re.findall(r"^(OCOP_\w*(?:SECRET|PASSWORD)\w*)=(.*)$", example, re.MULTILINE)

    assert {name for name, _ in secrets} == {
        "OCOP_SECRET_KEY",
        "OCOP_DB_PASSWORD",
        "OCOP_MAIL_PASSWORD",
    }
    assert {value for _, value in secrets} == {""}
    assert re.findall(r"^ +\w*(?:PASSWORD|SECRET)\w*: (?!\$\{).*", COMPOSE_TEXT, re.MULTILINE) == []


def test_the_image_runs_as_a_person_without_rights() -> None:
    users = re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE)

    assert users == ["ocop"]


def test_the_image_gets_the_rooms_of_the_house() -> None:
    """What .dockerignore lets in exists, and nothing that runs was forgotten."""
    let_in = {
        line.removeprefix("!").rstrip("/")
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line.startswith("!")
    }
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}

    assert {"manage.py", "requirements", "ocop_portal", "static", "templates", *apps} <= let_in


def test_managed_commands_exist() -> None:
    named = set(re.findall(r"manage\.py (\w+)", COMPOSE_TEXT + DOCKERFILE))

    assert {"migrate", "load_units", "load_product_sets", "load_rubrics"} <= named
    assert named <= set(get_commands())


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_entry_command_runs_outside_a_container(service: str, tmp_path: Path) -> None:
    words = COMPOSE["services"][service]["command"]
    only_look = "--check-config" if words[0] == "gunicorn" else "--help"
    command = [str(TOOLS / words[0]), *words[1:], only_look]
    env = os.environ | example_settings() | {"OCOP_DATA_DIR": str(tmp_path)}
    env.pop("DJANGO_SETTINGS_MODULE", None)

    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr


def test_the_image_starts_what_compose_starts() -> None:
    image_command = re.search(r"^CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)

    assert image_command is not None
    assert yaml.safe_load(image_command[1]) == COMPOSE["services"]["web"]["command"]
