"""News of the register, sent inside the transaction; a listener that fails undoes the change.

Upper apps listen in their `receivers.py`. Payloads are ids and plain values.
"""

from django.dispatch import Signal

# old_id, new_id, by_id, at: a paper that runs out got a successor.
evidence_replaced = Signal()

# subject_id, fields: legal facts of a subject are others now.
subject_changed = Signal()
