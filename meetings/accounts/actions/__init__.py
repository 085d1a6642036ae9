"""What can be done with accounts: one at a time (single.py), many in one step (many.py)."""

from meetings.accounts.actions.many import NewAccount, add_accounts, close_accounts, reset_passwords
from meetings.accounts.actions.single import (
    add_account,
    appoint_administrator,
    close_account,
    edit_account,
    reopen_account,
    reset_password,
    unlock_account,
)

__all__ = [
    "NewAccount",
    "add_account",
    "add_accounts",
    "appoint_administrator",
    "close_account",
    "close_accounts",
    "edit_account",
    "reopen_account",
    "reset_password",
    "reset_passwords",
    "unlock_account",
]
