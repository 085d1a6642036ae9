"""The demonstration's invitations: a register of worthless numbers, one letter, sent to all, answered by some."""

from __future__ import annotations

from datetime import date

from issuing.actions import open_register
from issuing.answering.actions import answer_invitation
from issuing.answering.answers import Answer
from issuing.invitations.actions import edit_invitation_text, issue_invitations, send_invitations
from issuing.invitations.defaults import defaults
from issuing.models import Invitation, NumberRegister, PaperType
from meetings.models import Meeting
from meetings.procedure import Actor
from people.models import Organisation, Person

DATED = date(2025, 11, 20)
#: The bridge points whose people have a mail address; the others' letters are handed over on paper.
WITH_MAIL = ("Lào Cai", "Hà Tĩnh", "Cà Mau")
#: One delegate in so many has answered; two of them send a substitute, whom nobody has looked at yet.
ANSWERED_OF, SUBSTITUTES = 5, (12, 57)


def load(meeting: Meeting, by: Actor) -> None:
    """Issue the letter, send it, and let some of the delegates of the provinces answer by telephone."""
    office = meeting.organiser
    if not NumberRegister.objects.filter(organisation=office, paper_type=PaperType.GM, is_disposable=True).exists():
        open_register(
            by=by, organisation=office, paper_type=PaperType.GM, period="2025–2030", since=date(2025, 10, 1), first=7,
            disposable=True,
        )  # fmt: skip
    words = defaults(office, "Hà Nội") | {
        "abstract": "dự {hội nghị}",
        "post": "CHÁNH VĂN PHÒNG",
        "signer": "(Trình diễn)",
        "content": "Theo chương trình gửi kèm.",
    }
    edit_invitation_text(meeting, by=by, version=0, words=words)
    issue_invitations(meeting, by=by, everyone=True, dated=DATED)
    _give_addresses(meeting)
    send_invitations(meeting, by=by, everyone=True)
    send_invitations(meeting, by=by, everyone=True, channel=Invitation.Channel.PAPER)
    rows = Invitation.objects.filter(meeting=meeting).select_related("participant").order_by("participant_id")
    for at, row in enumerate(rows.filter(participant__role="delegate")):
        if at in SUBSTITUTES:
            said = Answer(Invitation.State.SUBSTITUTED, "", "Người dự thay (trình diễn)", "Phó Chánh Văn phòng")
            answer_invitation(meeting, by=by, invitation=row, answer=said, way=Invitation.Way.UNIT)
        elif at % ANSWERED_OF == 0:
            answer_invitation(meeting, by=by, invitation=row, answer=Answer(Invitation.State.ACCEPTED))


def _give_addresses(meeting: Meeting) -> None:
    """Give some people addresses that exist nowhere."""
    found = list(
        Person.objects.filter(participations__meeting=meeting, participations__bridge_point__short_name__in=WITH_MAIL, email="")
    )
    for person in found:
        person.email = f"dai-bieu-{person.pk}@trinh-dien.invalid"
    Person.objects.bulk_update(found, ["email"])


def remove(organiser: Organisation) -> None:
    """Take out the demonstration's register, once its letters are gone."""
    NumberRegister.objects.filter(organisation=organiser, is_disposable=True, papers=None).delete()
