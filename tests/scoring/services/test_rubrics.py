from dataclasses import replace
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction

from ocop_portal.accounts.models import User
from ocop_portal.journal.models import Entry
from registry.domain.errors import RuleBroken
from scoring.domain.content import content_hash
from scoring.domain.editions import EditionState
from scoring.models import RubricEdition
from scoring.selectors.rubrics import (
    current_edition,
    current_editions,
    edition_for,
    edition_of_hash,
    editions_of,
    rubric_of,
)
from scoring.services import rubric_files, rubrics
from scoring.services.rubric_files import RUBRIC_FILES
from scoring.services.rubrics import Change
from tests.factories import registry as make
from tests.factories.rubrics import edition

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

TEA = RUBRIC_FILES / "2026" / "11.toml"


def states(regime: str = "2026", number: int = 11) -> list[str]:
    return [found.state for found in editions_of(regime, number)]


def test_loading_a_complete_file_publishes_it(at: datetime) -> None:
    make.load_sets()

    report = rubric_files.load_file(TEA, at=at)

    found = edition_for("2026", 11)
    assert (report.change, report.published, report.faults) == (Change.ADDED, True, ())
    assert (found.name, found.published_at) == ("Chè tươi, chè chế biến", at)
    assert found.product_set.number == 11
    assert found.content_hash == content_hash(rubric_files.read(TEA))
    assert rubric_of(found) == rubric_files.read(TEA)


def test_loading_it_again_changes_nothing(at: datetime) -> None:
    first = edition("2026", 11)
    entries = Entry.objects.count()

    report = rubric_files.load_file(TEA, at=at)

    assert (report.change, report.published) == (Change.NONE, True)
    assert edition_for("2026", 11) == first
    assert Entry.objects.count() == entries


def test_loading_an_incomplete_file_leaves_a_draft_with_its_faults(at: datetime) -> None:
    make.load_sets()

    report = rubric_files.load_file(RUBRIC_FILES / "2019" / "22.toml", at=at)

    assert (report.change, report.published) == (Change.ADDED, False)
    assert [fault.code for fault in report.faults] == ["part_max", "total"]
    with pytest.raises(RuleBroken) as refused:
        edition_for("2019", 22)
    assert (refused.value.code, refused.value.field) == ("rubric.draft", "")


def test_a_changed_rubric_makes_a_new_edition_and_keeps_the_former(at: datetime) -> None:
    former = edition("2026", 11)
    content = former.content
    changed = replace(rubric_of(former), note="Đã đối chiếu.")

    loaded = rubrics.load(changed, by=None, at=at)
    assert (loaded.change, states()) == (Change.ADDED, ["draft", "published"])
    assert edition_for("2026", 11) == former

    published = rubrics.publish(loaded.edition, by=None, at=at)
    former.refresh_from_db()

    assert states() == ["published", "retired"]
    assert edition_for("2026", 11) == published
    assert (former.content, former.retired_at) == (content, at)
    assert former.structure_hash == published.structure_hash
    assert edition_of_hash(former.content_hash) == former


def test_a_draft_is_rewritten(at: datetime) -> None:
    draft = edition("2019", 26)
    changed = replace(rubric_of(draft), note="Còn tìm nguồn.")

    loaded = rubrics.load(changed, by=None, at=at)

    assert (loaded.change, loaded.edition.pk) == (Change.REWRITTEN, draft.pk)
    assert rubrics.load(changed, by=None, at=at).change is Change.NONE


def test_a_draft_with_faults_is_not_published_and_all_are_named(at: datetime) -> None:
    draft = edition("2019", 20)

    with pytest.raises(RuleBroken) as refused:
        rubrics.publish(draft, by=None, at=at)

    assert refused.value.code == "rubric.faulty"
    assert "C: Phần này ghi tối đa 38 điểm, quy định là 40." in refused.value.text
    assert "98 điểm, không phải 100" in refused.value.text


