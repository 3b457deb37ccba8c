"""The representative's confirmation: whoever prepares a dossier may not bind the subject alone.

The representative lodges in person, or lets somebody of the subject lodge by a code of six digits
(QĐ 26/2026, Mẫu 02: the form is signed by the representative). A code speaks for the content it
was asked for and for nothing else; it lives for a day and bears five wrong entries.
"""

import hashlib
from datetime import timedelta

DIGITS = 6
LIVES = timedelta(hours=24)
MOST_ATTEMPTS = 5
# Between two codes: long enough for a mail to come, short enough to wait for.
PAUSE = timedelta(minutes=1)


def code_from(secret: str) -> str:
    """Six digits that follow from a secret; leading noughts belong to them."""
    number = int(hashlib.sha256(secret.encode()).hexdigest(), 16) % 10**DIGITS
    return f"{number:0{DIGITS}d}"


def typed_code(text: str) -> str:
    """The digits of what a person typed; people put spaces and hyphens between."""
    return "".join(sign for sign in text if sign.isascii() and sign.isdigit())
