"""What can happen to invitations. No fact holds an address, a reason, a substitute's telephone or the words of a letter."""

from meetings.fact_kinds import Fact, fact


@fact("invitation_text.edited")
class InvitationTextEdited(Fact):
    """The words of the invitations were changed; `digest` is the SHA-256 of all of them."""

    version: int
    digest: str


@fact("invitations.issued")
class InvitationsIssued(Fact):
    """People were invited by one numbered letter; `participants` are their keys."""

    document: int
    symbol: str
    participants: list[int]


@fact("invitations.sent")
class InvitationsSent(Fact):
    """Letters were posted, or handed over on paper. `asked`: those whose answer is awaited anew."""

    channel: str
    participants: list[int]
    asked: list[int]


@fact("invitations.reminded")
class InvitationsReminded(Fact):
    """Those who had not answered were reminded."""

    participants: list[int]


@fact("invitations.recalled")
class InvitationsRecalled(Fact):
    """Invitations were taken back; their links ended."""

    participants: list[int]


@fact("invitations.printed")
class InvitationsPrinted(Fact):
    """Letters were set in type for some of the invited."""

    participants: list[int]


@fact("invitation.answered")
class InvitationAnswered(Fact):
    """Somebody said whether they come: `accepted`, `declined`, `substituted`, or `seen` for now; `way`: how it was said."""

    participant: int
    name: str
    answer: str
    way: str


@fact("substitute.approved")
class SubstituteApproved(Fact):
    """Who was named to come instead was put on the list."""

    participant: int
    name: str
    substitute: int
    substitute_name: str


@fact("substitute.refused")
class SubstituteRefused(Fact):
    """Who was named to come instead was not taken; the invited is asked to answer again."""

    participant: int
    name: str
