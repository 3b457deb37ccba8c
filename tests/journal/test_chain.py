"""The journal's chain: what is sealed, and that every way of tampering with it is found."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import Model
from django.test import Client

from ocop_portal.accounts.models import User
from ocop_portal.journal import chain, guards, sealing, verification
from ocop_portal.journal.models import DayHead, Entry, HourHead, Seal
from ocop_portal.journal.services import record
from scoring.domain import jws
from scoring.domain.journal_heads import Head, head_in, heads_in
from scoring.models import SigningKey
from scoring.selectors.credentials import published_keys
from scoring.selectors.journal_faults import journal_faults
from scoring.services import journal_heads, keys
from tests.factories import registry as make
from tests.factories.registry import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
KIND = "accounts.password.changed"
TODAY = date(2026, 11, 20)
TAMPERED: dict[str, Any] = {
    "id": 900_000,
    "kind": "accounts.user.signed_up",
    "subject_type": "registry.subject",
    "subject_id": 7,
    "actor_id": None,
    "at": NOW - timedelta(microseconds=1),
    "facts": {"number": 1, "note": "đổi"},
}


def entries(person: User, number: int = 5, at: datetime = NOW) -> list[Entry]:
    return [
        record(KIND, subject=person, actor=person, at=at, facts={"number": each, "note": "cũ"})
        for each in range(number)
    ]


@pytest.fixture
def producer(db: None) -> User:
    """Somebody of whom the journal says nothing yet."""
    return make.person("Lò Thị Quý")


@pytest.fixture
def sealed(producer: User) -> list[Entry]:
    """Five entries in the chain."""
    made = entries(producer)
    assert sealing.seal_new(at=NOW) == Entry.objects.count()
    return made


@pytest.fixture
def behind_the_back(db: None) -> Iterator[Callable[..., None]]:
    """SQL as somebody with the database's password would write it, past every constraint."""

    def execute(sql: str, *values: Any) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(sql, values)

    with connection.constraint_checks_disabled():
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA defer_foreign_keys = ON")
        yield execute
        transaction.set_rollback(True)


def stored(model: type[Model], column: str, value: Any) -> Any:
    """A value as the database keeps it."""
    (field,) = (each for each in model._meta.concrete_fields if each.attname == column)
    return field.get_db_prep_save(value, connection)


def found(**asked: Any) -> list[str]:
    return [str(each) for each in verification.faults(at=NOW, **asked)]


def test_every_column_of_an_entry_is_sealed_or_left_out_with_a_reason() -> None:
    columns = {field.attname for field in Entry._meta.concrete_fields}

    assert columns == {*chain.SEALED, *chain.LEFT_OUT}
    assert set(TAMPERED) == set(chain.SEALED)


def test_link_when_computed_by_hand_then_it_is_the_hash_of_what_is_written_down() -> None:
    at = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
    content = (7, "a.b.c", "registry.subject", 3, None, at, {"b": 1, "a": "đ"})
    text = (
        f'["ocop-journal-1","{"0" * 64}",1,"2026-11-20T03:00:00.000000+00:00",7,"a.b.c",'
        '"registry.subject",3,null,"2026-11-20T03:00:00.000000+00:00",{"a":"đ","b":1}]'
    )

    assert chain.link(chain.START, 1, at, content) == hashlib.sha256(text.encode()).hexdigest()


def test_chain_when_nobody_touched_it_then_nothing_is_found(sealed: list[Entry]) -> None:
    assert found() == []
    assert list(Seal.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]


def test_seal_when_run_again_then_only_what_is_new_is_sealed(
    sealed: list[Entry], producer: User
) -> None:
    again = sealing.seal_new(at=NOW)
    entries(producer, 2)

    assert (again, sealing.seal_new(at=NOW)) == (0, 2)
    assert found() == []


def test_seal_when_an_act_commits_late_then_it_comes_behind_and_the_gap_is_normal(
    producer: User,
) -> None:
    late, *others = entries(producer, 4)
    facts = {field.attname: getattr(late, field.attname) for field in Entry._meta.concrete_fields}
    Entry.objects.filter(pk__in=[late.pk, others[0].pk]).delete()
    sealing.seal_new(at=NOW)
    Entry.objects.create(**facts)  # its transaction was open while the others were sealed

    sealed_now = sealing.seal_new(at=NOW + timedelta(minutes=5))

    assert sealed_now == 1
    assert list(Seal.objects.values_list("entry_id", flat=True)) == [
        others[1].pk,
        others[2].pk,
        late.pk,
    ]
    assert found() == []


