"""The task list of a dossier, before the first lodging and after a return."""

import pytest
from django.test import Client

from cycle.domain.tasklist import TaskGroup, TaskStatus
from cycle.models import Dossier
from cycle.services import dossiers
from tests.factories import cycle
from tests.factories.cycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def tasks(dossier: Dossier) -> dict[TaskGroup, list[tuple[str, TaskStatus]]]:
    client = Client()
    client.force_login(cycle.owner_of(dossier.enrolment))
    groups = client.get(dossier.get_absolute_url()).context["groups"]
    return {
        group: [(row.url, row.status) for row in rows if row.is_required] for group, rows in groups
    }


def test_a_new_dossier_has_its_tasks_under_headings_each_with_a_way() -> None:
    dossier = cycle.draft_dossier()
    base = dossier.get_absolute_url()

    found = tasks(dossier)

    assert found[TaskGroup.TEXTS] == [(f"{base}noi-dung/", TaskStatus.TODO)]
    assert found[TaskGroup.EVIDENCE] == [
        (f"{base}minh-chung/business_registration/", TaskStatus.TODO)
    ]


def test_after_a_return_what_was_asked_is_to_mend_until_it_changes() -> None:
    lodged = cycle.lodged_dossier()
    dossier = cycle.returned(lodged, "introduction", "business_registration")
    before = tasks(dossier)
    owner = cycle.owner_of(dossier.enrolment)
    dossiers.save(dossier, version=dossier.version, introduction="Đủ hơn", by=owner, at=NOW)
    after = tasks(dossier)

    statuses = [status for rows in (before, after) for _url, status in rows[TaskGroup.TEXTS]]
    assert statuses == [TaskStatus.TO_MEND, TaskStatus.DONE]
    papers = [status for rows in (before, after) for _url, status in rows[TaskGroup.EVIDENCE]]
    assert papers == [TaskStatus.TO_MEND, TaskStatus.TO_MEND]
