"""The frozen picture of a dossier at its lodging: everything that is judged, and nothing else."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from cycle.models import Dossier, Enrolment
from cycle.selectors import items_of, links_of, texts_of
from registry.models import Product, Subject


def snapshot_of(
    dossier: Dossier, *, rubric_hash: str, assessment: Mapping[str, Any], at: datetime
) -> dict[str, Any]:
    """Plain values only; files by their id and checksum, so that a later change can be seen."""
    enrolment = dossier.enrolment
    product = enrolment.product
    return {
        "lodged_at": at.isoformat(),
        "kind": dossier.kind,
        "regime": dossier.regime,
        "set": {"number": dossier.product_set.number, "name": dossier.product_set.name},
        "round": enrolment.round.name,
        "commune": enrolment.commune.long_name,
        "subject": _subject(product.subject),
        "product": _product(product),
        "idea": _texts(enrolment, "idea"),
        "plan": _texts(enrolment, "plan"),
        "milestones": [
            {"title": each.title, "due_on": each.due_on, "completed_on": each.completed_on}
            for each in enrolment.milestones.order_by("due_on", "id")
        ],
        "texts": [
            {"name": text.name, "title": text.title, "text": dossier.texts[text.name]}
            for text in texts_of(dossier)
        ],
        "evidence": _evidence(dossier),
        "rubric_hash": rubric_hash,
        "self_assessment": dict(assessment),
    }


def content_hash_of(dossier: Dossier, *, rubric_hash: str, assessment: Mapping[str, Any]) -> str:
    """The fingerprint of what a lodging would freeze, whenever it comes."""
    at = dossier.created_at  # any moment: it is left out
    picture = snapshot_of(dossier, rubric_hash=rubric_hash, assessment=assessment, at=at)
    del picture["lodged_at"]
    text = json.dumps(picture, cls=DjangoJSONEncoder, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def as_stored(snapshot: Mapping[str, Any]) -> dict[str, Any]:
    """A snapshot as the database gives it back, so that it compares with one that was kept."""
    stored: dict[str, Any] = json.loads(json.dumps(snapshot, cls=DjangoJSONEncoder))
    return stored


def _subject(subject: Subject) -> dict[str, Any]:
    return {
        "name": subject.name,
        "kind": subject.kind,
        "tax_code": subject.tax_code,
        "registration_number": subject.registration_number,
        "representative_name": subject.representative_name,
        "representative_gender": subject.representative_gender,
        "representative_ethnicity": subject.representative_ethnicity,
        "registered_on": subject.registered_on,
        "address_line": subject.address_line,
        "phone": subject.phone,
        "email": subject.email,
    }


def _product(product: Product) -> dict[str, Any]:
    return {
        "name": product.name,
        "code": product.code,
        "summary": product.summary,
        "description": product.description,
        "packaging": product.packaging,
        "price_from": product.price_from,
        "price_to": product.price_to,
        "availability": product.availability,
        "yearly_capacity": product.yearly_capacity,
        "shelf_life": product.shelf_life,
    }


def _texts(enrolment: Enrolment, name: str) -> dict[str, Any]:
    paper = getattr(enrolment, name, None)
    if paper is None:
        return {}
    written = [
        field
        for field in paper._meta.get_fields()
        if field.concrete and field.get_internal_type() in {"TextField", "PositiveBigIntegerField"}
    ]
    return {field.name: getattr(paper, field.name) for field in written if field.name != "reason"}


def _evidence(dossier: Dossier) -> list[dict[str, Any]]:
    titles = {item.code: item.title for item in items_of(dossier)}
    return [
        {
            "id": link.evidence_id,
            "item": link.item,
            "item_title": titles.get(link.item, link.item),
            "criteria": link.criteria,
            "title": link.evidence.title,
            "file_name": link.evidence.original_name,
            "size": link.evidence.size,
            "sha256": link.evidence.sha256,
            "valid_until": link.evidence.valid_until,
        }
        for link in links_of(dossier)
    ]
