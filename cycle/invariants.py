"""What must always be true of enrolments and dossiers: a state is what the history says."""

from collections.abc import Iterator

from django.db.models import OuterRef, Subquery

from cycle.models import Dossier, Enrolment, Move, SessionMaterial
from ocop_portal.upkeep import files, invariants
from ocop_portal.upkeep.files import KeptFiles
from ocop_portal.upkeep.invariants import Finding, Invariant, Scope
from registry.domain.text import term

CHUNK = 200
ADVICE = term(
    "Đọc lịch sử của hồ sơ; đưa trạng thái về đúng dòng lịch sử cuối cùng bằng việc nghiệp vụ, "
    "không sửa thẳng trong cơ sở dữ liệu."
)
UNLIKE = term("Trạng thái đang lưu là “%(stored)s”, lịch sử ghi “%(told)s”.")


def register() -> None:
    """Called once, when the portal starts."""
    files.register(KeptFiles(SessionMaterial, "file"))
    invariants.register(
        Invariant(
            code="cycle.dossier.state",
            title=term("Trạng thái hồ sơ đúng như lịch sử đã ghi"),
            clause="26/2026 Đ.5, 7",
            advice=ADVICE,
            find=_dossiers,
        ),
        Invariant(
            code="cycle.enrolment.step",
            title=term("Bước của chu trình đúng như lịch sử đã ghi"),
            clause="490/2018 PL I",
            advice=ADVICE,
            find=_enrolments,
        ),
    )


def _dossiers(_scope: Scope) -> Iterator[Finding]:
    told = Move.objects.filter(dossier=OuterRef("pk"), name__startswith="dossier.")
    last = Subquery(told.order_by("-id").values("to_state")[:1])
    rows = Dossier.objects.annotate(told=last).filter(told__isnull=False)
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        if row.told != row.state:
            yield Finding(row, UNLIKE, {"stored": row.state, "told": row.told})


def _enrolments(_scope: Scope) -> Iterator[Finding]:
    told = Move.objects.filter(enrolment=OuterRef("pk"), name__startswith="enrolment.")
    last = Subquery(told.exclude(name="enrolment.rate").order_by("-id").values("to_state")[:1])
    rows = Enrolment.objects.annotate(told=last).filter(told__isnull=False)
    for row in rows.order_by("pk").iterator(chunk_size=CHUNK):
        if row.told != row.step:
            yield Finding(row, UNLIKE, {"stored": row.step, "told": row.told})
