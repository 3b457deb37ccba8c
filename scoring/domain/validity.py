"""How long a certificate is valid: a term in months ends with its corresponding day.

The day of issue is not counted and the term ends with the corresponding day of the last month;
where that month has no such day, with its last day (Civil Code 2015, Điều 147, 148; 36 months:
QĐ 26/2026, Điều 4.3).
"""

from calendar import monthrange
from datetime import date


def valid_until(issued_on: date, months: int) -> date:
    """The last day of validity: 29 February 2028 and 36 months give 28 February 2031."""
    if months < 1:
        raise ValueError("a certificate is valid for at least one month")
    year, month = divmod(issued_on.year * 12 + issued_on.month - 1 + months, 12)
    return date(year, month + 1, min(issued_on.day, monthrange(year, month + 1)[1]))
