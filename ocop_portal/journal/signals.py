"""What the journal announces upward, inside the transaction of the act."""

from django.dispatch import Signal

# Something was recorded; carries `entry`.
entry_recorded = Signal()
