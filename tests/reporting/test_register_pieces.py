"""Lines kept together are what they are kept one by one, also beside others' acts."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from promotion.models import Listing
from registry.domain.regime import Level
from registry.domain.roles import Role
from registry.models import Product
from reporting.domain.register_states import ImportState
from reporting.models import RegisterImport
from reporting.services import register_imports, register_lines, register_pieces
from scoring.models import Certificate, Decision
from scoring.services import past_decisions
from tests.factories import promotion, registry
from tests.factories import registers as make
from tests.factories.registers import LATER, line, table, workbook
from tests.factories.registry import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
BY_CHANCE = {
    ("scoring.certificate", "code"),
    ("reporting.registerimport", "file"),
    ("promotion.listing", "slug"),  # ends with a key
}
LOAD_QUERIES, UNDO_QUERIES = 60, 96
LATER_CELLS = {field.value: value for field, value in LATER.items()}


@pytest.fixture(autouse=True)
def _place() -> None:
    registry.commune()
    registry.load_sets()


def lines() -> list[dict[Any, Any]]:
    """Two makers, one named by two lines; first and later recognitions, three decisions."""
    return [
        line(),
        line(product="Chè đinh", **LATER_CELLS),
        line(product="Chè lam", subject="HTX chè Khe Cốc", first_decision="5/QĐ-UBND"),
        line(product="Chè tôm", subject="HTX  CHÈ Khe Cốc", first_decision="5/QĐ-UBND"),
    ]


def picture() -> dict[str, Counter[str]]:
    """Every row of every table; keys as places in their table, times and chance left out."""
    places = {
        model: {pk: place for place, pk in enumerate(keys)}
        for model in apps.get_models()
        for keys in [model._default_manager.order_by("pk").values_list("pk", flat=True)]
    }
    return {
        model._meta.label_lower: Counter(_told(row, places) for row in model._default_manager.all())
        for model in apps.get_models()
    }


def _told(row: models.Model, places: Any) -> str:
    told: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        name = (row._meta.label_lower, field.attname)
        if field.primary_key or name in BY_CHANCE or isinstance(field, models.DateTimeField):
            continue
        if isinstance(field, models.ForeignKey) and value is not None:
            target = field.related_model
            value = getattr(row, field.name).kind if target is Entry else places[target][value]
        told[field.attname] = _without_keys(value)
    if isinstance(row, Entry):
        told["subject_id"] = places[apps.get_model(row.subject_type)].get(row.subject_id)
    return repr(sorted(told.items()))


def _without_keys(value: Any) -> Any:
    """Facts and what a line made hold keys: how many and under which name is what counts."""
    if not isinstance(value, dict):
        return value
    keys = ("subject", "product", "product_id", "certificates")
    return {
        name: (len(found) if isinstance(found, list) else "key") if name in keys else found
        for name, found in value.items()
    }


def loaded_in_pieces(register: RegisterImport, by: User, size: int) -> dict[str, Counter[str]]:
    """What the load leaves in every table; undone again."""
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(register_pieces, "PIECE", size)
        register_imports.load(register, by=by, at=NOW)
        make.worked(register)
        assert register.status is ImportState.LOADED
        found = picture()
        transaction.set_rollback(True)
    register.refresh_from_db()
    return found


def test_lines_kept_together_leave_what_lines_kept_one_by_one_leave(
    provincial_officer: User,
) -> None:
    register = make.checked(workbook(table(lines())), provincial_officer)
    before = picture()

    together = loaded_in_pieces(register, provincial_officer, 1000)
    one_by_one = loaded_in_pieces(register, provincial_officer, 1)

    changed = {name for name, rows in together.items() if rows != before[name]}
    assert changed >= {
        "registry.subject", "registry.product", "registry.productclassification",
        "scoring.decision", "scoring.certificate", "promotion.listing", "promotion.recognition",
        "journal.entry", "clients.change", "reporting.registerline",
    }  # fmt: skip
    unlike = {name for name, rows in together.items() if rows != one_by_one[name]}
    assert unlike <= {"reporting.starmark"}  # a mark for each piece
    kinds = Counter(Entry.objects.values_list("kind", flat=True))
    assert kinds["scoring.certificate.recorded"] == 0  # nothing of the two loads is left


def test_refused_line_in_the_middle_of_a_piece_is_named_and_nothing_stays(
    provincial_officer: User,
) -> None:
    register = make.checked(workbook(table(lines())), provincial_officer)
    past_decisions.enter_many(
        [(registry.province(), "province", "5/QĐ-UBND", date(2024, 1, 1))],  # type: ignore[list-item] # a level
        by=provincial_officer,
        at=NOW,
    )

    register_imports.load(register, by=provincial_officer, at=NOW)
    make.worked(register)

    assert register.status is ImportState.CHECKED
    faulty = register.rows.exclude(faults=[]).get()
    assert (faulty.cells["product"], faulty.faults[0][1]) == ("Chè lam", "past.other_day")
    assert not Product.objects.exists()


def test_refused_line_is_found_in_halves(
    provincial_officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [line(product=f"Chè {place}") for place in range(8)]
    rows[6] = line(product="Chè lam", first_decision="5/QĐ-UBND")
    register = make.checked(workbook(table(rows)), provincial_officer)
    past_decisions.enter_many(
        [(registry.province(), Level.PROVINCE, "5/QĐ-UBND", date(2024, 1, 1))],
        by=provincial_officer,
        at=NOW,
    )
    keep, tried = register_lines.keep, list[int]()

    def counted(lines: Any, **how: Any) -> Any:
        tried.append(len(lines))
        return keep(lines, **how)

    monkeypatch.setattr(register_lines, "keep", counted)
    register_imports.load(register, by=provincial_officer, at=NOW)
    make.worked(register)

    assert tried == [8, 4, 4, 2, 2, 1]
    assert register.rows.exclude(faults=[]).get().cells["product"] == "Chè lam"
    assert not Product.objects.exists()


def test_live_recognition_beside_the_load_stays_the_current_one(provincial_officer: User) -> None:
    """Between check and load the council of the portal recognised the same product."""
    register = make.checked(workbook(table(lines())), provincial_officer)
    maker = registry.subject(name="HTX chè Trại Cài")
    live = promotion.listing(
        registry.product(maker, name="Chè nõn tôm"), stars=5, issued_on=date(2026, 8, 1)
    )

    register_imports.load(register, by=provincial_officer, at=NOW)
    make.worked(register)

    assert register.status is ImportState.LOADED
    older, newer = Certificate.objects.filter(product=live.product).order_by("issued_on")
    assert (older.state, older.superseded_by, newer.state) == ("superseded", newer, "valid")
    assert Listing.objects.get(product=live.product).stars == 5
    assert Product.objects.filter(subject=maker).count() == 2


def test_decision_that_another_load_recorded_meanwhile_is_taken(
    provincial_officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [(registry.province(), "province", "5/QĐ-UBND", date(2024, 1, 1))]
    how = {"by": provincial_officer, "at": NOW}
    (first,) = past_decisions.enter_many(said, **how).values()  # type: ignore[arg-type] # named here
    read, blind = past_decisions._held, [dict[Any, Any]()]
    monkeypatch.setattr(past_decisions, "_held", lambda keys: blind.pop() if blind else read(keys))

    (again,) = past_decisions.enter_many(said, **how).values()  # type: ignore[arg-type] # named here

    assert (again, Decision.objects.count(), blind) == (first, 1, [])


def undone_in_pieces(
    register: RegisterImport, by: User, size: int
) -> tuple[dict[str, Counter[str]], list[Any]]:
    """What the undo leaves in every table, and what became of each line; loaded again."""
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(register_pieces, "UNMADE", size)
        register_imports.undo(register, by=by, at=NOW)
        make.worked(register)
        assert register.status is ImportState.UNDONE
        found = picture()
        lines = list(register.rows.values_list("number", "outcome", "faults", "is_loaded"))
        transaction.set_rollback(True)
    register.refresh_from_db()
    return found, lines


@pytest.mark.parametrize("is_used", [False, True])
def test_lines_undone_together_leave_what_lines_undone_one_by_one_leave(
    provincial_officer: User, producer: User, *, is_used: bool
) -> None:
    register = make.loaded(workbook(table(lines())), provincial_officer)
    if is_used:
        used = Product.objects.get(name="Chè lam")
        registry.posting(producer, Role.OWNER, used.subject)
        registry.picture(used, by=producer)
    before = picture()

    together, of_lines = undone_in_pieces(register, provincial_officer, 1000)
    one_by_one, of_each = undone_in_pieces(register, provincial_officer, 1)

    assert {name for name, rows in together.items() if rows != one_by_one[name]} <= {
        "reporting.starmark"  # a mark for each piece
    }
    assert of_lines == of_each
    kept = {5: "new", 6: "new", 7: "kept" if is_used else "new", 8: "new"}
    assert {number: outcome for number, outcome, *_rest in of_lines} == kept
    told = together["journal.entry"].total() - before["journal.entry"].total()
    assert told == (11 if is_used else 14)  # each thing taken back, one reinstated, asked, done
    assert sum(together["scoring.certificate"].values()) == (1 if is_used else 0)


def test_piece_asks_the_same_for_one_line_and_for_fifty(provincial_officer: User) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes a thousand values at a time")
    one, fifty = (
        queries_of(provincial_officer, [line(product=f"Chè {n} {m}") for m in range(n)])
        for n in (1, 50)
    )

    assert one == fifty == {"load": LOAD_QUERIES, "undo": UNDO_QUERIES}


def queries_of(by: User, lines: list[dict[Any, Any]]) -> dict[str, int]:
    """The statements of the piece that loads these lines, and of the one that unmakes them."""
    register = make.checked(workbook(table(lines)), by)
    register_imports.load(register, by=by, at=NOW)
    load = queries_of_piece(register)
    register.refresh_from_db()
    register_imports.undo(register, by=by, at=NOW)
    return {"load": load, "undo": queries_of_piece(register)}


def queries_of_piece(register: RegisterImport) -> int:
    with CaptureQueriesContext(connection) as asked:
        register_imports.go_on(register.pk, at=NOW)
    register.refresh_from_db()
    assert not register.status.is_working
    # One row is an INSERT; of many the keys are asked for, and COPY follows.
    beside = ("SAVEPOINT", "RELEASE", "COPY")
    return sum(not each["sql"].startswith(beside) for each in asked)
