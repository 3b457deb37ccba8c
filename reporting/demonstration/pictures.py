"""Pictures for the demonstration: drawn, never photographed, and they say so in the picture."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

import typst
from django.core.files.base import ContentFile

from ocop_portal.accounts.models import User
from registry.models import Product
from registry.services import pictures
from reporting.demonstration.script import Drawing

SOURCE = Path(__file__).parent / "drawing.typ"
NOTICE = "Hình vẽ cho bản trình diễn, không phải ảnh sản phẩm có thật"
PIXELS_PER_INCH = 115  # 640 pixels wide: what a card and a page need, and quickly drawn
LONG_NAME = 24


class Studio:
    """Draws a product by its set, as the script says."""

    def __init__(self, drawings: Iterable[Drawing]) -> None:
        self._drawings = {(each.regime, number): each for each in drawings for number in each.sets}

    def picture(self, product: Product, *, by: User, at: datetime) -> None:
        """One picture, added by the producer; nothing for a set that the script does not draw."""
        chosen = product.classifications.select_related("product_set")
        for row in chosen:
            drawing = self._drawings.get((row.regime, row.product_set.number))
            if drawing is not None:
                file = ContentFile(_drawn(product.name, drawing), name="hinh-ve.png")
                alt = f"Hình vẽ cho bản trình diễn: {product.name}"
                pictures.add(product, file=file, alt=alt, by=by, at=at)
                return


def _drawn(name: str, drawing: Drawing) -> bytes:
    facts = {
        "shape": drawing.shape,
        "tones": drawing.tones,
        "name": name,
        "size": 13 if len(name) > LONG_NAME else 15,
        "notice": NOTICE,
    }
    made = typst.compile(
        _source(),
        format="png",
        ppi=PIXELS_PER_INCH,
        sys_inputs={"picture": json.dumps(facts, ensure_ascii=False)},
        ignore_system_fonts=True,
    )
    if not isinstance(made, bytes):
        raise TypeError("a drawing is one page")
    return made


@cache
def _source() -> bytes:
    return SOURCE.read_bytes()