def test_seal_when_more_than_a_batch_waits_then_all_is_sealed(
    producer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "BATCH", 2)
    entries(producer, 5)

    assert sealing.seal_new(at=NOW) == 5
    assert found() == []


@pytest.mark.parametrize("column", chain.SEALED)
def test_entry_when_a_column_is_changed_then_it_is_found(
    sealed: list[Entry], behind_the_back: Callable[..., None], column: str
) -> None:
    value = stored(Entry, column, TAMPERED[column])

    behind_the_back(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", value, sealed[2].pk)  # noqa: S608 - a name of our own

    (fault,) = found()
    assert fault.startswith("number 3: ")


@pytest.mark.parametrize(
    ("column", "value"), [("hash", "f" * 64), ("sealed_at", NOW - timedelta(seconds=1))]
)
def test_seal_when_a_column_is_changed_then_it_is_found(
    sealed: list[Entry], behind_the_back: Callable[..., None], column: str, value: Any
) -> None:
    prepared = stored(Seal, column, value)

    behind_the_back(f"UPDATE journal_seal SET {column} = %s WHERE number = 3", prepared)  # noqa: S608 - as above

    assert found()[0].startswith("number 3: ")


def test_entry_when_deleted_then_it_is_named(
    sealed: list[Entry], behind_the_back: Callable[..., None]
) -> None:
    behind_the_back("DELETE FROM journal_entry WHERE id = %s", sealed[1].pk)

    assert found() == [f"number 2: entry {sealed[1].pk} was deleted"]


def test_entry_when_the_last_is_deleted_then_it_is_named(
    sealed: list[Entry], behind_the_back: Callable[..., None]
) -> None:
    behind_the_back("DELETE FROM journal_entry WHERE id = %s", sealed[4].pk)

    assert found() == [f"number 5: entry {sealed[4].pk} was deleted"]


def test_entry_when_deleted_with_its_seal_then_the_gap_is_named(
    sealed: list[Entry], behind_the_back: Callable[..., None]
) -> None:
    behind_the_back("DELETE FROM journal_seal WHERE entry_id = %s", sealed[1].pk)
    behind_the_back("DELETE FROM journal_entry WHERE id = %s", sealed[1].pk)

    assert found() == ["numbers 2 to 2: 1 seals were deleted, with or without entries"]


def test_entries_when_swapped_then_both_are_found(
    sealed: list[Entry], behind_the_back: Callable[..., None]
) -> None:
    facts = "UPDATE journal_entry SET facts = %s WHERE id = %s"
    one, other = (
        Entry._meta.get_field("facts").get_db_prep_save(e.facts, connection) for e in sealed[1:3]
    )

    behind_the_back(facts, other, sealed[1].pk)
    behind_the_back(facts, one, sealed[2].pk)

    assert [fault.partition(":")[0] for fault in found()] == ["number 2", "number 3"]


def test_seals_when_reordered_then_it_is_found(
    sealed: list[Entry], behind_the_back: Callable[..., None]
) -> None:
    for old, new in ((2, 99), (3, 2), (99, 3)):
        behind_the_back("UPDATE journal_seal SET number = %s WHERE number = %s", new, old)

    assert [fault.partition(":")[0] for fault in found()] == ["number 2", "number 3", "number 4"]


def test_entry_when_inserted_among_old_ones_then_it_is_found(producer: User) -> None:
    gap = entries(producer, 3)[1]
    facts = {field.attname: getattr(gap, field.attname) for field in Entry._meta.concrete_fields}
    gap.delete()
    sealing.seal_new(at=NOW)
    later = NOW + timedelta(days=1)
    entries(producer, 1, later)
    sealing.seal_new(at=later)
    sealing.close_days(at=later)
    Entry.objects.create(**facts)

    sealed_now = sealing.seal_new(at=later)
    faults = [str(each) for each in verification.faults(at=NOW + timedelta(hours=20))]

    assert sealed_now == 0
    assert faults == [
        f"entry {gap_id(facts)}: {KIND} was inserted among entries that were sealed before it"
    ]


def gap_id(facts: dict[str, Any]) -> int:
    return int(facts["id"])


def test_chain_when_it_is_computed_anew_then_the_head_of_the_day_shows_it(
    sealed: list[Entry], behind_the_back: Callable[..., None]
) -> None:
    (head,) = sealing.close_days(at=NOW + timedelta(days=1))
    behind_the_back("UPDATE journal_entry SET subject_id = %s WHERE id = %s", 4242, sealed[0].pk)
    digest = chain.START
    for seal in Seal.objects.select_related("entry"):
        content = [getattr(seal.entry, name) for name in chain.SEALED]
        digest = chain.link(digest, seal.number, seal.sealed_at, content)
        behind_the_back("UPDATE journal_seal SET hash = %s WHERE number = %s", digest, seal.number)

    (fault,) = found()

    assert fault == f"day 2026-11-20: its head says 5 {head.hash}; the chain says 5 {digest}"


REFUSED = "journal|entry .* is sealed"


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_entry SET kind = 'x'",
        "DELETE FROM journal_entry",
        "UPDATE journal_seal SET hash = 'x'",
        "DELETE FROM journal_seal",
    ],
)
def test_database_when_sealed_rows_are_touched_then_it_refuses(
    sealed: list[Entry], sql: str
) -> None:
    guards.put_up(connection)

    refused = pytest.raises(DatabaseError, match=REFUSED)
    with connection.cursor() as cursor, refused, transaction.atomic():
        cursor.execute(sql)

    assert Entry.objects.update(fan_out_attempts=1) == 5


