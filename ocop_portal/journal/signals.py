"""What the journal announces upward, inside the transaction of the act."""

from django.dispatch import Signal

# Something was recorded, of one thing or of many; carries `kind` and `entry_ids`.
entries_recorded = Signal()
