"""Rubrics from the repository's files, loaded and published for tests."""

from datetime import datetime

from scoring.models import RubricEdition
from scoring.services import rubric_files
from tests.factories import registry as make


def edition(regime: str = "2019", number: int = 1, *, at: datetime = make.NOW) -> RubricEdition:
    """The edition of a set: published where its file is complete, else the draft."""
    make.product_set(regime, number)
    rubric_files.load_file(rubric_files.RUBRIC_FILES / regime / f"{number:02d}.toml", at=at)
    return RubricEdition.objects.filter(regime=regime, set_number=number).order_by("-id")[0]
