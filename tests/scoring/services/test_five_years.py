"""Five years under a clock of our own: reminders, expiry, renewal; and the printed certificate."""

from collections import Counter
from datetime import date, datetime, timedelta

import pypdfium2
import pytest
import zxingcpp
from django.test import Client

from ocop_portal.journal.models import Entry
from registry.domain.clock import LEGAL_ZONE
from registry.selectors import regime
from scoring.domain.certificate_states import CertificateStatus
from scoring.models import Certificate
from scoring.selectors.certificates import certificates_of
from scoring.services import documents, reminders
from tests.factories import promotion as make
from tests.factories import registry

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


def told(certificate: Certificate) -> Counter[str]:
    rows = Entry.objects.filter(subject_type="scoring.certificate", subject_id=certificate.pk)
    return Counter(
        f"{entry.kind.rpartition('.')[2]} {entry.facts.get('days', '')}".strip() for entry in rows
    )


def test_five_years_when_lived_night_by_night_then_each_is_told_exactly_once() -> None:
    held = [
        make.certificate(registry.product(name=f"Chè {day:%d-%m-%Y}"), issued_on=day)
        for day in ISSUED
    ]
    days = regime(held[0].regime).reminder_days
    first = min(ISSUED)

    for night_number in range(5 * 366):
        on = first + timedelta(days=night_number)
        if on.weekday() in {5, 6} and on.day % 2:
            continue  # the machine was off on some nights
        reminders.remind_of_expiry(at=night(on))
        if on.day in {1, 2, 28}:  # it may run twice in a night
            reminders.remind_of_expiry(at=night(on) + timedelta(hours=1))

    for certificate, last in zip(held, ISSUED.values(), strict=True):
        assert certificate.valid_until == last
        assert told(certificate) == {**{f"expiring {each}": 1 for each in days}, "expired": 1}
        assert certificate.status_on(last) is CertificateStatus.VALID
        assert certificate.status_on(last + timedelta(days=1)) is CertificateStatus.EXPIRED


def test_certificate_when_renewed_then_it_sends_no_more_and_the_chain_is_kept() -> None:
    product = registry.product(name="Mật ong")
    old = make.certificate(product, issued_on=date(2026, 3, 2))
    new = make.certificate(product, issued_on=date(2028, 12, 1))
    Certificate.objects.filter(pk=old.pk).update(state="superseded", superseded_by=new)

    for days in range(30):
        reminders.remind_of_expiry(at=night(date(2029, 2, 15) + timedelta(days=days)))

    assert told(old) == {}
    assert [each.pk for each in certificates_of(product)] == [new.pk, old.pk]
    assert list(new.supersedes.all()) == [old]


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
