"""The two refusals people meet; malformed input is a form's business, everything else is a bug."""

from typing import Any


class Refusal(Exception):
    """Something was asked that is not done; `reason` is a sentence for people, `status` the HTTP status."""

    status = 409

    def __init__(self, reason: object) -> None:
        super().__init__(reason)
        self._reason = reason

    @property
    def reason(self) -> str:
        """The sentence in the language that is active now."""
        return str(self._reason)

    @property
    def told(self) -> dict[str, Any]:
        """What the answer says to a program beside the sentence."""
        return {}


class NotAllowed(Refusal):
    """The actor may not do this (403; a stranger to the meeting gets 404 before it comes to that)."""

    status = 403


class OutOfOrder(Refusal):
    """It may be done, but not now: the meeting has moved on or is not there yet (409)."""

    status = 409


class Unchanged(OutOfOrder):
    """What was sent says what stands already."""


class Changed(OutOfOrder):
    """Somebody else was first. The sentence says how it stands now, `version` is the one that it tells of.

    Whoever has read the sentence may send again on that version: not on a newer one, whose words nobody has seen.
    """

    def __init__(self, reason: object, *, version: int) -> None:
        super().__init__(reason)
        self.version = version

    @property
    def told(self) -> dict[str, Any]:
        """The version, for the page."""
        return {"version": self.version}
