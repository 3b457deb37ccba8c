"""News of the public face, sent inside the transaction; a listener that fails undoes the change.

Upper apps listen in their `receivers.py`. Payloads are ids and plain values.
"""

from django.dispatch import Signal

# product_id, province_id: on which days the product held which star is written anew.
recognitions_changed = Signal()
