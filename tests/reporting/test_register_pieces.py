"""Lines kept together are what they are kept one by one, also beside others' acts."""

from collections import Counter
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from promotion.models import Listing
from registry.models import Product
from reporting.domain.register_states import ImportState
from reporting.models import RegisterImport
from reporting.services import register_imports, register_pieces
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
        told["subject_id"] = places[apps.get_model(row.subject_type)][row.subject_id]
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