def test_only_a_draft_is_published_and_only_the_published_retired(at: datetime) -> None:
    published = edition("2026", 11)

    with pytest.raises(RuleBroken):
        rubrics.publish(published, by=None, at=at)
    rubrics.retire(published, by=None, at=at)
    with pytest.raises(RuleBroken):
        rubrics.retire(published, by=None, at=at)

    assert states() == ["retired"]
    assert current_edition("2026", 11) is None


def test_a_regime_without_criteria_publishes_nothing(at: datetime) -> None:
    historic = replace(rubric_files.read(TEA), regime="2023", number=1)
    make.load_sets()
    loaded = rubrics.load(historic, by=None, at=at)

    with pytest.raises(RuleBroken) as refused:
        rubrics.publish(loaded.edition, by=None, at=at)

    assert refused.value.code == "rubric.not_scored"


def test_a_set_that_the_regime_does_not_know_is_refused(at: datetime) -> None:
    make.load_sets()

    with pytest.raises(RuleBroken) as refused:
        rubrics.load(replace(rubric_files.read(TEA), number=77), by=None, at=at)

    assert (refused.value.code, refused.value.field) == ("rubric.unknown_set", "number")


def test_a_file_in_the_folder_of_another_regime_is_refused(tmp_path: Path) -> None:
    astray = tmp_path / "2019" / "11.toml"
    astray.parent.mkdir()
    astray.write_text(TEA.read_text(encoding="utf-8"), encoding="utf-8")

    with pytest.raises(RuleBroken) as refused:
        rubric_files.read(astray)

    assert refused.value.code == "rubric.misplaced"


def test_only_national_administrators_change_rubrics(
    administrator: User, provincial_officer: User, at: datetime
) -> None:
    published = edition("2026", 11)

    with pytest.raises(PermissionDenied):
        rubrics.retire(published, by=provincial_officer, at=at)

    retired = rubrics.retire(published, by=administrator, at=at)
    assert retired.status is EditionState.RETIRED


def test_every_change_is_in_the_journal(administrator: User, at: datetime) -> None:
    make.load_sets()
    loaded = rubrics.load(rubric_files.read(TEA), by=administrator, at=at)
    rubrics.publish(loaded.edition, by=administrator, at=at)
    rubrics.retire(loaded.edition, by=administrator, at=at)

    entries = Entry.objects.filter(subject_type="scoring.rubricedition").order_by("id")
    assert [entry.kind for entry in entries] == [
        "scoring.rubric.loaded",
        "scoring.rubric.published",
        "scoring.rubric.retired",
    ]
    assert entries[0].actor == administrator
    assert entries[0].facts == {
        "regime": "2026",
        "set": 11,
        "content_hash": loaded.edition.content_hash,
    }


def test_a_set_has_one_published_edition_and_one_draft() -> None:
    found = edition("2026", 11)

    for state in EditionState.PUBLISHED, EditionState.DRAFT:
        found.state = state
        with pytest.raises(IntegrityError), transaction.atomic():
            RubricEdition.objects.bulk_create([_copy(found), _copy(found)])


def _copy(found: RubricEdition) -> RubricEdition:
    copy = RubricEdition.objects.get(pk=found.pk)
    copy.pk, copy.state = None, found.state
    if found.state == EditionState.DRAFT:
        copy.published_at = None
    return copy


def test_current_editions_prefer_the_published_one(at: datetime) -> None:
    published = edition("2026", 11)
    draft = edition("2019", 26)
    rubrics.load(replace(rubric_of(published), note="mới"), by=None, at=at)

    assert current_editions() == [draft, published]


def test_the_command_loads_everything_and_says_so() -> None:
    make.load_sets()
    first, second = StringIO(), StringIO()

    call_command("load_rubrics", stdout=first)
    call_command("load_rubrics", stdout=second)

    lines = first.getvalue().splitlines()
    assert "rubric 2026/11 Chè tươi, chè chế biến: added, published" in lines
    assert "rubric 2019/26 Gạo, ngũ cốc: added, draft" in lines
    assert "  Chưa có dữ liệu tiêu chí." in lines
    assert lines[-1] == "rubrics: 48 published, 4 drafts, 0 unchanged"
    assert second.getvalue().splitlines()[-1] == "rubrics: 48 published, 4 drafts, 52 unchanged"
