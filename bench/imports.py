"""Registers brought in beside COPY of the very rows that they made, in one run.

`python -m bench.imports` starts a PostgreSQL of its own and writes registers as an office's CSV
files. What is timed: reading and checking every line, and loading it through the services, by two
processes as the worker of an installation has; each takes one province's register after another,
so a single file has but one of them. What it is held against: COPY of the rows of every table that
the load wrote, into the same tables with all their indexes and constraints, in one transaction.
COPY judges nothing, looks nothing up and takes its keys as they are: no import can beat it.
"""

import argparse
import csv
import io
import multiprocessing
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bench import portal
from bench.lists import Limit
from tests import servers

FILE_LINES = 20_000  # in one file; a file holds 50,000 at most
PROCESSES = 2  # of the worker, as docker-compose.yml starts it
HEADINGS = (
    "TT", "Tên sản phẩm", "Nhóm sản phẩm", "Loại hình chủ thể", "Tên chủ thể", "Xã",
    "Địa chỉ", "Người đại diện", "Điện thoại", "Hạng sao hiện nay",
    "Ngày công nhận lần đầu", "Số quyết định lần đầu", "Cơ quan công nhận lần đầu",
)  # fmt: skip
PROVINCES = ("19", "08", "82", "68", "01")
MOST_SECONDS = 200.0  # for 20,000 lines, also on a busy machine
MOST_TIMES_COPY = 2.0  # files enough for all processes; 1.8 is measured on two processors
MOST_OF_ONE_FILE = 4.0  # 3.1 is measured; the rest is a busy machine


def main(words: Sequence[str] | None = None) -> int:
    """Measures and prints; 1 where a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, nargs="*", default=[20_000, 100_000])
    parser.add_argument("--wheels", type=Path, required=True, help="where the servers' wheels are")
    asked = parser.parse_args(words)
    with ExitStack() as stack:
        folder = stack.enter_context(servers.scratch())
        database = stack.enter_context(servers.postgres(folder, lambda: asked.wheels))
        portal.start(str(folder), {**database, "OCOP_DB_NAME": "postgres"})
        _prepare()
        kept = [limit for lines in asked.lines for limit in measured(lines)]
    portal.say("\n" + "\n".join(map(str, kept)))
    return 0 if all(limit.is_kept for limit in kept) else 1


def measured(lines: int) -> list[Limit]:
    """So many lines through the services, then the rows that they became through COPY."""
    _empty()
    started = time.perf_counter()
    registers = [
        _uploaded(PROVINCES[number % len(PROVINCES)], number, min(FILE_LINES, lines - before))
        for number, before in enumerate(range(0, lines, FILE_LINES))
    ]
    check = _worked(registers, "checked")
    load = _worked(registers, "loaded")
    whole = time.perf_counter() - started
    rows, copied = _copied()
    portal.say(
        f"\n{lines} lines in {len(registers)} files, {rows} rows: check {check:.1f} s, "
        f"load {load:.1f} s ({lines / load:.0f} lines a second), COPY {copied:.1f} s"
    )
    most = MOST_TIMES_COPY if len(registers) > PROCESSES else MOST_OF_ONE_FILE
    return [
        Limit(f"import of {lines} lines / COPY of its rows", whole / copied, most),
        Limit(f"20,000 lines of {lines}, s", whole * 20_000 / lines, MOST_SECONDS),
    ]


def _prepare() -> None:
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up

    call_command("migrate", verbosity=0)
    call_command("load_units", verbosity=0)
    call_command("load_product_sets", verbosity=0)
    portal.analyze()


def _uploaded(province: str, number: int, lines: int) -> int:
    """The key of a register of a province, its columns understood."""
    from django.core.files.base import ContentFile  # noqa: PLC0415 - after the set-up
    from django.utils import timezone  # noqa: PLC0415 - as above

    from registry.domain.regime import Division  # noqa: PLC0415 - as above
    from registry.selectors import unit_at  # noqa: PLC0415 - as above
    from reporting.domain.register_columns import Field  # noqa: PLC0415 - as above
    from reporting.services import register_imports  # noqa: PLC0415 - as above

    unit, by = unit_at(Division.TWO_TIER, province), _office()
    register = register_imports.upload(
        ContentFile(_file(list(_lines(unit, number, lines))), name="so.csv"),
        unit=unit,
        division=Division.TWO_TIER,
        by=by,
        at=timezone.now(),
    )
    mapping = {Field(name): column for name, column in register.mapping.items()}
    register_imports.check(register, mapping=mapping, by=by, at=timezone.now())
    return int(register.pk)


def _worked(registers: Sequence[int], until: str) -> float:
    """Seconds in which the worker's processes bring the registers to this state."""
    from django.db import connections  # noqa: PLC0415 - after the set-up

    from reporting.models import RegisterImport  # noqa: PLC0415 - as above

    if until == "loaded":
        _asked_to_load(registers)
    connections.close_all()  # a process does not share the connection of another
    started = time.perf_counter()
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        pool.map(_work, registers, chunksize=1)
    seconds = time.perf_counter() - started
    for register in RegisterImport.objects.filter(pk__in=registers).exclude(state=until):
        raise ValueError(f"{register.state}: {register.rows.exclude(faults=[]).first()}")
    return seconds


