"""News of the cycle, sent inside the transaction; a listener that fails undoes the change.

Upper apps listen in their `receivers.py`. Payloads are ids and plain values.
"""

from django.dispatch import Signal

# enrolment_id, product_id, kind: a product began its passage.
enrolment_opened = Signal()

# enrolment_id, step: an enrolment reached a step (not sent for the step it begins with).
step_opened = Signal()

# enrolment_id, product_id: withdrawn, declined, not recognised, or followed by a newer one.
enrolment_ended = Signal()

# dossier_id, number (of the lodging, from 1), level (whose turn it is).
dossier_lodged = Signal()

# dossier_id, level, by_id, at: found complete and taken in by that level; it may be put before a
# council. A listener that finds the level's package broken refuses.
dossier_received = Signal()

# dossier_id, level, reason: back with the subject, from intake or from a council.
dossier_returned = Signal()

# dossier_id, level: on the agenda of a council of that level.
dossier_taken_to_council = Signal()

# dossier_id, from_level, to_level, at: on its way to the next scoring level, which receives it.
dossier_forwarded = Signal()

# dossier_id: taken back by its subject.
dossier_withdrawn = Signal()

# enrolment_id, dossier_id, product_id, stars (or None), rating_id, is_recognised.
enrolment_rated = Signal()
