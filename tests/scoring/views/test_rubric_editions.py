from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ocop_portal.accounts.models import User
from scoring.domain.document_text import document_text
from scoring.models import RubricEdition
from scoring.selectors.rubric_drafts import Affected, affected
from scoring.selectors.rubrics import rubric_of
from tests.conftest import LogIn
from tests.factories import cycle as make_cycle
from tests.factories import scoring as make
from tests.factories.rubrics import edition

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

DESK = "/hoi-dong/bo-tieu-chi/"
TEA = DESK + "2026/11/"


@pytest.fixture
def tea(db: None) -> RubricEdition:
    return edition("2026", 11)


@pytest.fixture
def desk(log_in: LogIn, administrator: User) -> Client:
    return log_in(administrator)


def shown(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def edited(tea: RubricEdition, before: str, after: str) -> str:
    text = document_text(rubric_of(tea))
    assert before in text
    return text.replace(before, after, 1)


def test_only_national_administrators_come_in(
    tea: RubricEdition, log_in: LogIn, producer: User, provincial_officer: User
) -> None:
    for user in (producer, provincial_officer):
        for url in (DESK, TEA):
            assert log_in(user).get(url).status_code == 403
        answer = log_in(user).post(f"{DESK}ban/{tea.pk}/cong-bo/")
        assert answer.status_code == 403


def test_the_list_and_a_set_are_shown(desk: Client, tea: RubricEdition) -> None:
    assert TEA in shown(desk.get(DESK))
    assert "[[criterion]]" in shown(desk.get(TEA))
    assert desk.get(DESK + "2026/99/").status_code == 404


def test_a_dry_run_names_all_faults_at_once_and_writes_nothing(
    desk: Client, tea: RubricEdition
) -> None:
    text = edited(tea, "max = 40", "max = 41").replace("star = 3,", "star = 9,", 1)

    page = shown(desk.post(TEA, {"document": text, "try": "1"}))

    assert "Chưa ghi gì vào cổng." in page
    assert "Phần này ghi tối đa 41 điểm, quy định là 40." in page
    assert "Các mục của phần cộng lại được 40 điểm, phần ghi 41." in page
    assert "Không có ngưỡng cho 9 sao." in page
    assert RubricEdition.objects.count() == 1


def test_an_equal_document_changes_nothing(desk: Client, tea: RubricEdition) -> None:
    answer = desk.post(TEA, {"document": document_text(rubric_of(tea)), "save": "1"}, follow=True)

    assert "không có gì thay đổi" in shown(answer)
    assert RubricEdition.objects.count() == 1


def test_a_draft_waits_beside_the_published_edition_and_then_takes_its_place(
    desk: Client, tea: RubricEdition
) -> None:
    text = edited(tea, "Nguồn nguyên liệu", "Nguồn gốc nguyên liệu")

    page = shown(desk.post(TEA, {"document": text, "save": "1"}, follow=True))
    draft = RubricEdition.objects.get(state="draft")

    assert f"Bản {draft.pk} so với bản {tea.pk}" in page
    assert "Nguồn gốc nguyên liệu" in page
    assert "đổi cách tính điểm" not in page
    assert RubricEdition.objects.get(pk=tea.pk).state == "published"

    desk.post(f"{DESK}ban/{draft.pk}/cong-bo/")

    states = dict(RubricEdition.objects.values_list("pk", "state"))
    assert states == {tea.pk: "retired", draft.pk: "published"}


def test_a_faulty_draft_is_kept_and_not_published(desk: Client, tea: RubricEdition) -> None:
    text = edited(tea, "max = 40", "max = 41")

    page = shown(desk.post(TEA, {"document": text, "save": "1"}, follow=True))
    draft = RubricEdition.objects.get(state="draft")
    answer = desk.post(f"{DESK}ban/{draft.pk}/cong-bo/")

    assert "Chưa công bố được vì:" in page
    assert answer.status_code == 409
    assert RubricEdition.objects.get(pk=draft.pk).state == "draft"


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ("max = = 3", "Không đọc được tệp TOML"),
        ('regime = "2026"', "Tệp tiêu chí thiếu mục “number”."),
        ("", "Hãy nhập văn bản hoặc chọn tệp."),
    ],
)
def test_what_is_no_rubric_is_refused_with_the_reason(
    desk: Client, tea: RubricEdition, document: str, words: str
) -> None:
    for act in ("try", "save"):
        assert words in shown(desk.post(TEA, {"document": document, act: "1"}))
    assert RubricEdition.objects.count() == 1


def test_the_document_of_another_set_is_refused(desk: Client, tea: RubricEdition) -> None:
    other = document_text(rubric_of(edition("2026", 12)))

    page = shown(desk.post(TEA, {"document": other, "save": "1"}))

    assert "Tệp là của bộ 2026/12, không phải bộ 2026/11." in page


def test_a_file_goes_before_the_field(desk: Client, tea: RubricEdition) -> None:
    text = edited(tea, "Nguồn nguyên liệu", "Nguồn gốc nguyên liệu")
    file = SimpleUploadedFile("11.toml", text.encode())
    odd = SimpleUploadedFile("11.toml", b"\xff\xfe")
    large = SimpleUploadedFile("11.toml", b" " * 400_001)

    page = shown(desk.post(TEA, {"document": "x", "upload": file, "try": "1"}))

    assert "1 điểm khác bản đang dùng, trong đó 0 điểm đổi cách tính điểm." in page
    assert "Tệp không phải văn bản UTF-8." in shown(desk.post(TEA, {"upload": odd, "try": "1"}))
    assert "Tệp quá lớn." in shown(desk.post(TEA, {"upload": large, "try": "1"}))


def test_dossiers_are_counted_by_what_a_new_edition_does_to_them() -> None:
    writing = make.self_assessed(make_cycle.filled_dossier(regime="2026"))
    make.lodged_dossier(regime="2026")
    make.concluded(make.accepted_dossier(regime="2026"), [80, 80, 80])
    number = writing.product_set.number

    assert affected("2026", number) == Affected(following=1, pinned=2, rated=1)
    assert affected("2026", number + 1) == Affected(0, 0, 0)
