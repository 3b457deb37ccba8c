"""From plain values to a PDF that an archive can keep; the same values, the same bytes."""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import typst

from registry.domain.typography import typeset_all

SOURCES = Path(__file__).parent.parent / "documents"
ARCHIVE_FORM: Literal["a-2b"] = "a-2b"  # PDF/A: readable for as long as the archive has to keep it


def compiled(
    source: str, data: dict[str, Any], *, drawn: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """A document of `scoring/documents/`, filled in; data is never read as markup.

    `data` is text and is set by the rules for Vietnamese; `drawn` are pictures, left as they are.
    """
    made = typst.compile(
        SOURCES / f"{source}.typ",
        root=SOURCES,
        sys_inputs={"data": json.dumps({**typeset_all(data), **drawn}, ensure_ascii=False)},
        ignore_system_fonts=True,
        pdf_standards=ARCHIVE_FORM,
        timestamp=0,
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one file")
    return made
