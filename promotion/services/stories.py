"""The producer tells the product's story."""

from datetime import datetime

from django.db import transaction

from ocop_portal.accounts.models import User
from ocop_portal.accounts.permissions import require
from ocop_portal.journal.services import record
from promotion.models import Story
from promotion.permissions import may_promote
from promotion.services import kept_pages
from registry.domain.clock import legal_day
from registry.domain.errors import RuleBroken
from registry.domain.text import nfc, term
from registry.models import Product


@transaction.atomic
def tell(
    product: Product,
    *,
    title_vi: str,
    body_vi: str,
    title_en: str = "",
    body_en: str = "",
    by: User,
    at: datetime,
) -> Story:
    """Writes the story or writes it anew. English comes with title and text, or not at all."""
    require(may_promote(by, product, on=legal_day(at)))
    Product.objects.select_for_update().get(pk=product.pk)
    _check_english(title_en, body_en)
    story, made = Story.objects.update_or_create(
        product=product,
        defaults={
            "title_vi": nfc(title_vi).strip(),
            "body_vi": nfc(body_vi).strip(),
            "title_en": nfc(title_en).strip(),
            "body_en": nfc(body_en).strip(),
            "author": by,
            "updated_at": at,
        },
    )
    kept_pages.forget_faces()
    record(
        "promotion.story.told" if made else "promotion.story.rewritten",
        subject=story,
        actor=by,
        at=at,
        facts={"product": product.pk, "name": product.name},
    )
    return story


def _check_english(title_en: str, body_en: str) -> None:
    if bool(title_en.strip()) != bool(body_en.strip()):
        raise RuleBroken(
            "story.half_english",
            term("Bản tiếng Anh cần cả tựa đề và nội dung, hoặc để trống cả hai."),
            field="body_en" if title_en.strip() else "title_en",
        )
