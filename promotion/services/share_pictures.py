"""The picture that goes with a product's address when somebody sends it on."""

import json
from pathlib import Path

import typst

from ocop_portal.web.placeholder import placeholder_svg
from promotion.models import Listing

SOURCE = Path(__file__).parent.parent / "documents" / "share.typ"
PIXELS = (1200, 630)


def share_picture(listing: Listing, *, domain: str) -> bytes:
    """A PNG of 1200 × 630: drawing, name, maker, place; no star, which could be lost again."""
    data = {
        "drawing": placeholder_svg(listing.name, f"{listing.set_name} {listing.group_name}"),
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
