"""News of the register, sent inside the transaction; a listener that fails undoes the change.

Upper apps listen in their `receivers.py`. Payloads are ids and plain values.
"""

from django.dispatch import Signal

# old_id, new_id, by_id, at: a paper that runs out got a successor.
evidence_replaced = Signal()

# subject_id, fields: legal facts of a subject are others now.
subject_changed = Signal()

# old_ids, new_ids, product_ids, at: units ended or began, or bear other names from today on; the
# products lie in another commune now.
units_changed = Signal()

# product_id: its subject said in which of the communes after a split it lies, or mended its place.
product_moved = Signal()
