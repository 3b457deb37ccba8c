"""A colleague is invited, comes in on a phone, works, and is shut out in the middle of it."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from ocop_portal.accounts.models import BrowserSession, User
from ocop_portal.journal import delivery
from ocop_portal.journal.models import Entry, Notification
from registry.domain.roles import Role
from registry.models import Posting
from tests.factories import registry
from tests.journeys.actors import Actor
from tests.journeys.test_dossier_on_a_phone import at_home
from tests.looks import faults_of
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EMAIL = "mai.moi@ocop.example"
SECRET = "con trâu đi trước cái cày"


def test_invited_on_a_phone_at_work_and_shut_out(open_page: PageOpener) -> None:
    place = registry.commune()
    head = at_home(
        open_page, registry.officer(Role.ADMINISTRATOR, registry.province(), "Hạnh"), 1366
    )
    faults: list[tuple[str, str]] = []

    head.go("/vai-tro/giao/")
    faults += faults_of(head.page)
    head.fill(email=EMAIL, unit_q="tan cuong")
    head.choose(role="commune_officer")
    head.press("Tìm")
    head.tick(unit=str(place.pk))
    head.press("Mời hoặc giao vai trò")
    head.sees(f"Đã gửi lời mời tới {EMAIL}.")
    faults += faults_of(head.page)

    mai = Actor(open_page(width=360), EMAIL)
    mai.go(_mailed_link())
    faults += faults_of(mai.page)
    mai.fill(full_name="Trần Thị Mai", password=SECRET, password_again=SECRET)
    mai.press("Nhận lời")
    mai.sees("Bạn đã nhận vai trò tại Xã Tân Cương")
    mai.go("/vai-tro/nguoi/")
    mai.sees("Trần Thị Mai")
    faults += faults_of(mai.page)
    person = User.objects.get(email=EMAIL)
    assert Posting.objects.get(user=person).unit == place

    head.go(f"/vai-tro/nguoi/{person.pk}/")
    faults += faults_of(head.page)
    head.press("Ngừng tài khoản")
    faults += faults_of(head.page)
    head.fill(reason="Chuyển công tác")
    head.press("Ngừng tài khoản")
    head.sees("Đã ngừng tài khoản của Trần Thị Mai.")

    mai.page.goto("/vai-tro/nguoi/")
    expect(mai.page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    mai.fill(username=EMAIL, password=SECRET)
    mai.press("Đăng nhập")
    expect(mai.page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")
    assert not BrowserSession.objects.filter(user=person).exists()

    head.go("/rieng-tu/cua-toi/")
    faults += faults_of(head.page)
    head.press("Làm bản dữ liệu mới")
    head.sees("Bản dữ liệu của bạn đã sẵn sàng.")
    head.go("/rieng-tu/")
    faults += faults_of(head.page)
    assert faults == []


def _mailed_link() -> str:
    """The path in the letter that the invited address got."""
    entry = Entry.objects.get(kind="registry.office_invitation.sent")
    delivery.fan_out(entry.pk, at=timezone.now())
    row = Notification.objects.get(entry=entry, channel="mail")
    delivery.deliver(row.pk, at=timezone.now())
    found = re.search(r"https?://[^/\s]+(/loi-moi/\S+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]
