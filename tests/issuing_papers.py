"""Registers, the words of an invitation, and the invited: made through the same actions as the buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from issuing.actions import give_number, open_register
from issuing.answering.actions import answer_invitation
from issuing.answering.answers import Answer
from issuing.invitations.actions import edit_invitation_text, issue_invitations, send_invitations
from issuing.invitations.defaults import defaults
from issuing.invitations.links import token_of
from issuing.models import Invitation, InvitationText, IssuedDocument, NumberRegister
from meetings.models import Meeting, Participant
from tests.cast import Room
from tests.make import make_organisation, the_secretariat

Body = dict[str, Any]
DAY = date(2025, 11, 20)


def make_register(paper_type: str = "GM", **kw: Any) -> NumberRegister:
    """Return the register of a term of the central office, made once."""
    found = NumberRegister.objects.filter(paper_type=paper_type, organisation=make_organisation()).first()
    data: dict[str, Any] = {"period": "Nhiệm kỳ 2025–2030", "since": date(2025, 10, 1), "until": None}
    return found or open_register(by=the_secretariat(), organisation=make_organisation(), paper_type=paper_type, **data | kw)


def make_paper(**kw: Any) -> IssuedDocument:
    """Return a paper of the office with its number."""
    data: dict[str, Any] = {"abstract": "Về việc thử", "dated": DAY}
    return give_number(by=the_secretariat(), register=make_register(), **data | kw)


def words_of(meeting: Meeting, **kw: Any) -> Body:
    """Return the words a text begins with, signed."""
    return defaults(meeting.organiser, meeting.place) | {"signer": "Nguyễn Văn Ký", "post": "Chánh Văn phòng"} | kw


def make_text(meeting: Meeting, **kw: Any) -> InvitationText:
    """Return the words of a meeting's invitations."""
    return edit_invitation_text(meeting, by=the_secretariat(), version=0, words=words_of(meeting, **kw))


def later(meeting: Meeting) -> None:
    """Let the meeting be far in the future, so that links live."""
    meeting.sittings.update(starts_at=datetime(2099, 1, 5, 1, tzinfo=UTC), ends_at=datetime(2099, 1, 5, 4, tzinfo=UTC))


def invite(meeting: Meeting, *participants: Participant) -> list[Invitation]:
    """Return new invitations in the order of the participants."""
    make_register()
    if not InvitationText.objects.filter(meeting=meeting).exists():
        make_text(meeting)
    issue_invitations(meeting, by=the_secretariat(), participants=participants, dated=DAY)
    found = {row.participant_id: row for row in Invitation.objects.filter(meeting=meeting).select_related("participant__person")}
    return [found[one.pk] for one in participants]


def give_address(participant: Participant, address: str = "dai.bieu@example.vn") -> None:
    """Give somebody a mail address."""
    participant.person.email = address
    participant.person.save()


def send(meeting: Meeting, *participants: Participant, **kw: Any) -> None:
    """Send to some, who get an address."""
    for one in participants:
        give_address(one)
    send_invitations(meeting, by=the_secretariat(), participants=participants, **kw)


def answer(row: Invitation, state: str, **kw: Any) -> None:
    """Note an answer by telephone."""
    answer_invitation(row.meeting, by=the_secretariat(), invitation=row, answer=Answer(state, **kw))


def link(row: Invitation) -> str:
    """Return the path of a reply link."""
    return f"/r/{token_of(row.participant_id, row.nonce)}/"


def behind_papers(route: str, room: Room) -> Body:
    """Return what the address of a route of registers or invitations is made from."""
    if route in ("issuing:register", "issuing:register_file"):
        return {"pk": make_register().pk, "kind": "csv"}
    if route == "issuing:check":
        return {"code": make_paper().code}
    if route == "issuing:invitation_list":
        return {"kind": "csv"}
    if route == "issuing:letter":
        return {"pk": room.people["delegate"].pk}
    if route == "issuing:reply":
        later(room.meeting)
        row = Invitation.objects.filter(meeting=room.meeting).first() or invite(room.meeting, room.people["delegate"])[0]
        return {"token": token_of(row.participant_id, row.nonce)}
    from tests.official_papers import behind_official  # it stands on this module

    return behind_official(route, room)


def _text(room: Room, role: str) -> Body:
    return {"version": 0} | {name: value for name, value in words_of(room.meeting).items() if value is not None}


def _issue(room: Room, role: str) -> Body:
    make_register()
    make_text(room.meeting)
    return {"participants": [room.people["delegate"]], "dated": "20/11/2025"}


def _issued(room: Room, role: str) -> Body:
    invite(room.meeting, room.people["delegate"])
    give_address(room.people["delegate"])
    return {"participants": [room.people["delegate"]]}


def _sent(room: Room, role: str) -> Body:
    body = _issued(room, role)
    send(room.meeting, room.people["delegate"])
    return body


def _answered(room: Room, role: str) -> Body:
    (row,) = invite(room.meeting, room.people["delegate"])
    return {"invitation": row, "answer": "accepted", "way": "telephone"}


def _substituted(room: Room, role: str) -> Body:
    (row,) = invite(room.meeting, room.people["delegate"])
    answer(row, "substituted", substitute_name="Lò Thị Thay")
    return {"invitation": row}


INVITING: dict[str, Callable[[Room, str], Body]] = {
    "invitation_text.edit": _text,
    "invitations.issue": _issue,
    "invitations.send": _issued,
    "invitations.remind": _sent,
    "invitations.recall": _issued,
    "invitations.print": _issued,
    "invitation.answer": _answered,
    "substitute.approve": _substituted,
    "substitute.refuse": _substituted,
}


def _open() -> Body:
    body = {"organisation": make_organisation("Văn phòng Tỉnh ủy").pk, "paper_type": "TB", "period": "2025–2030"}
    return body | {"since": "01/10/2025", "first": "1"}


def _give() -> Body:
    return {"register": make_register().pk, "abstract": "Về việc thử", "dated": "20/11/2025"}


NUMBERING: dict[str, Callable[[], Body]] = {
    "register.open": _open,
    "number.give": _give,
    "number.reserve": _give,
    "number.cancel": lambda: {"document": make_paper().pk, "reason": "Sai ngày"},
}
