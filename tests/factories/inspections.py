"""Inspections at every stage, made through the services alone."""

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from ocop_portal.accounts.models import User
from registry.domain.clock import legal_day
from registry.domain.regime import Level
from registry.domain.roles import Role
from scoring.domain.inspections import Answer
from scoring.models import Certificate, Inspection
from scoring.permissions import OFFICER_OF
from scoring.selectors.inspections import checklist_of, office_of
from scoring.services import inspections
from scoring.services.inspections import Seen
from tests.factories import cycle, registry
from tests.factories import promotion as papers
from tests.factories import scoring as make

NOW, TODAY = make.NOW, make.TODAY


def certificate(**facts: Any) -> Certificate:
    """A certificate whose rubric can be read: that of a real rating."""
    held = papers.certificate(registry.product(name="Chè Tân Cương"), **facts)
    dossier = make.accepted_dossier(regime="2026")
    assert held.rating is not None
    held.rating.edition = make.edition_of(dossier)
    held.rating.save(update_fields=["edition"])
    return held


def officer(held: Certificate) -> User:
    unit = office_of(held)
    return cycle.holder(OFFICER_OF[Level(unit.level)], unit)


def ordered(held: Certificate, *, at: datetime = NOW) -> Inspection:
    return inspections.order(
        held,
        occasion="Phản ánh của người dân",
        due_on=legal_day(at),
        by=officer(held),
        at=at,
    )


def seen(held: Certificate, **changed: Answer) -> Mapping[str, Seen]:
    """Everything kept, but for the lines named."""
    answers = {item.code: Answer.KEPT for item in checklist_of(held)}
    return {
        code: Seen(changed.get(code.replace("-", "_"), answer)) for code, answer in answers.items()
    }


def recorded(held: Certificate, *, at: datetime = NOW, **changed: Answer) -> Inspection:
    return inspections.record(
        ordered(held, at=at),
        visited_on=legal_day(at),
        inspectors="Phạm Thu Hà (Văn phòng OCOP tỉnh)",
        seen=seen(held, **changed),
        conclusion="Sản phẩm giữ được tiêu chí.",
        by=officer(held),
        at=at,
    )


def picture(name: str = "anh.png") -> "ContentFile[bytes]":
    written = io.BytesIO()
    Image.new("RGB", (640, 480), "green").save(written, "PNG")
    return ContentFile(written.getvalue(), name)


def authority(held: Certificate) -> User:
    return cycle.holder(Role.AUTHORITY, held.unit)
