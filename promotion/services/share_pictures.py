"""The picture that goes with a product's address when somebody sends it on."""

import json
from pathlib import Path

import typst

from promotion.models import Listing

SOURCE = Path(__file__).parent.parent / "documents" / "share.typ"


def share_picture(listing: Listing, *, drawing: str, domain: str) -> bytes:
    """A PNG of 1200 × 630: drawing, name, maker, place; no star, which could be lost again."""
    data = {
        "drawing": drawing,
        "name": listing.name,
        "subject": listing.subject_name,
        "place": f"{listing.commune.name}, {listing.province.short_name}",
        "domain": domain,
    }
    made = typst.compile(
        SOURCE,
        root=SOURCE.parent,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        ignore_system_fonts=True,
        format="png",
        ppi=72,
    )
    if not isinstance(made, bytes):
        raise TypeError("a picture is one file")
    return made
