"""Which edition of a rubric a dossier is judged by: the one pinned at its lodging, for ever."""

from cycle.models import Dossier
from registry.domain.errors import RuleBroken
from registry.domain.text import term
from scoring.models import RubricEdition


def edition_of(dossier: Dossier) -> RubricEdition:
    """The edition of the dossier's rubric hash; a dossier without a known one is refused."""
    edition = RubricEdition.objects.filter(
        regime=dossier.regime, product_set=dossier.product_set, content_hash=dossier.rubric_hash
    ).first()
    if edition is None:
        raise RuleBroken(
            "dossier.without_rubric",
            term("Hồ sơ %(dossier)s không gắn với bộ tiêu chí nào đã công bố."),
            field="dossiers",
            dossier=str(dossier),
        )
    return edition
