"""A draft is taken away as a file and brought back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cycle.models import Enrolment, Idea
from cycle.services import ideas
from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from tests.factories import cycle, registry
from tests.factories.cycle import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(name: str, row: Enrolment) -> str:
    return reverse(f"cycle:{name}", args=[row.pk])


def sent(text: str | bytes) -> dict[str, SimpleUploadedFile]:
    content = text.encode() if isinstance(text, str) else text
    return {"file": SimpleUploadedFile("y-tuong.txt", content)}


def test_a_draft_comes_back_after_a_look_at_what_changes() -> None:
    row = cycle.enrolment()
    owner = client_of(cycle.owner_of(row))

    taken = owner.get(page("idea-take", row))
    assert taken["Content-Disposition"].startswith('attachment; filename="y-tuong-')
    text = taken.content.decode("utf-8-sig").replace("[market] Ai mua, bán ở đâu", "[market]\nChợ")
    shown = owner.post(page("idea-bring", row), sent(text))

    assert [(each.before, each.after) for each in shown.context["changes"]] == [("", "Chợ")]
    assert Idea.objects.get().market == ""
    form = shown.context["filled"]
    saved = owner.post(page("idea", row), {**form.data, "save": "1"})
    assert saved.status_code == 302
    assert Idea.objects.get().market == "Chợ"
    assert Entry.objects.filter(kind="cycle.idea.saved").get().facts["fields"] == ["market"]


def test_a_file_older_than_the_portals_text_is_marked_and_an_equal_one_refused() -> None:
    row = cycle.enrolment()
    by = cycle.owner_of(row)
    owner = client_of(by)
    old = owner.get(page("idea-take", row)).content
    assert "không khác gì" in owner.post(page("idea-bring", row), sent(old)).content.decode()

    ideas.save(row.idea, version=row.idea.version, market="Chợ phiên", by=by, at=NOW)
    shown = owner.post(page("idea-bring", row), sent(old))

    assert shown.context["is_older"] is True
    assert "Chợ phiên" in shown.content.decode()


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x00\xff", b"x", b"### OCOP idea 999999 1"])
def test_a_foreign_file_is_refused_at_its_field(content: bytes) -> None:
    row = cycle.enrolment()
    owner = client_of(cycle.owner_of(row))

    answer = owner.post(page("idea-bring", row), sent(content))

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert "changes" not in answer.context


def test_a_text_too_long_for_the_form_is_named() -> None:
    row = cycle.enrolment()
    owner = client_of(cycle.owner_of(row))
    text = f"### OCOP idea {row.pk} 1\n### [market] x\n{'a' * 20_001}"

    answer = owner.post(page("idea-bring", row), sent(text))

    assert "Ai mua, bán ở đâu" in str(answer.context["form"].errors["file"])


def test_a_paper_that_was_handed_in_takes_no_file() -> None:
    row = cycle.with_plan_submitted(cycle.enrolment())
    owner = client_of(cycle.owner_of(row))

    assert owner.get(page("plan-bring", row)).status_code == 409
    assert owner.get(page("plan-take", row)).status_code == 200


def test_only_the_subject_takes_and_brings() -> None:
    row = cycle.enrolment()

    for name in ("idea-take", "idea-bring"):
        assert client_of(cycle.appraiser_for(row)).get(page(name, row)).status_code == 403
        assert client_of(registry.person()).get(page(name, row)).status_code == 404
