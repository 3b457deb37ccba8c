"""Papers: judged by their content, kept under a random name."""

import hashlib
import re
import unicodedata
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import DatabaseError

from ocop_portal.journal import notices
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from registry.models import Evidence
from registry.selectors import papers_of
from registry.services import evidence, reminders
from registry.services.reminders import EXPIRING
from tests.factories import registry as make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.embedded,
    pytest.mark.usefixtures("media"),
]


def office(*parts: str, name: str = "so-lieu.xlsx") -> "ContentFile[bytes]":
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    return ContentFile(buffer.getvalue(), name=name)


def test_paper_is_kept_under_a_random_name_with_its_hash() -> None:
    file = make.pdf("Giấy an toàn.pdf")

    row = make.paper(file=file)

    assert re.fullmatch(r"evidence/[0-9a-f]{2}/[0-9a-f]{32}\.pdf", str(row.file.name))
    assert row.original_name == "Giấy an toàn.pdf"
    assert row.content_type == "application/pdf"
    with row.file.open() as stored:
        assert row.sha256 == hashlib.sha256(stored.read()).hexdigest()
    assert Entry.objects.get(kind="registry.evidence.uploaded").facts["sha256"] == row.sha256


@pytest.mark.parametrize(
    ("file", "ending"),
    [
        (make.png("anh.pdf"), "png"),
        (office("word/document.xml", name="don.docx"), "docx"),
        (office("xl/workbook.xml"), "xlsx"),
    ],
)
def test_kind_is_read_from_the_content_not_from_the_name(
    file: "ContentFile[bytes]", ending: str
) -> None:
    row = make.paper(file=file)

    assert row.file_kind.value == ending
    assert row.original_name.endswith(f".{ending}")


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (ContentFile(b"", name="trong.pdf"), "evidence.empty"),
        (ContentFile(b"MZ\x90\x00" + b"\x00" * 60, name="giay.pdf"), "evidence.kind_of_file"),
        (ContentFile(b"<html><script>", name="giay.pdf"), "evidence.kind_of_file"),
        (ContentFile(b"xin chao", name="giay.pdf"), "evidence.kind_of_file"),
        (ContentFile(b"PK\x03\x04 rac", name="so.xlsx"), "evidence.kind_of_file"),
        (office("readme.txt"), "evidence.kind_of_file"),
        (office("xl/workbook.xml", "xl/vbaProject.bin"), "evidence.macros"),
    ],
)
def test_file_that_is_not_accepted_leaves_nothing(
    file: "ContentFile[bytes]", code: str, tmp_path: Path
) -> None:
    with pytest.raises(RuleBroken) as refusal:
        make.paper(file=file)

    assert (refusal.value.code, refusal.value.field) == (code, "file")
    assert not Evidence.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_bomb_and_a_script_leave_nothing(tmp_path: Path) -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (40 * 1024 * 1024))
    bomb = ContentFile(buffer.getvalue(), name="so.xlsx")
    script = ContentFile(make.pdf().read() + b"2 0 obj<</S/JavaScript/JS(x)>>", name="giay.pdf")

    with pytest.raises(RuleBroken, match=r"evidence\.bomb"):
        make.paper(file=bomb)
    with pytest.raises(RuleBroken, match=r"evidence\.pdf_active"):
        make.paper(file=script)

    assert not Evidence.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_name_with_separate_marks_and_a_smile_is_composed() -> None:
    name = unicodedata.normalize("NFD", "Ảnh chợ quê 😀.pdf")

    assert make.paper(file=make.pdf(name)).original_name == "Ảnh chợ quê 😀.pdf"


def test_the_same_file_sent_twice_is_one_paper(tmp_path: Path) -> None:
    maker = make.subject()
    first = make.paper(maker, file=make.pdf())

    again = make.paper(maker, file=make.pdf())
    other = make.paper(maker, file=make.pdf(), title="Bản khác")

    assert (again, other == first) == (first, False)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2


def test_a_renewed_paper_is_followed_once_and_stays() -> None:
    old = make.paper(valid_until=make.TODAY)
    owner = make.owner_of(old.subject)

    new = evidence.renew(old, file=make.png(), by=owner, at=make.NOW)

    assert (new.replaces, new.title, new.kind) == (old, old.title, old.kind)
    assert list(papers_of(old.subject)) == [new]
    with pytest.raises(RuleBroken, match=r"evidence\.replaced"):
        evidence.renew(old, file=make.pdf(), by=owner, at=make.NOW)
    assert Evidence.objects.get(pk=old.pk).successor == new


def test_the_owner_is_told_of_a_paper_that_runs_out_once_for_each_day() -> None:
    paper = make.paper(valid_until=make.TODAY + timedelta(days=40))
    make.paper(paper.subject, title="Khác", valid_until=None)

    def told(days: int) -> int:
        return reminders.remind_of_evidence(at=make.NOW + timedelta(days=days))

    assert [told(0), told(0), told(10), told(11), told(34), told(41), told(42)] == [
        1,
        0,
        1,
        0,
        1,
        1,
        0,
    ]
    steps = Entry.objects.filter(kind__startswith="registry.evidence.expir").order_by("pk")
    assert [entry.facts["step"] for entry in steps] == ["60", "30", "7", "expired"]
    notice = notices.notice_of(EXPIRING)
    assert notice is not None
    assert list(notice.recipients(steps[0])) == [make.owner_of(paper.subject)]


def test_a_paper_that_was_replaced_alarms_nobody() -> None:
    old = make.paper(valid_until=make.TODAY + timedelta(days=5))
    evidence.renew(old, file=make.png(), by=make.owner_of(old.subject), at=make.NOW)

    assert reminders.remind_of_evidence(at=make.NOW) == 0


def test_file_is_removed_when_its_row_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise DatabaseError

    maker = make.subject()
    monkeypatch.setattr(Evidence, "save", fail)

    with pytest.raises(DatabaseError):
        make.paper(maker)

    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_stranger_may_not_upload() -> None:
    with pytest.raises(PermissionDenied):
        make.paper(make.subject(), by=make.person("Tuấn"))


def test_withdrawn_paper_is_not_offered_and_its_file_stays() -> None:
    row = make.paper()
    owner = make.owner_of(row.subject)

    evidence.withdraw(row, by=owner, at=make.NOW)
    again = evidence.withdraw(row, by=owner, at=make.NOW)

    assert again.is_withdrawn
    assert again.file.storage.exists(str(again.file.name))
    assert Entry.objects.filter(kind="registry.evidence.withdrawn").count() == 1


def test_stranger_may_not_withdraw() -> None:
    with pytest.raises(PermissionDenied):
        evidence.withdraw(make.paper(), by=make.person("Tuấn"), at=make.NOW)
