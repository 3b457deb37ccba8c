"""The reviewed files of the rubrics: read one, or bring every set to what its file says."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring.domain.document import rubric_from_document
from scoring.domain.faults import Fault
from scoring.domain.rubric import Rubric
from scoring.selectors.rubrics import faults_of
from scoring.services import rubrics
from scoring.services.rubrics import Change

RUBRIC_FILES = Path(__file__).parent.parent / "data" / "rubrics"


@dataclass(frozen=True)
class FileReport:
    """What became of one file: how its set changed, whether it scores, what is wrong with it."""

    rubric: Rubric
    change: Change
    published: bool
    faults: tuple[Fault, ...]


def read(file: Path) -> Rubric:
    """The rubric of a file; one that stands in the folder of another regime is refused."""
    rubric = rubric_from_document(tomllib.loads(file.read_text(encoding="utf-8")))
    if (rubric.regime, f"{rubric.number:02d}") != (file.parent.name, file.stem):
        raise RuleBroken(
            "rubric.misplaced",
            term("Tệp %(file)s chứa bộ %(number)s của bộ quy định %(regime)s."),
            field="regime",
            file=f"{file.parent.name}/{file.name}",
            number=rubric.number,
            regime=rubric.regime,
        )
    return rubric


def load_all(*, at: datetime, folder: Path = RUBRIC_FILES) -> Iterator[FileReport]:
    """Loads every file in order; complete rubrics are published, the others stay drafts."""
    for file in sorted(folder.glob("*/*.toml")):
        yield load_file(file, at=at)


@transaction.atomic
def load_file(file: Path, *, at: datetime) -> FileReport:
    """Loads one file for the installation; running it again changes nothing."""
    rubric = read(file)
    loaded = rubrics.load(rubric, by=None, at=at)
    edition, found = loaded.edition, faults_of(rubric)
    if not edition.is_published and not found:
        edition = rubrics.publish(edition, by=None, at=at)
    return FileReport(rubric, loaded.change, edition.is_published, found)
