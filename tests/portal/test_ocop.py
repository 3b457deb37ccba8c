"""The one command says what is wrong and what to do, and leaves no process behind."""

import contextlib
import fcntl
import os
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from tests import checks, lanes, servers

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The script and its locks in a folder where nothing was set up yet."""
    place = tmp_path / "copy"
    place.mkdir()
    shutil.copy2(ROOT / "ocop", place)
    shutil.copytree(ROOT / "requirements", place / "requirements")
    return place


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


@pytest.fixture(scope="module")
def ocop() -> ModuleType:
    """The script as a module, for what can be asked without starting anything."""
    loader = SourceFileLoader("ocop_script", str(ROOT / "ocop"))
    spec = spec_from_loader("ocop_script", loader)
    assert spec is not None
    module = module_from_spec(spec)
    sys.modules["ocop_script"] = module
    sys.dont_write_bytecode, before = True, sys.dont_write_bytecode
    loader.exec_module(module)
    sys.dont_write_bytecode = before
    return module


def ask(*words: str, place: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the script; nothing here may need more than a few seconds or the network."""
    without = {name: value for name, value in os.environ.items() if not name.startswith("OCOP_")}
    return subprocess.run(
        [sys.executable, str(place / "ocop"), *words],
        cwd=place,
        env=without | env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_help_names_the_commands() -> None:
    told = ask("--help")

    assert told.returncode == 0
    assert "./ocop run" in told.stdout
    assert "./ocop test" in told.stdout
    assert "./ocop check" in told.stdout


@pytest.mark.parametrize("words", [(), ("fly",)])
def test_unknown_command_is_refused_with_the_help(words: tuple[str, ...]) -> None:
    told = ask(*words)

    assert told.returncode == 2
    assert "./ocop run" in told.stdout


def test_run_on_a_taken_port_names_a_free_one(data: Path, taken_port: int) -> None:
    told = ask("run", OCOP_DATA_DIR=str(data), PORT=str(taken_port))

    assert told.returncode == 1
    assert f"Port {taken_port} on 127.0.0.1 cannot be used" in told.stderr
    assert "PORT=" in told.stderr.partition("take a free port: ")[2]
    assert not (data / "portal.sqlite3").exists()


@pytest.mark.parametrize("port", ["none", "0", "70000", "-1"])
def test_run_on_an_impossible_port_is_refused(data: Path, port: str) -> None:
    told = ask("run", OCOP_DATA_DIR=str(data), PORT=port)

    assert told.returncode == 1
    assert f"PORT={port}: a port is a number from 1 to 65535." in told.stderr


def test_run_where_nothing_can_be_written_says_where_and_what_to_do(tmp_path: Path) -> None:
    """A file stands where the folder should be: refused for root too, whom no mode stops."""
    in_the_way = tmp_path / "file"
    in_the_way.touch()

    told = ask("run", OCOP_DATA_DIR=str(in_the_way / "data"))

    assert told.returncode == 1
    assert f"Cannot write in {in_the_way / 'data'}" in told.stderr
    assert "OCOP_DATA_DIR=/path/to/data" in told.stderr


def database(data: Path, *applied: tuple[str, str]) -> None:
    data.mkdir()
    with contextlib.closing(sqlite3.connect(data / "portal.sqlite3")) as connection:
        connection.execute("CREATE TABLE django_migrations (app text, name text)")
        connection.executemany("INSERT INTO django_migrations VALUES (?, ?)", applied)
        connection.commit()


def test_run_on_a_newer_database_leaves_it_alone(data: Path) -> None:
    database(data, ("registry", "0001_initial"), ("registry", "9999_from_the_future"))
    before = (data / "portal.sqlite3").read_bytes()

    told = ask("run", OCOP_DATA_DIR=str(data))

    assert told.returncode == 1
    assert "belongs to a newer version" in told.stderr
    assert "registry.9999_from_the_future" in told.stderr
    assert (data / "portal.sqlite3").read_bytes() == before


def test_run_on_a_spoilt_database_says_so(data: Path) -> None:
    data.mkdir()
    (data / "portal.sqlite3").write_text("not a database, however long this text may be")

    told = ask("run", OCOP_DATA_DIR=str(data))

    assert told.returncode == 1
    assert "is not a readable database" in told.stderr


def test_a_database_of_this_version_is_accepted(
    ocop: ModuleType, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OCOP_DB_HOST", raising=False)
    known = [(path.parent.parent.name, path.stem) for path in ocop.files(ocop.MIGRATIONS)]
    assert known
    database(data, *known, ("auth", "0099_of_another_house"))

    ocop.refuse_newer_database(data)


def test_run_beside_a_running_portal_names_it(data: Path) -> None:
    data.mkdir()
    with (data / "running.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.write("process 4711, http://127.0.0.1:8123/")
        lock.flush()

        told = ask("run", OCOP_DATA_DIR=str(data))

    assert told.returncode == 1
    assert "Another portal is running" in told.stderr
    assert "process 4711, http://127.0.0.1:8123/" in told.stderr


def cut_off(copy: Path) -> dict[str, str]:
    """A PATH whose uv has no network."""
    (copy / "bin").mkdir()
    (copy / "bin" / "uv").write_text("#!/bin/sh\necho 'error: connection refused' >&2\nexit 2\n")
    (copy / "bin" / "uv").chmod(0o755)
    return {"PATH": f"{copy / 'bin'}:/usr/bin:/bin"}


def test_set_up_without_a_network_says_so(copy: Path, data: Path) -> None:
    told = ask("run", place=copy, OCOP_DATA_DIR=str(data), **cut_off(copy))

    assert told.returncode == 1
    assert "Is there a network" in told.stderr
    assert "error: connection refused" in told.stderr
    assert not (copy / ".venv" / "ocop.json").exists()


def test_half_made_environment_is_made_anew(copy: Path, data: Path) -> None:
    """Without its note the folder counts as unfinished; here the network then is missing too."""
    (copy / ".venv" / "bin").mkdir(parents=True)
    (copy / ".venv" / "bin" / "python").symlink_to(sys.executable)
    (copy / ".venv" / "leftover").touch()

    told = ask("run", place=copy, OCOP_DATA_DIR=str(data), **cut_off(copy))

    assert "unfinished or broken: making it anew" in told.stdout
    assert not (copy / ".venv" / "leftover").exists()


def test_secret_key_is_written_once_and_for_its_owner_only(ocop: ModuleType, data: Path) -> None:
    data.mkdir()

    first = ocop.settings_for(data, 8000)
    key = (data / "secret_key").read_text()
    second = ocop.settings_for(data, 8000)

    assert first["OCOP_SECRET_KEY_FILE"] == second["OCOP_SECRET_KEY_FILE"]
    assert (data / "secret_key").read_text() == key
    assert len(key) >= 64
    assert stat.S_IMODE((data / "secret_key").stat().st_mode) == 0o600


def test_job_is_due_again_only_when_a_source_changed(
    ocop: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocop, "ROOT", tmp_path)
    (tmp_path / "law").mkdir()
    (tmp_path / "law" / "sets.toml").write_text("one = 1")
    job = ocop.Job("load_sets", "loading", ("law/**/*",))
    before = job.print_now()

    unchanged = job.print_now()
    (tmp_path / "law" / "sets.toml").write_text("one = 2")

    assert unchanged == before
    assert job.print_now() != before


STUBBORN = """
import signal, subprocess, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
print(child.pid, flush=True)
time.sleep(600)
"""


def test_ending_a_stubborn_server_leaves_none_of_its_children(
    ocop: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ocop, "PATIENCE", 0.3)
    program = tmp_path / "stubborn.py"
    program.write_text(
        STUBBORN.replace(
            "print(child.pid", f"print(child.pid, file=open({str(tmp_path / 'pid')!r}, 'w')"
        )
    )
    server = ocop.start([sys.executable, str(program)], dict(os.environ))
    child = wait_for_pid(tmp_path / "pid")

    ocop.end([server], ocop.threading.Event())

    assert server.returncode == -signal.SIGKILL
    assert wait_until_gone(child)


def wait_for_pid(path: Path) -> int:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if path.exists() and path.read_text().strip():
            return int(path.read_text())
        time.sleep(0.02)
    raise AssertionError("it did not start")


def wait_until_gone(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.02)
    return False


def test_lock_files_hold_hashes_and_no_address() -> None:
    locks = sorted((ROOT / "requirements").glob("*.txt"))

    assert {path.name for path in locks} == {"run.txt", "servers.txt", "test.txt", "uv.txt"}
    assert {path.name: checks.lock_faults(path.read_text()) for path in locks} == {
        path.name: [] for path in locks
    }


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("thing==1.0\n", "no hash: thing==1.0"),
        ("thing>=1.0 \\\n    --hash=sha256:" + "0" * 64, "no hash: thing>=1.0"),
        ("--index-url https://mirror.example/simple\n", "line 1: an address: --index-url https"),
    ],
)
def test_lock_file_without_hash_or_with_address_is_a_fault(text: str, fault: str) -> None:
    assert [found[: len(fault)] for found in checks.lock_faults(text)] == [fault]


def test_the_test_lock_holds_the_run_lock() -> None:
    """So an environment made for the tests also runs the portal."""
    run, test = ((ROOT / "requirements" / f"{name}.txt").read_text() for name in ("run", "test"))
    pins = {line.split()[0] for line in run.splitlines() if "==" in line and line[0].isalnum()}

    assert pins <= {line.split()[0] for line in test.splitlines() if "==" in line}


def test_missing_servers_shorten_the_lanes() -> None:
    whole = [lane.name for lane in lanes.lanes([], {})]
    without = lanes.lanes([], {"PostgreSQL": "none", "Chromium": "none"})

    assert whole == [
        "domain",
        "properties",
        "whole core",
        "PostgreSQL and Redis",
        "worker and browser",
        "embedded on SQLite",
    ]
    assert [lane.name for lane in without] == [
        "domain",
        "properties",
        "whole core",
        "embedded on SQLite",
    ]


def test_arguments_run_only_the_chosen_tests() -> None:
    chosen = lanes.lanes(["tests/registry", "-k", "unit"], {"Chromium": "none"})

    assert [lane.words for lane in chosen] == [
        ("-m", "not browser", "tests/registry", "-k", "unit")
    ]


@pytest.mark.parametrize(
    ("codes", "missing", "ci", "expected"),
    [
        ((0, 0), {}, "", 0),
        ((0, 5), {}, "true", 0),
        ((5, 5), {}, "", 1),
        ((0, 1), {}, "", 1),
        ((0,), {"Redis": "none"}, "", 0),
        ((0,), {"Redis": "none"}, "true", 1),
        ((), {"PostgreSQL": "none"}, "", 1),
    ],
)
def test_exit_code_is_honest(  # noqa: PLR0917 - the columns of the table
    codes: tuple[int, ...],
    missing: dict[str, str],
    ci: str,
    expected: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("CI", ci)
    outcomes = [lanes.Outcome(f"lane {code}", code, 1.0) for code in codes]

    assert lanes.report(outcomes, missing) == expected
    assert all(name in capsys.readouterr().out for name in missing)


def test_failed_tests_are_named_below_their_lane(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = tmp_path / "results.xml"
    results.write_text(
        '<testsuites><testsuite><testcase classname="tests.a" name="test_good"/>'
        '<testcase classname="tests.a" name="test_bad">'
        '<failure message="assert 1 == 2&#10; more">all</failure></testcase>'
        "</testsuite></testsuites>"
    )
    failed = lanes.failures(results)

    lanes.report([lanes.Outcome("domain", 1, 1.0, failed)], {})

    assert failed == ("tests.a.test_bad: assert 1 == 2",)
    assert "  tests.a.test_bad: assert 1 == 2\n" in capsys.readouterr().out
    assert lanes.failures(tmp_path / "none.xml") == ()


def test_a_server_that_does_not_start_gives_its_reason(tmp_path: Path) -> None:
    log = tmp_path / "log"
    program = [sys.executable, "-c", "print('no room here'); raise SystemExit(3)"]

    with (
        pytest.raises(servers.Absent, match="no room here"),
        servers.process(program, log=log) as running,
    ):
        servers.wait_until(lambda: False, running, log)
