"""What the journal announces upward, inside the transaction of the act."""

from django.dispatch import Signal

# Something was recorded, of one thing or of many; carries `kind` and its `entries`.
entries_recorded = Signal()
