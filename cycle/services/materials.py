"""What is handed out with a session: validated by content, stored under a random name."""

from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from cycle.models import InformationSession, SessionMaterial
from cycle.permissions import may_keep_session
from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal import services as journal
from registry.domain.clock import legal_day
from registry.domain.documents import safe_name
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.services import uploads


def add(
    session: InformationSession, *, title: str, file: "File[Any]", by: User, at: datetime
) -> SessionMaterial:
    """A new file for everybody who looks at the session.

    Refused as a paper is (see `uploads.inspect`). The file is written
    before the transaction and removed if it fails.
    """
    require(may_keep_session(by, session, on=legal_day(at)))
    title = nfc(title).strip()
    if not title:
        raise RuleBroken("material.title", term("Hãy ghi tên tài liệu."), field="title")
    found = uploads.inspect(file, at=at)
    material = SessionMaterial(
        session=session,
        title=title,
        original_name=safe_name(file.name or "", found.kind),
        content_type=found.kind.content_type,
        size=found.size,
        uploaded_by=by,
        uploaded_at=at,
    )
    material.file.save(f"tai-lieu.{found.kind.value}", file, save=False)
    try:
        return _keep(material, by=by, at=at)
    except Exception:
        material.file.delete(save=False)
        raise


@transaction.atomic
def _keep(material: SessionMaterial, *, by: User, at: datetime) -> SessionMaterial:
    material.save(force_insert=True)
    journal.record(
        "cycle.session.material_added",
        subject=material.session,
        actor=by,
        at=at,
        facts={"session": material.session_id, "material": material.pk},
    )
    return material
