"""Takes samples in, keeps book of them, prints their labels and the receipt."""

import secrets
from datetime import datetime

from django.db import transaction

from cycle.domain.dossier import AT_THE_COUNCIL, OPEN, DossierState
from cycle.domain.samples import CustodyKind, Stock, check, held
from cycle.models import CustodyEvent, Dossier, Sample
from cycle.permissions import may_receive
from cycle.selectors import sample_of, unit_above
from cycle.services import forms
from cycle.services.history import about, about_dossier, locked_dossier
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.regime import Level
from registry.domain.text import nfc, term
from registry.selectors import names_on

# No letter or digit that is taken for another one when it is read aloud or by hand.
LETTERS = "ACDEFHJKLMNPQRTUVWXY34679"
NUMBER_LENGTH = 6
WITH_AN_OFFICE = frozenset(set(DossierState) - OPEN - {DossierState.WITHDRAWN})


@transaction.atomic
def record(
    dossier: Dossier,
    *,
    kind: CustodyKind,
    units: int,
    by: User,
    at: datetime,
    place: str = "",
    note: str = "",
) -> CustodyEvent:
    """One event with the samples of the level whose turn it is; the first opens their number.

    Refused: strangers to that office, a dossier that no office has, samples of a set that owes
    none, more units than lie in the store.
    """
    current = locked_dossier(dossier)
    require(may_receive(by, current, on=legal_day(at)))
    if DossierState(current.state) not in WITH_AN_OFFICE | AT_THE_COUNCIL:
        raise RuleBroken("sample.no_office", term("Hồ sơ đang ở chủ thể, chưa nhận mẫu được."))
    sample = sample_of(current)
    events = sample.events.values_list("kind", "units") if sample else []
    lying = held((CustodyKind(each), count) for each, count in events)
    check(kind, units, Stock(current.product_set.samples_required, lying))
    if sample is None:
        sample = Sample.objects.create(
            dossier=current, level=current.level, number=_number(), opened_at=at
        )
    event = CustodyEvent.objects.create(
        sample=sample,
        kind=kind,
        units=units,
        place=nfc(place).strip(),
        note=nfc(note).strip(),
        at=at,
        by=by,
    )
    word = "received" if kind is CustodyKind.RECEIVED else "handled"
    facts = {
        **about(current.enrolment),
        **about_dossier(current),
        "number": sample.number,
        "units": units,
        "custody": str(kind),
    }
    journal.record(f"cycle.sample.{word}", subject=current, actor=by, at=at, facts=facts)
    return event


def labels(sample: Sample) -> bytes:
    """A label for each unit that is owed: the number, which unit it is, the day; no producer."""
    count = sample.dossier.product_set.samples_required
    on = legal_day(sample.opened_at)
    return forms.labels(
        [
            {"number": sample.number, "unit": f"{unit}/{count}", "day": forms.day(on)}
            for unit in range(1, count + 1)
        ],
        on,
    )


def receipt(sample: Sample) -> bytes:
    """What the office took in, for who brought it."""
    dossier = sample.dossier
    enrolment = dossier.enrolment
    events = sample.events.filter(kind=CustodyKind.RECEIVED).select_related("by").order_by("id")
    rows = [
        (forms.day(legal_day(event.at)), event.units, event.place, str(event.by))
        for event in events
    ]
    place = unit_above(enrolment.commune, Level(sample.level))
    on = legal_day(sample.opened_at)
    names = names_on(on)
    facts = [
        ("Chủ thể", enrolment.product.subject.name),
        ("Sản phẩm", enrolment.product.name),
        ("Mã hồ sơ", dossier.code),
        ("Số mẫu", sample.number),
    ]
    return forms.compiled(
        {
            "title": f"Biên nhận mẫu {sample.number}",
            "heading": "BIÊN NHẬN MẪU SẢN PHẨM",
            "subtitle": enrolment.product.name,
            "left": [names.name(place) if place else "Cơ quan OCOP trung ương"],
            "date": [on.year, on.month, on.day],
            "place_and_date": forms.place_and_date(
                names.short_name(place) if place else "Hà Nội", on
            ),
            "footer": f"{dossier.code} · {sample.number}",
            "blocks": [
                forms.facts(facts),
                forms.table(("Ngày", "Số lượng", "Nơi giữ", "Người nhận"), (0, 0, 2, 2), rows),
            ],
            "signatures": [forms.signature("NGƯỜI GIAO"), forms.signature("NGƯỜI NHẬN")],
        }
    )


def _number() -> str:
    """Drawn at random: a number in the order of arrival would tell whose it is."""
    while True:
        number = "".join(secrets.choice(LETTERS) for _ in range(NUMBER_LENGTH))
        if not Sample.objects.filter(number=number).exists():
            return number
