"""What happens to accounts, announced upward; each carries `user` and `at`."""

from django.dispatch import Signal

# A person made an account; it may still have to be confirmed by mail.
account_made = Signal()
# Somebody signed up with an address that has an account already.
sign_up_repeated = Signal()
# Somebody asked for a link to set a new password.
password_reset_requested = Signal()
# The password is another one now.
password_changed = Signal()
# Who was invited by mail opened an account: the address is proven.
account_opened = Signal()
# Somebody asked for another log-in address: `change`, and the `reason` that an office gave.
address_change_asked = Signal()
# The log-in address is another one now; its sessions are gone. With `change`.
address_changed = Signal()
# An administrator closed the account: its sessions are gone, whatever else opens doors must go.
account_closed = Signal()
