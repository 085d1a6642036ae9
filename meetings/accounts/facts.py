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
