"""What can happen to an account. A password never stands in a fact, neither does anything made from one."""

from meetings.fact_kinds import Fact, fact


class OfficeFact(Fact):
    """A fact of the office's journal: it belongs to no meeting, and no minutes tell it."""


@fact("account.added")
class AccountAdded(OfficeFact):
    """An account was made for a person, with a one-time password."""

    account: int
    username: str
    name: str
    office_role: str
    unit: str


@fact("account.closed")
class AccountClosed(OfficeFact):
    """Nobody can sign in with it any more; its sessions ended."""

    account: int
    username: str
    name: str


@fact("account.reopened")
class AccountReopened(OfficeFact):
    """It can be used again, with a new one-time password."""

    account: int
    username: str
    name: str


@fact("password.reset")
class PasswordReset(OfficeFact):
    """An administrator gave the account a new one-time password; its sessions ended."""

    account: int
    username: str
    name: str


@fact("account.edited")
class AccountEdited(OfficeFact):
    """It has another office role or unit; `before` are the old ones."""

    account: int
    username: str
    name: str
    office_role: str
    unit: str
    before: list[str]


@fact("account.unlocked")
class AccountUnlocked(OfficeFact):
    """After wrong attempts it may be tried again at once."""

    account: int
    username: str
    name: str


@fact("accounts.added")
class AccountsAdded(OfficeFact):
    """Accounts were made in one step, each with a one-time password: account, username, name, office_role, unit."""

    accounts: list[dict[str, object]]


@fact("accounts.closed")
class AccountsClosed(OfficeFact):
    """Nobody can sign in with them any more; their sessions ended."""

    accounts: list[dict[str, object]]


@fact("passwords.reset")
class PasswordsReset(OfficeFact):
    """They were given new one-time passwords in one step; their sessions ended."""

    accounts: list[dict[str, object]]
