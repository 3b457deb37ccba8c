"""A table as CSV that a spreadsheet shows and never runs.

A cell whose text begins like a formula gets an apostrophe in front; numbers stay numbers. The file
begins with a byte order mark, because the common spreadsheet program reads Vietnamese only so.
"""

import csv
from collections.abc import Iterable
from io import StringIO

BYTE_ORDER_MARK = "\ufeff"
_FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS = ("\t", "\r", "\n")


def safe(value: object) -> object:
    """The value as it may stand in a cell; some programs trim a cell before they read it."""
    if isinstance(value, str) and (
        value.lstrip().startswith(_FORMULA_SIGNS) or value.startswith(_BREAKS)
    ):
        return f"'{value}"
    return value


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """The rows as one CSV text with CRLF line ends."""
    out = StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([safe(value) for value in row])
    return out.getvalue()
