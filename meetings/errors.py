"""The two refusals people meet; malformed input is a form's business, everything else is a bug."""


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


class NotAllowed(Refusal):
    """The actor may not do this (403; a stranger to the meeting gets 404 before it comes to that)."""

    status = 403


class OutOfOrder(Refusal):
    """It may be done, but not now: the meeting has moved on or is not there yet (409)."""

    status = 409
