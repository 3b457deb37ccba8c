"""Postings: granted and ended by those who may."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ocop_portal.journal.models import Entry
from registry import selectors
from registry.domain.errors import RuleBroken
from registry.domain.roles import Role
from registry.models import Posting
from registry.services import postings
from tests.factories import registry as make

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]
WHEN: dict[str, Any] = {"starts_on": make.TODAY, "at": make.NOW}


def test_administrator_posts_an_officer_in_the_own_province() -> None:
    administrator = make.officer(Role.ADMINISTRATOR, make.province())
    minh = make.person("Minh")

    posting = postings.grant(
        minh, role=Role.COMMUNE_OFFICER, unit=make.commune(), by=administrator, **WHEN
    )

    assert selectors.has_role(minh, Role.COMMUNE_OFFICER, unit=make.commune(), on=make.TODAY)
    facts = Entry.objects.get(kind="registry.posting.granted").facts
    assert (facts["user"], facts["place"]) == (minh.pk, "Xã Tân Cương, Tỉnh Thái Nguyên")
    assert posting.ends_on is None


def test_administrator_may_not_post_in_another_province() -> None:
    administrator = make.officer(Role.ADMINISTRATOR, make.province())
    elsewhere = make.province("Tỉnh Lâm Đồng", "68")

    with pytest.raises(PermissionDenied):
        postings.grant(
            make.person(), role=Role.PROVINCIAL_OFFICER, unit=elsewhere, by=administrator, **WHEN
        )


def test_first_administrator_of_an_installation_is_posted_by_its_superuser() -> None:
    root = make.person(is_superuser=True)

    posting = postings.grant(root, role=Role.ADMINISTRATOR, unit=make.country(), by=root, **WHEN)

    assert posting.unit == make.country()


@pytest.mark.parametrize(
    ("role", "place"),
    [
        (Role.COMMUNE_OFFICER, "province"),
        (Role.PROVINCIAL_OFFICER, "commune"),
        (Role.DISTRICT_OFFICER, "commune"),
        (Role.CENTRAL_OFFICER, "province"),
        (Role.AUTHORITY, "commune"),
        (Role.AUDITOR, "commune"),
    ],
)
def test_role_that_does_not_fit_the_level_is_refused(role: Role, place: str) -> None:
    root = make.person(is_superuser=True)
    unit = make.commune() if place == "commune" else make.province()

    with pytest.raises(RuleBroken) as refusal:
        postings.grant(make.person(), role=role, unit=unit, by=root, **WHEN)

    assert (refusal.value.code, refusal.value.field) == ("posting.role_and_level", "role")


def test_role_of_a_subject_is_not_given_on_a_unit_nor_the_other_way_round() -> None:
    root = make.person(is_superuser=True)

    with pytest.raises(RuleBroken) as on_unit:
        postings.grant(make.person(), role=Role.OWNER, unit=make.commune(), by=root, **WHEN)
    with pytest.raises(RuleBroken) as on_subject:
        postings.grant(make.person(), role=Role.AUDITOR, subject=make.subject(), by=root, **WHEN)
    with pytest.raises(RuleBroken) as on_nothing:
        postings.grant(make.person(), role=Role.OWNER, by=root, **WHEN)

    codes = [fault.value.code for fault in (on_unit, on_subject, on_nothing)]
    assert codes == ["posting.role_and_place", "posting.role_and_place", "posting.place"]


def test_owner_invites_an_editor_and_an_editor_may_not() -> None:
    subject = make.subject()
    owner, editor = make.owner_of(subject), make.person()

    postings.grant(editor, role=Role.EDITOR, subject=subject, by=owner, **WHEN)

    assert list(selectors.producers_of(subject, make.TODAY)) == [owner, editor]
    with pytest.raises(PermissionDenied):
        postings.grant(make.person(), role=Role.EDITOR, subject=subject, by=editor, **WHEN)


def test_second_posting_to_the_same_is_refused() -> None:
    subject = make.subject()

    with pytest.raises(RuleBroken) as refusal:
        postings.grant(
            make.owner_of(subject),
            role=Role.OWNER,
            subject=subject,
            by=make.owner_of(subject),
            **WHEN,
        )

    assert refusal.value.code == "posting.held"


def test_posting_that_ends_before_it_begins_is_refused() -> None:
    subject = make.subject()

    with pytest.raises(RuleBroken) as refusal:
        postings.grant(
            make.person(),
            role=Role.EDITOR,
            subject=subject,
            by=make.owner_of(subject),
            ends_on=make.TODAY,
            **WHEN,
        )

    assert refusal.value.field == "ends_on"


def test_ended_posting_gives_no_power_on_the_same_day() -> None:
    subject = make.subject()
    owner, editor = make.owner_of(subject), make.person()
    posting = postings.grant(editor, role=Role.EDITOR, subject=subject, by=owner, **WHEN)

    ended = postings.end(posting, by=owner, at=make.NOW)
    postings.end(posting, by=owner, at=make.NOW)

    assert ended.ends_on == make.TODAY
    assert not selectors.has_role(editor, Role.EDITOR, subject=subject, on=make.TODAY)
    assert Entry.objects.filter(kind="registry.posting.ended").count() == 1


def test_last_owner_stays() -> None:
    subject = make.subject()
    posting = Posting.objects.get(subject=subject)

    with pytest.raises(RuleBroken) as refusal:
        postings.end(posting, by=posting.user, at=make.NOW)

    assert refusal.value.code == "posting.last_owner"


def test_one_of_two_owners_may_go() -> None:
    subject = make.subject()
    owner = make.owner_of(subject)
    postings.grant(make.person(), role=Role.OWNER, subject=subject, by=owner, **WHEN)

    ended = postings.end(Posting.objects.get(user=owner), by=owner, at=make.NOW)

    assert ended.ends_on == make.TODAY


@pytest.mark.parametrize(
    ("day", "held"),
    [
        (date(2026, 1, 1) - timedelta(days=1), False),
        (date(2026, 1, 1), True),
        (date(2026, 6, 30), True),
        (date(2026, 7, 1), False),
    ],
)
def test_posting_holds_from_its_first_day_to_the_day_before_its_end(
    day: date, *, held: bool
) -> None:
    user = make.officer(Role.AUDITOR, make.province(), ends_on=date(2026, 7, 1))

    assert selectors.has_role(user, Role.AUDITOR, on=day) is held
