"""Five years under a clock of our own: reminders, expiry, renewal; and the printed certificate."""

from collections import Counter
from datetime import date, datetime, timedelta

import pypdfium2
import pytest
import zxingcpp
from django.test import Client

from cycle.domain.journey import EnrolmentKind
from cycle.models import Dossier
from ocop_portal.journal.models import Entry
from registry.domain.clock import LEGAL_ZONE
from registry.selectors import regime
from scoring.domain.certificate_states import CertificateState, CertificateStatus
from scoring.models import Certificate
from scoring.selectors.certificates import certificates_of
from scoring.services import documents, reminders
from tests.factories import cycle, registry, scoring
from tests.factories import promotion as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
# Issued on the days that calendars stumble over, with their last days three years later.
ISSUED = {
    date(2028, 2, 29): date(2031, 2, 28),
    date(2027, 2, 28): date(2030, 2, 28),
    date(2026, 12, 31): date(2029, 12, 31),
    date(2027, 8, 31): date(2030, 8, 31),
    date(2027, 3, 1): date(2030, 3, 1),
}


def night(day: date) -> datetime:
    """Six in the morning in Vietnam, when the nightly task runs."""
    return datetime(day.year, day.month, day.day, 6, tzinfo=LEGAL_ZONE)


def told(certificate: Certificate, word: str) -> Counter[str]:
    """How often each thing of a kind was told of a certificate."""
    rows = Entry.objects.filter(
        subject_type="scoring.certificate",
        subject_id=certificate.pk,
        kind__startswith=f"scoring.certificate.{word}",
    )
    return Counter(
        f"{entry.kind.rpartition('.')[2]} {entry.facts.get('days', '')}".strip() for entry in rows
    )


def live(first: date, nights: int) -> None:
    """So many nights of the worker; some are missed, some run twice."""
    for number in range(nights):
        on = first + timedelta(days=number)
        if on.weekday() in {5, 6} and on.day % 2:
            continue  # the machine was off on some nights
        reminders.remind_of_expiry(at=night(on))
        if on.day in {1, 2, 28}:
            reminders.remind_of_expiry(at=night(on) + timedelta(hours=1))


def test_five_years_when_lived_night_by_night_then_each_is_told_exactly_once() -> None:
    held = {
        make.certificate(
            registry.product(name=f"Chè {code} {day:%d-%m-%Y}"),
            product_set=registry.product_set(code, 1),
            issued_on=day,
        ): last
        for code in ("2019", "2026")
        for day, last in ISSUED.items()
    }

    live(min(ISSUED), 5 * 366)

    assert Counter(each.regime for each in held) == {"2019": 5, "2026": 5}
    for certificate, last in held.items():
        days = regime(certificate.regime).reminder_days
        assert certificate.valid_until == last
        assert told(certificate, "expir") == {
            **{f"expiring {each}": 1 for each in days},
            "expired": 1,
        }
        assert certificate.status_on(last) is CertificateStatus.VALID
        assert certificate.status_on(last + timedelta(days=1)) is CertificateStatus.EXPIRED


def test_reminder_days_are_those_of_each_regime() -> None:
    assert regime("2019").reminder_days == (365, 180, 90, 30)
    assert regime("2026").reminder_days == (365, 180, 135, 30)


def test_chain_when_renewed_in_its_window_then_the_old_falls_silent_and_the_new_speaks() -> None:
    rating = scoring.concluded(scoring.accepted_dossier(regime="2026"), [74, 74, 75])
    old = scoring.certified(rating, date(2026, 12, 31))
    filed, decided = scoring.at_day(2029, 7, 10), date(2029, 8, 31)

    live(date(2028, 12, 1), (filed.date() - date(2028, 12, 1)).days)
    again = scoring.concluded_in_writing(renewal_of(old, filed), [74, 75, 76], at=filed)
    new = scoring.certified(again, decided)
    live(decided, (date(2032, 9, 10) - decided).days)

    old.refresh_from_db()
    assert (old.state, old.superseded_by, old.valid_until) == (
        CertificateState.SUPERSEDED,
        new,
        date(2029, 12, 31),
    )
    assert (new.regime, new.valid_until) == ("2026", date(2032, 8, 31))
    assert again.dossier.prefilled_from == rating.dossier
    assert told(old, "expir") == {"expiring 365": 1, "expiring 180": 1}
    assert told(new, "expir") == {
        **{f"expiring {each}": 1 for each in regime("2026").reminder_days},
        "expired": 1,
    }
    assert [each.pk for each in certificates_of(old.product)] == [new.pk, old.pk]
    assert list(new.supersedes.all()) == [old]


def renewal_of(held: Certificate, at: datetime) -> Dossier:
    """The product's re-evaluation, taken in by the level that scores."""
    season = cycle.season(
        "2026", year=at.year, opens_on=date(at.year, 1, 1), closes_on=date(at.year, 12, 31), at=at
    )
    row = cycle.enrolment(season, item=held.product, kind=EnrolmentKind.RE_EVALUATION, at=at)
    return scoring.accepted_dossier(regime="2026", row=row, at=at)


def test_printed_certificate_when_its_code_is_scanned_then_it_leads_to_the_page() -> None:
    held = documents.make_certificate(make.certificate(registry.product(name="Chè Tân Cương")))
    with held.pdf.open("rb") as file:
        page = pypdfium2.PdfDocument(file.read())[0]

    found = zxingcpp.read_barcodes(page.render(scale=3).to_pil().convert("L"))
    address = found[0].text
    answer = Client().get(address.removeprefix("http://127.0.0.1:8000"))

    assert address == documents.verification_url(held.code)
    assert answer.status_code == 200
    assert "Chè Tân Cương" in answer.content.decode()
    assert held.shown_code in page.get_textpage().get_text_range()
