"""News of scoring, sent inside the transaction; a listener that fails undoes the change.

Upper apps listen in their `receivers.py`. Payloads are ids and plain values.
"""

from django.dispatch import Signal

# item_id, sheet_id, ballot: a member handed a sheet in.
sheet_submitted = Signal()

# rating_id, dossier_id, level, stars (or None), outcome: a council has a result.
rating_concluded = Signal()

# decision_id: signed; its certificates have been issued.
decision_signed = Signal()

# certificate_id, product_id, stars: issued by a signed decision.
certificate_issued = Signal()

# certificate_id, product_id, state: suspended, restored, revoked or superseded.
certificate_changed = Signal()

# certificate_ids, product_ids: recorded from a register by mistake, about to be deleted; others of
# these products may stand again.
certificates_taken_back = Signal()

# product_ids: recognitions from before the portal were recorded, and what they took the place of.
certificates_recorded = Signal()
