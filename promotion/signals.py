"""News of the public face, sent inside the transaction; a listener that fails undoes the change.

Upper apps listen in their `receivers.py`. Payloads are ids and plain values.
"""

from django.dispatch import Signal

# province_id, since: from this day on, the recognitions of a province tell something else.
recognitions_changed = Signal()