def _asked_to_load(registers: Sequence[int]) -> None:
    from django.utils import timezone  # noqa: PLC0415 - after the set-up

    from reporting.models import RegisterImport  # noqa: PLC0415 - as above
    from reporting.services import register_imports  # noqa: PLC0415 - as above

    for register in RegisterImport.objects.filter(pk__in=registers):
        register_imports.load(register, by=_office(), at=timezone.now())


def _work(register: int) -> None:
    """What one process of the worker does until there is nothing more to do."""
    from django.utils import timezone  # noqa: PLC0415 - after the set-up

    from reporting.services import register_imports  # noqa: PLC0415 - as above

    while register_imports.go_on(register, at=timezone.now()):
        pass


def _office() -> Any:
    """An officer of the whole country."""
    from ocop_portal.accounts.models import User  # noqa: PLC0415 - after the set-up
    from registry.domain.roles import Role  # noqa: PLC0415 - as above
    from registry.models import Posting  # noqa: PLC0415 - as above
    from registry.selectors import country  # noqa: PLC0415 - as above

    clerk = User.objects.filter(email="van-thu@ocop.example").first()
    if clerk is None:
        clerk = User.objects.create_user("van-thu@ocop.example", None, full_name="Văn thư")
    # Emptying the subjects' table takes everybody's postings with it.
    Posting.objects.get_or_create(
        user=clerk, role=Role.CENTRAL_OFFICER, unit=country(), starts_on=date(2020, 1, 1)
    )
    return clerk


def _lines(province: Any, number: int, lines: int) -> Iterator[list[str]]:
    """Three products for a maker, spread over the communes, thirty to a decision."""
    from registry.domain.text import fold  # noqa: PLC0415 - after the set-up
    from registry.models import Unit  # noqa: PLC0415 - as above

    inside = Unit.objects.filter(path__startswith=province.path, level="commune")
    rows = list(inside.order_by("path").values_list("name", "short_name"))
    alike = Counter(fold(name) for _long, name in rows)
    communes = [name for name, short in rows if alike[fold(short)] == 1]
    for place in range(lines):
        maker = place // 3
        day = date(2024, 1, 5) + timedelta(days=place // 30 % 700)
        yield [
            str(place + 1),
            f"Chè số {number}-{place}",
            "Thực phẩm",
            "HTX",
            f"Hợp tác xã Sao Mai {number}-{maker}",
            communes[maker % len(communes)],
            f"Xóm {maker % 17}",
            "Nguyễn Thị Lan",
            "0208 385 6789",
            "34"[place % 2],
            f"{day:%d/%m/%Y}",
            f"{place // 30 + 1}/QĐ-UBND",
            "UBND tỉnh",
        ]


def _file(lines: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADINGS, *lines])
    return out.getvalue().encode("utf-8-sig")


def _copied() -> tuple[int, float]:
    """Rows of the tables that a load writes, and seconds of COPY into them, emptied before."""
    from django.db import connection, transaction  # noqa: PLC0415 - after the set-up

    tables = [model._meta.db_table for model in _written()]
    connection.ensure_connection()
    texts: dict[str, io.StringIO] = {}
    with connection.cursor() as cursor:
        for table in tables:
            texts[table] = io.StringIO()
            cursor.copy_expert(f"COPY {table} TO STDOUT", texts[table])
            texts[table].seek(0)
    rows = sum(text.getvalue().count("\n") for text in texts.values())
    _empty()
    # An ANALYZE that comes by meanwhile would see empty tables and spoil the plans by which the
    # references are checked: COPY would look slower than it is.
    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM SET autovacuum = off")
        cursor.execute("SELECT pg_reload_conf()")
    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.copy_expert(f"COPY {table} FROM STDIN", texts[table])
    seconds = time.perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute("ALTER SYSTEM RESET autovacuum")
        cursor.execute("SELECT pg_reload_conf()")
    return rows, seconds


def _empty() -> None:
    from django.db import connection  # noqa: PLC0415 - after the set-up

    tables = ", ".join(model._meta.db_table for model in _written())
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # the journal is never emptied
        cursor.execute(f"TRUNCATE {tables} CASCADE")
        cursor.execute("RESET session_replication_role")


def _written() -> tuple[Any, ...]:
    """In the order of their references."""
    from ocop_portal.clients.models import Change  # noqa: PLC0415 - after the set-up
    from ocop_portal.journal.models import Entry  # noqa: PLC0415 - as above
    from promotion.models import Listing, Recognition  # noqa: PLC0415 - as above
    from registry.models import (  # noqa: PLC0415 - as above
        Product,
        ProductClassification,
        Subject,
    )
    from reporting.models import RegisterImport, RegisterLine  # noqa: PLC0415 - as above
    from scoring.models import Certificate, Decision  # noqa: PLC0415 - as above

    return (
        RegisterImport, RegisterLine, Subject, Product, ProductClassification, Decision,
        Certificate, Listing, Recognition, Entry, Change,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