def test_database_when_an_entry_is_not_sealed_yet_then_it_may_be_put_right(
    producer: User,
) -> None:
    guards.put_up(connection)
    entries(producer, 2)

    assert Entry.objects.filter(seal=None).update(kind="x") >= 2
    assert Entry.objects.filter(seal=None).order_by("-pk")[0].delete()[0] >= 1


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
@pytest.mark.parametrize("table", ["journal_entry", "journal_seal", "journal_dayhead"])
def test_postgresql_when_the_journal_is_emptied_then_it_refuses(
    sealed: list[Entry], table: str
) -> None:
    sealing.close_days(at=NOW + timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the table is still in use
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_not_emptied")
        with pytest.raises(DatabaseError, match="never emptied"), transaction.atomic():
            cursor.execute(f"TRUNCATE {table} CASCADE")

    assert Seal.objects.count() == Entry.objects.count() == 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has its own by migrations")
def test_sqlite_when_migrated_then_its_triggers_are_there_again() -> None:
    journal = apps.get_app_config("journal")
    guards.connect(journal)
    try:
        call_command("migrate", "journal", "0003", verbosity=0)
        call_command("migrate", verbosity=0)
        there = triggers()
    finally:
        guards.disconnect(journal)
        guards.take_down(connection)

    assert there == set(guards.TRIGGERS)
    assert triggers() == set()


def triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        return {name for (name,) in cursor.fetchall() if name.startswith("journal_")}


def test_days_when_some_are_over_then_each_has_a_head_also_an_empty_one(
    sealed: list[Entry],
) -> None:
    before_midnight = datetime(2026, 11, 20, 16, 59, tzinfo=UTC)  # 23:59 in Vietnam
    assert sealing.close_days(at=before_midnight) == []

    made = sealing.close_days(at=before_midnight + timedelta(days=2, minutes=2))

    assert [(head.day.day, head.number) for head in made] == [(20, 5), (21, 5), (22, 5)]
    assert sealing.close_days(at=before_midnight + timedelta(days=2, minutes=3)) == []


def test_seal_when_the_clock_goes_back_into_a_closed_day_then_the_head_still_holds(
    sealed: list[Entry], producer: User
) -> None:
    sealing.close_days(at=NOW + timedelta(days=1))
    entries(producer, 1)

    sealing.seal_new(at=NOW)

    assert found() == []
    assert Seal.objects.latest("number").sealed_at > NOW


def test_days_when_one_has_no_head_then_it_is_named(sealed: list[Entry]) -> None:
    sealing.close_days(at=NOW + timedelta(days=3))
    DayHead.objects.filter(day=TODAY + timedelta(days=1)).delete()

    faults = [str(each) for each in verification.faults(at=NOW + timedelta(days=3))]

    assert faults == ["day 2026-11-21: its head is missing"]


def test_hour_when_the_chain_grew_then_it_has_a_head_and_no_second_one(
    sealed: list[Entry], producer: User
) -> None:
    first = sealing.mark_hour(at=NOW)
    assert first is not None
    assert (first.number, first.hash) == (5, Seal.objects.get(number=5).hash)
    assert sealing.mark_hour(at=NOW + timedelta(hours=2)) is None  # nothing new

    entries(producer, 2)
    sealing.seal_new(at=NOW + timedelta(minutes=30))
    assert sealing.mark_hour(at=NOW + timedelta(minutes=59)) is None
    second = sealing.mark_hour(at=NOW + timedelta(minutes=60))

    assert second is not None
    assert second.number == 7
    assert found() == []


def test_end_of_the_chain_when_forged_with_every_hash_then_the_head_of_the_hour_shows_it(
    sealed: list[Entry], behind_the_back: Callable[..., None]
) -> None:
    mark = sealing.mark_hour(at=NOW)
    assert mark is not None
    behind_the_back("UPDATE journal_entry SET subject_id = %s WHERE id = %s", 4242, sealed[-1].pk)
    last = Seal.objects.select_related("entry").get(number=5)
    content = [getattr(last.entry, name) for name in chain.SEALED]
    before = Seal.objects.get(number=4).hash
    digest = chain.link(before, 5, last.sealed_at, content)
    behind_the_back("UPDATE journal_seal SET hash = %s WHERE number = 5", digest)

    assert found() == [
        f"hour 2026-11-20 {NOW:%H:%M} UTC: its head says 5 {mark.hash}; the chain says {digest}"
    ]


def test_end_of_the_chain_when_cut_off_then_the_head_of_the_hour_shows_it(
    sealed: list[Entry], behind_the_back: Callable[..., None]
) -> None:
    mark = sealing.mark_hour(at=NOW)
    assert mark is not None
    behind_the_back("DELETE FROM journal_seal WHERE number = 5")
    behind_the_back("DELETE FROM journal_entry WHERE id = %s", sealed[-1].pk)

    assert f"its head says 5 {mark.hash}; the chain says nothing" in found()[-1]


def test_head_of_an_hour_when_rewritten_too_then_its_signature_shows_it(
    sealed: list[Entry], settings: Any, tmp_path: Path, client: Client
) -> None:
    settings.KEYS_DIR = tmp_path / "keys"
    sealing.mark_hour(at=NOW)

    assert journal_heads.sign_missing(at=NOW) == 1
    mark = HourHead.objects.get()
    assert head_in(mark.token, published_keys()) == Head(TODAY, 5, mark.hash)
    listed = client.get("/nhat-ky/moc.json")
    assert listed.json()["hours"][0]["token"] == mark.token
    assert list(heads_in(listed.content.decode())) == [Head(TODAY, 5, mark.hash)]
    assert list(journal_faults(at=NOW)) == []

    HourHead.objects.update(hash="f" * 64)

    assert [str(each).partition(": ")[2][:13] for each in journal_faults(at=NOW)] == [
        "its head says",
        "its head says",
    ]


# --- Signed, published, held against -------------------------------------------------------------


@pytest.fixture
def signed(sealed: list[Entry], settings: Any, tmp_path: Path) -> DayHead:
    settings.KEYS_DIR = tmp_path / "keys"
    sealing.close_days(at=NOW + timedelta(days=1))
    journal_heads.sign_missing(at=NOW + timedelta(days=1))
    return DayHead.objects.get()


def test_head_when_signed_then_anybody_can_check_it(signed: DayHead) -> None:
    assert head_in(signed.token, published_keys()) == Head(TODAY, 5, signed.hash)
    assert journal_heads.sign_missing(at=NOW) == 0


def test_head_when_its_key_was_compromised_then_it_is_signed_anew(signed: DayHead) -> None:
    keys.rotate(at=NOW, is_compromised=True)

    again = journal_heads.sign_missing(at=NOW)

    assert again == 1
    assert DayHead.objects.get().key == SigningKey.objects.get(is_current=True).kid


def test_heads_when_published_then_page_list_and_token_say_the_same(
    signed: DayHead, client: Client
) -> None:
    page = client.get("/nhat-ky/").content.decode()
    listed = client.get("/nhat-ky/moc.json").json()["heads"]
    token = client.get("/nhat-ky/2026-11-20.jwt")

    assert signed.hash in page
    assert listed == [
        {"day": "2026-11-20", "number": 5, "hash": signed.hash, "token": signed.token}
    ]
    assert token.content.decode() == signed.token
    assert [client.get(f"/nhat-ky/{day}.jwt").status_code for day in ("2026-11-21", "x")] == [
        404
    ] * 2


def verified(*words: str) -> str:
    said = StringIO()
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        call_command("verify_journal", *words, stdout=said)
    return said.getvalue()


def test_command_when_all_is_well_then_it_says_so(
    signed: DayHead, tmp_path: Path, client: Client
) -> None:
    kept = tmp_path / "kept.jwt"
    kept.write_text(signed.token)
    listed = tmp_path / "moc.json"
    listed.write_bytes(client.get("/nhat-ky/moc.json").content)

    said = verified("--head", str(kept), "--head", str(listed))

    assert "1 daily heads check out, 2 kept heads agree" in said
    assert "check out" in verified("--day", "2026-11-20")


def test_command_when_the_chain_was_rewritten_with_its_heads_then_a_kept_head_shows_it(
    signed: DayHead, behind_the_back: Callable[..., None], tmp_path: Path
) -> None:
    kept = tmp_path / "kept.jwt"
    kept.write_text(signed.token)
    behind_the_back("DELETE FROM journal_seal")
    behind_the_back("DELETE FROM journal_dayhead")
    behind_the_back("DELETE FROM journal_entry")
    entries(User.objects.get(), 3)
    sealing.seal_new(at=NOW)
    sealing.close_days(at=NOW + timedelta(days=1))
    journal_heads.sign_missing(at=NOW + timedelta(days=1))

    assert "check out" in verified()
    with pytest.raises(CommandError, match="the chain is shorter now"):
        verified("--head", str(kept))


def test_command_when_a_day_is_broken_then_that_day_fails_and_its_neighbour_does_not(
    signed: DayHead, producer: User, behind_the_back: Callable[..., None], sealed: list[Entry]
) -> None:
    entries(producer, 2, NOW + timedelta(days=1))
    sealing.seal_new(at=NOW + timedelta(days=1))
    behind_the_back("UPDATE journal_entry SET kind = 'x' WHERE id = %s", sealed[3].pk)

    assert "check out" in verified("--day", "2026-11-21")
    with pytest.raises(CommandError, match="number 4: entry"):
        verified("--day", "2026-11-20")


def test_command_when_a_head_was_signed_by_a_stranger_then_it_says_so(signed: DayHead) -> None:
    said = jws.read(signed.token)
    forged = jws.sign(said.payload, jws.new_key(), typ=str(said.header["typ"]), cty="json")
    sealing.keep_signature(signed, token=forged, key=signed.key)

    with pytest.raises(CommandError, match="signature of its head does not hold"):
        verified()


@pytest.mark.parametrize("text", ["", "x.y.z", "{}", '{"heads": [{"day": "x"}]}', "\x00"])
def test_command_when_the_kept_file_is_no_head_then_it_says_so(
    sealed: list[Entry], tmp_path: Path, text: str
) -> None:
    (tmp_path / "kept").write_text(text)

    with pytest.raises(CommandError, match="no head of a journal"):
        verified("--head", str(tmp_path / "kept"))


def test_command_when_the_journal_is_long_then_it_tells_how_far_it_is(
    sealed: list[Entry], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verification, "TOLD_EVERY", 2)
    said = StringIO()

    with time_machine.travel(NOW, tick=False):
        call_command("verify_journal", stdout=said)

    assert said.getvalue().splitlines()[:2] == [
        "2 of 5 entries verified",
        "4 of 5 entries verified",
    ]
