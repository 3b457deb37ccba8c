"""The checks of `./ocop check`: what a tool can see without running a test."""

import os
import re
import secrets
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".venv" / "bin"
MANAGE = (str(TOOLS / "python"), "manage.py")
TESTED = {"DJANGO_SETTINGS_MODULE": "tests.settings"}


@dataclass(frozen=True)
class Check:
    """A command that is silent in its exit code when all is well."""

    name: str
    words: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)


def tool(name: str, *words: str) -> tuple[str, ...]:
    return (str(TOOLS / name), *words)


def checks() -> list[Check]:
    """The slowest first: two run at a time."""
    pages = [str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("templates/**/*.html"))]
    deploy = ("check", "--deploy", "--fail-level", "WARNING")
    return [
        Check("types", tool("mypy", ".", "ocop")),
        Check("style", tool("ruff", "check", ".")),
        Check("format", tool("ruff", "format", "--check", ".")),
        Check("layers", tool("lint-imports")),
        Check("templates", tool("djade", "--check", "--target-version", "5.2", *pages)),
        Check("migrations", (*MANAGE, "makemigrations", "--check", "--dry-run"), TESTED),
        Check("system", (*MANAGE, "check", "--fail-level", "WARNING"), TESTED),
        Check("deployment", (*MANAGE, *deploy), example_settings()),
    ]


def example_settings() -> dict[str, str]:
    """`.env.example` as it would be used: the secrets, empty in the file, filled in."""
    found: dict[str, str] = {}
    for line in (ROOT / ".env.example").read_text(encoding="utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            is_secret = "SECRET" in name or "PASSWORD" in name
            found[name] = secrets.token_urlsafe(48) if is_secret and not value else value
    return found


def lock_faults(text: str) -> list[str]:
    """What is wrong with a lock file: an address in it, or a package without hashes."""
    faults = [
        f"line {number}: an address: {line}"
        for number, line in enumerate(text.splitlines(), start=1)
        if re.search(r"https?://|--(extra-)?index-url|--find-links| @ ", line)
    ]
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    faults += [
        f"no hash: {entry.split()[0]}"
        for entry in entries
        if not re.match(r"\S+==\S+.*--hash=sha256:[0-9a-f]{64}", entry, flags=re.DOTALL)
    ]
    return faults


def _check_locks() -> str:
    files = sorted((ROOT / "requirements").glob("*.txt"))
    return "\n".join(
        f"{path.name}: {fault}" for path in files for fault in lock_faults(path.read_text())
    )


def _ask(check: Check) -> str:
    """What the tool complains of; empty where it is content."""
    done = subprocess.run(
        check.words,
        cwd=ROOT,
        env=os.environ | check.env,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else (done.stdout + done.stderr).strip() or "failed"


def run(words: Sequence[str]) -> int:
    """Every check, whatever the others say; 0 only when all are content."""
    if words:
        print("ocop check takes no arguments")
        return 2
    found: dict[str, str] = {}

    def ask(name: str, question: Callable[..., str], *about: Check) -> None:
        started = time.monotonic()
        found[name] = question(*about)
        result = "FAILED" if found[name] else "ok"
        print(f"{name:12} {time.monotonic() - started:6.1f} s  {result}", flush=True)

    with ThreadPoolExecutor(max_workers=2) as pool:
        asked = [pool.submit(ask, check.name, _ask, check) for check in checks()]
        asked.append(pool.submit(ask, "locks", _check_locks))
        for one in asked:
            one.result()
    failed = {name: complaint for name, complaint in found.items() if complaint}
    for name, complaint in failed.items():
        print(f"\n=== {name} ===\n{complaint}")
    print(f"\n{len(found) - len(failed)} of {len(found)} checks passed.")
    return 1 if failed else 0
