"""What a history says of an entry: passages, changed fields, facts; never what is in a sheet."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from cycle.domain.appraisal import AppraisalState
from cycle.domain.dossier import DossierState
from cycle.domain.steps import Step
from ocop_portal.accounts.models import User
from ocop_portal.journal import kinds, wording
from ocop_portal.journal.models import Entry
from ocop_portal.journal.selectors import history_of
from ocop_portal.journal.services import record
from registry.models import Subject
from tests.factories.registry import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def said(kind: str, facts: dict[str, Any], subject_type: str = "registry.subject") -> str:
    return wording.text_of(Entry(kind=kind, subject_type=subject_type, subject_id=1, facts=facts))


@pytest.mark.parametrize(
    ("kind", "facts", "text"),
    [
        (
            "cycle.dossier.lodged",
            {"from": "draft", "to": "lodged"},
            "Đang soạn → Đã nộp, chờ tiếp nhận",
        ),
        ("cycle.dossier.started", {"from": "", "to": "draft"}, "Đang soạn"),
        ("cycle.enrolment.rated", {"from": "3", "to": "4"}, "3★ → 4★"),
        (
            "cycle.enrolment.ended",
            {"from": "evaluation", "to": "evaluation", "reason": "Chưa đạt"},
            "Chưa đạt",
        ),
        ("registry.product.coded", {"code": "01-10279"}, "Mã sản phẩm: 01-10279"),
        (
            "registry.posting.ended",
            {"role_label": "Cán bộ OCOP cấp xã", "place": "Xã La Bằng", "ends_on": "2026-11-20"},
            "Vai trò: Cán bộ OCOP cấp xã\nNơi: Xã La Bằng\nĐến hết ngày: 20/11/2026",
        ),
        (
            "scoring.session.called",
            {"starts_at": "2025-12-11T01:00:00+00:00", "place": "Phòng họp"},
            "Bắt đầu lúc: 08:00 11/12/2025\nĐịa điểm: Phòng họp",
        ),
        ("accounts.password.changed", {"ip": "10.0.0.1"}, ""),
    ],
)
def test_entry_when_it_carries_facts_then_they_are_told_in_words(
    kind: str, facts: dict[str, Any], text: str
) -> None:
    assert said(kind, facts) == text


def test_entry_when_fields_changed_then_they_have_the_names_of_the_screen() -> None:
    text = said("registry.subject.updated", {"fields": ["name", "phone", "search_text", "gone"]})

    assert text.startswith("Mục đã sửa: ")
    assert "Điện thoại" in text
    assert "search_text" not in text
    assert "gone" not in text


def test_entry_when_read_in_english_then_label_and_states_are_english() -> None:
    with translation.override("en"):
        text = said("cycle.dossier.lodged", {"from": "draft", "to": "lodged", "code": "HS-1"})

    assert "→" in text
    assert "Đang soạn" not in text


def test_every_kind_that_moves_something_has_words_for_its_states() -> None:
    moved = {
        "cycle.idea.": AppraisalState,
        "cycle.plan.": AppraisalState,
        "cycle.dossier.": DossierState,
        "cycle.enrolment.": Step,
    }
    for kind in kinds.registered():
        states = next((each for prefix, each in moved.items() if kind.startswith(prefix)), None)
        if states is None or kind == "cycle.enrolment.rated":
            continue
        for state in states:
            words = wording.states_of(kind)
            assert words is not None
            assert words(state.value)


def test_history_when_kinds_are_about_scores_then_no_figure_of_a_sheet_is_told() -> None:
    figures = {"total": 77, "totals": [77], "mean": "77,50", "stars": 4, "points": 231}
    secret = {**figures, "receipt": "ab12", "parts": {"A": 30}, "choices": {"1.1": "a"}}
    told_by_authority = ("scoring.certificate.", "scoring.decision.")
    for kind in kinds.registered():
        if kind.startswith("scoring.") and not kind.startswith(told_by_authority):
            assert said(kind, secret) == "", kind


def test_history_when_one_does_the_same_again_then_it_is_one_line_with_its_number(
    subject: Subject, producer: User
) -> None:
    for minute in range(4):
        at = NOW + timedelta(minutes=minute)
        record("registry.subject.capacity_saved", subject=subject, actor=producer, at=at)

    newest, *_earlier = history_of(subject)

    assert (newest.times, newest.at) == (4, NOW + timedelta(minutes=3))


def test_history_when_only_some_kinds_are_told_then_the_others_are_not(
    subject: Subject, producer: User
) -> None:
    record("registry.subject.updated", subject=subject, actor=producer, at=NOW)

    lines = history_of(subject, kinds_told={"registry.subject.updated"})

    assert [line.title for line in lines] == ["Thông tin chủ thể được sửa"]
