"""The pages before the dossier in real browsers: a producer's at 360 px, an office's at 1366 px.

The journeys walk the forms; here every other page of these steps is opened once, with something
on it, as somebody with a screen reader or a narrow screen would meet it.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from playwright.sync_api import Page

from cycle.models import Enrolment, InformationSession, SupportRequest
from cycle.services import messages, sessions
from ocop_portal.accounts.models import User
from registry import selectors
from registry.domain.roles import Role
from registry.services import invitations
from tests.factories import cycle, registry
from tests.factories.people import PASSWORD
from tests.factories.registry import NOW
from tests.factories.sessions import session
from tests.factories.support import request
from tests.journeys.actors import Actor
from tests.looks import faults_of
from tests.services_fixtures import PageOpener

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Faults = list[tuple[str, str, str]]


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def with_password(user: User) -> User:
    user.set_password(PASSWORD)
    user.save()
    return user


def visited(page: Page, paths: Iterable[str]) -> Faults:
    """What is wrong on each page, beside its address; a page that is not there is wrong too."""
    found: Faults = []
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        if answer.status != 200:
            found.append((path, "status", str(answer.status)))
        found += [(path, *fault) for fault in faults_of(page)]
    return found


def test_pages_before_the_dossier_are_accessible_and_fit_the_screen(
    open_page: PageOpener,
) -> None:
    asked = request(cycle.with_plan_accepted(cycle.enrolment()), at=NOW)
    row = asked.enrolment
    owner = with_password(cycle.owner_of(row))
    officer = with_password(cycle.appraiser_for(row))
    province = registry.officer(Role.PROVINCIAL_OFFICER, registry.province(), "Hà")
    keeper = with_password(province)
    with time_machine.travel(NOW, tick=True):
        faults = _as_the_producer(open_page, row, owner)
        faults += _as_the_offices(open_page, asked, officer, keeper)
    assert faults == []


def _as_the_producer(open_page: PageOpener, enrolment: Enrolment, owner: User) -> Faults:
    held = enrolment.product
    row, product, subject = enrolment.pk, held.pk, held.subject_id
    area = registry.material_area(held.subject)
    registry.production_place(held)
    picture = registry.picture(held, by=owner)
    invited = invitations.invite(
        held.subject, email="quy@ocop.example", role=Role.EDITOR, by=owner, at=NOW
    )
    lan = Actor.at(open_page(width=360), owner)
    faults = visited(
        lan.page,
        (
            "/ho-so/",
            f"/chu-the/{subject}/",
            f"/chu-the/{subject}/sua/",
            f"/chu-the/{subject}/nang-luc/",
            f"/chu-the/{subject}/nguoi/them/",
            f"/chu-the/{subject}/loi-moi/{invited.pk}/",
            f"/chu-the/{subject}/vung-nguyen-lieu/them/",
            f"/vung-nguyen-lieu/{area.pk}/sua/",
            f"/chu-the/{subject}/san-pham/them/",
            f"/ho-so/san-pham/{product}/",
            f"/ho-so/san-pham/{product}/sua/",
            f"/ho-so/san-pham/{product}/noi-lam/",
            f"/ho-so/san-pham/{product}/anh/",
            f"/ho-so/anh/{picture.pk}/sua/",
            "/lang-nghe/",
            f"/chu-trinh/tham-gia/{product}/",
            f"/chu-trinh/luot/{row}/",
            f"/chu-trinh/luot/{row}/rut/",
            f"/chu-trinh/luot/{row}/y-tuong/",
            f"/chu-trinh/luot/{row}/phuong-an/",
            f"/chu-trinh/luot/{row}/trien-khai/",
            f"/chu-trinh/luot/{row}/ho-tro/",
        ),
    )
    visitor = open_page(width=360)
    token = selectors.token_of(invited)
    return faults + visited(visitor, (f"/loi-moi/{token}/", "/chu-trinh/lop-hoc/"))


def _as_the_offices(
    open_page: PageOpener, asked: SupportRequest, officer: User, keeper: User
) -> Faults:
    row = asked.enrolment
    village = registry.craft_village(by=keeper)
    lesson = _lesson_with_people()
    host = with_password(lesson.created_by)
    messages.write(row, text="Bao giờ có mẫu?", asks=True, by=cycle.owner_of(row), at=NOW)
    dung, ha = Actor.at(open_page(), officer), Actor.at(open_page(), keeper)
    faults = visited(
        dung.page,
        (
            "/ban-lam-viec/",
            "/chu-the/",
            "/ho-so/san-pham/",
            "/chu-trinh/luot/",
            "/chu-trinh/ho-tro/",
            asked.get_absolute_url(),
            "/chu-trinh/trao-doi/",
            f"/chu-trinh/luot/{row.pk}/trao-doi/",
        ),
    )
    village_pages = ("/lang-nghe/", "/lang-nghe/them/", f"/lang-nghe/{village.pk}/sua/")
    faults += visited(ha.page, village_pages)
    lessons = f"/chu-trinh/lop-hoc/{lesson.pk}"
    minh = Actor.at(open_page(width=360), host)
    return faults + visited(
        minh.page,
        (
            f"{lessons}/",
            f"{lessons}/diem-danh/",
            f"{lessons}/tai-lieu/",
            f"{lessons}/huy/",
            "/chu-trinh/lop-hoc/mo/",
        ),
    )


def _lesson_with_people() -> InformationSession:
    held = session()
    for name in ("Trần Thị Sen", "Lò Văn Páo"):
        sessions.add_on_site(
            held, name=name, phone="0987654321", is_official=False, by=held.created_by, at=NOW
        )
    return held
