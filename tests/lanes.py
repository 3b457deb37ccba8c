"""The lanes of `./ocop test`: which tests run where, what they need, and how it went."""

import contextlib
import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests import servers

ROOT = servers.ROOT
PYTHON = str(ROOT / ".venv" / "bin" / "python")
NOTHING_COLLECTED = 5
APART = "browser or services"
PLAIN = ("-c", "tests/domain.ini", "--rootdir", ".")
CORE = "scoring/domain"
LOTS = "hypothesis or exhaustive"


@dataclass(frozen=True)
class Lane:
    """One call of pytest."""

    name: str
    words: tuple[str, ...]
    on_servers: bool = True


@dataclass(frozen=True)
class Outcome:
    """How a lane ended, after how many seconds, and which tests failed with what reason."""

    lane: str
    code: int
    seconds: float
    failed: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return self.code in {0, NOTHING_COLLECTED}

    @property
    def told(self) -> str:
        words = {0: "passed", NOTHING_COLLECTED: "no tests"}
        return words.get(self.code, f"FAILED (exit code {self.code})")


def run(words: Sequence[str], *, wheels: servers.Wheels) -> int:
    """All lanes, or with arguments for pytest only those tests on the servers."""
    missing: dict[str, str] = {}
    with contextlib.ExitStack() as stack:
        started = time.monotonic()
        env = start_servers(stack, wheels, missing)
        print(f"servers: {time.monotonic() - started:.1f} s", flush=True)
        if not _compile_catalogues():
            print("The portal does not start: manage.py compile_catalogues failed, see above.")
            return 1
        outcomes = [_run_lane(lane, env) for lane in lanes(words, missing)]
    return report(outcomes, missing)


def start_servers(
    stack: contextlib.ExitStack, wheels: servers.Wheels, missing: dict[str, str]
) -> dict[str, str]:
    """The environment of the lanes on servers; what could not be had is noted in `missing`."""
    folder = stack.enter_context(servers.scratch())
    env: dict[str, str] = {}
    starters = {"PostgreSQL": servers.postgres, "Redis": servers.redis}
    for name, starter in starters.items():
        with _noting(name, missing):
            env |= stack.enter_context(starter(folder, wheels))
    with _noting("Chromium", missing):
        env |= servers.chromium(PYTHON, ROOT / ".tools" / "browsers")
    return env


@contextlib.contextmanager
def _noting(name: str, missing: dict[str, str]) -> Iterator[None]:
    try:
        yield
    except (servers.Absent, OSError, RuntimeError) as reason:
        missing[name] = str(reason)


def lanes(words: Sequence[str], missing: dict[str, str]) -> list[Lane]:
    """The rules by worked figures, then by drawn cases, what they prove, servers, SQLite."""
    absent = {"Redis": "services", "Chromium": "browser"}
    without = "".join(f" and not {mark}" for name, mark in absent.items() if name in missing)
    if words:
        marks = ("-m", without.removeprefix(" and ")) if without else ()
        return [] if "PostgreSQL" in missing else [Lane("chosen tests", (*marks, *words))]
    domain = tuple(str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("tests/*/domain")))
    apart = tuple(f"--ignore={path}" for path in domain)
    side_by_side = ("-n", "2", "--dist", "loadfile")
    rules = (*PLAIN, "-p", "no:pytest_cov", *domain)
    found = [
        Lane("domain", (*rules, "-m", f"not ({LOTS})"), on_servers=False),
        Lane("properties", (*rules, "-m", LOTS), on_servers=False),
        _core(),
    ]
    if "PostgreSQL" not in missing:
        found += [
            Lane("PostgreSQL and Redis", ("-m", f"not ({APART})", *side_by_side, *apart)),
            Lane("worker and browser", ("-m", f"({APART}){without}", *side_by_side, *apart)),
        ]
    embedded = ("-m", "embedded", *side_by_side, *apart)
    return [*found, Lane("embedded on SQLite", embedded, on_servers=False)]


def _core() -> Lane:
    """Fails where a line or a branch of the core is left out by the tests that are no lottery."""
    measured = (f"--cov={CORE}", "--cov-branch", "--cov-config=pyproject.toml")
    words = (*PLAIN, *measured, "--cov-fail-under=100", "-m", "not hypothesis", f"tests/{CORE}")
    return Lane("whole core", words, on_servers=False)


def _run_lane(lane: Lane, env: dict[str, str]) -> Outcome:
    print(f"\n=== lane: {lane.name} ===", flush=True)
    started = time.monotonic()
    command = [PYTHON, "-m", "pytest", *lane.words]
    whole = os.environ | (env if lane.on_servers else {})
    whole.pop("PYTHONDONTWRITEBYTECODE", None)  # every lane reads all tests: compile them once
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.xml"
        command.append(f"--junitxml={results}")
        done = subprocess.run(command, cwd=ROOT, env=whole, check=False)
        seconds = time.monotonic() - started
        return Outcome(lane.name, done.returncode, seconds, failures(results))


def failures(results: Path) -> tuple[str, ...]:
    """Each failed test of a lane with the first line of its reason, as pytest wrote them down."""
    if not results.exists():
        return ()
    root = ElementTree.parse(results).getroot()  # noqa: S314 - our own pytest wrote it
    found = []
    for case in root.iter("testcase"):
        for reason in (*case.findall("failure"), *case.findall("error")):
            first_line = (reason.get("message") or "").partition("\n")[0]
            found.append(f"{case.get('classname')}.{case.get('name')}: {first_line}")
    return tuple(found)


def _compile_catalogues() -> bool:
    """The English texts, which tests read too, are compiled files that a clone does not have."""
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    command = [PYTHON, "manage.py", "compile_catalogues"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | settings, check=False)
    return done.returncode == 0


def report(outcomes: Sequence[Outcome], missing: dict[str, str]) -> int:
    """Print lane by lane and what was missing; the exit code of the whole."""
    print("\n=== lanes ===")
    for outcome in outcomes:
        print(f"{outcome.lane:24} {outcome.seconds:7.1f} s  {outcome.told}")
        for failed in outcome.failed:
            print(f"  {failed}")
    for name, reason in missing.items():
        print(f"NOT HAD: {name}: {reason}")
    ran_any = any(outcome.code != NOTHING_COLLECTED for outcome in outcomes)
    if not ran_any:
        print("No test ran.")
    must_have_all = os.environ.get("CI", "").lower() in {"1", "true"}
    good = ran_any and all(outcome.is_good for outcome in outcomes)
    return 0 if good and not (missing and must_have_all) else 1
