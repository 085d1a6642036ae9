"""Who may do what: the one page of rights. It guards actions and hides buttons."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from meetings.errors import NotAllowed
from meetings.models import Role
from people.models import User

if TYPE_CHECKING:
    from meetings.models import BridgePoint, Meeting, Participant


class Ability(StrEnum):
    """One thing somebody may do, in the office or in a meeting."""

    CREATE_MEETING = "create_meeting"
    MANAGE_ACCOUNTS = "manage_accounts"
    RESET_PASSWORDS = "reset_passwords"
    MANAGE_DIRECTORY = "manage_directory"
    KEEP_REGISTERS = "keep_registers"
    SEE_OUTBOX = "see_outbox"
    SEE = "see"
    PREPARE = "prepare"
    REGISTER_PEOPLE = "register_people"
    OFFER_SPEECH = "offer_speech"
    ISSUE_PAPERS = "issue_papers"
    ANSWER_INVITATION = "answer_invitation"
    SEE_PEOPLE = "see_people"
    RUN_MEETING = "run_meeting"
    RUN_PROGRAMME = "run_programme"
    GIVE_FLOOR = "give_floor"
    ASK_FOR_FLOOR = "ask_for_floor"
    MARK_PRESENCE = "mark_presence"
    MARK_ANY_PRESENCE = "mark_any_presence"
    SEE_CONTROL_ROOM = "see_control_room"
    SEE_CHAIR_DESK = "see_chair_desk"
    SEE_CONSOLE = "see_console"
    SEE_ANY_CONSOLE = "see_any_console"
    STEER_DISPLAYS = "steer_displays"
    ANNOUNCE = "announce"
    COMMAND_SITES = "command_sites"
    ACKNOWLEDGE = "acknowledge"
    WRITE_MESSAGES = "write_messages"
    KEEP_OUTAGES = "keep_outages"
    SEE_JOURNAL = "see_journal"
    WRITE_MINUTES = "write_minutes"
    APPROVE_MINUTES = "approve_minutes"
    SEE_MINUTES = "see_minutes"
    SET_CLOCK = "set_clock"
    KEEP_OWN_CALENDAR = "keep_own_calendar"
    APPROVE_PAPERS = "approve_papers"
    SEE_READING = "see_reading"
    TRACE_COPIES = "trace_copies"
    ADOPT_CONCLUSIONS = "adopt_conclusions"
    KEEP_LAYOUTS = "keep_layouts"
    REMARK_ON_MINUTES = "remark_on_minutes"
    CHECK_READINESS = "check_readiness"
    REPORT_INCIDENTS = "report_incidents"
    CALL_ROLL = "call_roll"
    KEEP_BADGE_KEYS = "keep_badge_keys"
    SEAL_SCANS = "seal_scans"
    SEE_POLLS = "see_polls"
    RUN_POLLS = "run_polls"
    CAST_BALLOTS = "cast_ballots"
    COUNT_HALL = "count_hall"
    SEAL_BALLOTS = "seal_ballots"


A = Ability
# What follows from being asked, not from a role: `hooks.granting` tells who has it.
OF_WHO_IS_ASKED = frozenset({A.REMARK_ON_MINUTES})
# What no command asks for: a ballot comes in by a door of its own.
LOOKING = frozenset({A.SEE, A.SEE_POLLS, A.CAST_BALLOTS})
# What the service alone does, or nobody but the administrator.
_NOT_OURS = frozenset({A.MANAGE_ACCOUNTS, A.KEEP_OUTAGES, A.SEAL_SCANS, A.SEAL_BALLOTS, A.KEEP_OWN_CALENDAR, A.KEEP_BADGE_KEYS})
_SECRETARIAT = frozenset(A) - _NOT_OURS - OF_WHO_IS_ASKED
# What a rehearsal may not touch: numbers, registers and letters belong to the meeting itself.
NOT_REHEARSED = frozenset({A.ISSUE_PAPERS})
# What belongs to no meeting: no role in a meeting gives it.
OF_THE_OFFICE = frozenset(
    {A.CREATE_MEETING, A.MANAGE_ACCOUNTS, A.RESET_PASSWORDS, A.MANAGE_DIRECTORY, A.KEEP_REGISTERS, A.SEE_OUTBOX, A.KEEP_LAYOUTS}
    | {A.KEEP_BADGE_KEYS}
)

# Roles of the office: they hold in every meeting.
OFFICE_ABILITIES: dict[str, frozenset[Ability]] = {
    User.OfficeRole.ADMINISTRATOR: _SECRETARIAT | {A.MANAGE_ACCOUNTS, A.KEEP_BADGE_KEYS},
    User.OfficeRole.SECRETARIAT: _SECRETARIAT,
    User.OfficeRole.CLERK: frozenset({A.KEEP_REGISTERS}),
    User.OfficeRole.FOCAL_POINT: frozenset(),
    User.OfficeRole.UNIT_HEAD: frozenset(),
    User.OfficeRole.NONE: frozenset(),
}

# Roles of a meeting: they hold in that meeting.
ABILITIES: dict[str, frozenset[Ability]] = {
    Role.CHAIR: frozenset(
        {A.SEE, A.SEE_PEOPLE, A.RUN_MEETING, A.RUN_PROGRAMME, A.GIVE_FLOOR, A.SEE_CHAIR_DESK}
        | {A.ASK_FOR_FLOOR, A.SEE_CONTROL_ROOM, A.SEE_MINUTES, A.APPROVE_MINUTES}
        | {A.ANNOUNCE, A.COMMAND_SITES, A.WRITE_MESSAGES, A.APPROVE_PAPERS, A.SEE_READING}
        | {A.ADOPT_CONCLUSIONS, A.CALL_ROLL, A.SEE_POLLS, A.RUN_POLLS, A.CAST_BALLOTS}
    ),
    Role.SECRETARY: _SECRETARIAT - OF_THE_OFFICE,
    Role.DELEGATE: frozenset({A.SEE, A.ASK_FOR_FLOOR, A.SEE_POLLS, A.CAST_BALLOTS}),
    Role.GUEST: frozenset({A.SEE, A.SEE_POLLS, A.CAST_BALLOTS}),  # a body may have members among the guests
    Role.OPERATOR: frozenset(
        {A.SEE, A.SEE_CONSOLE, A.MARK_PRESENCE, A.ASK_FOR_FLOOR, A.ACKNOWLEDGE, A.WRITE_MESSAGES}
        | {A.CHECK_READINESS, A.REPORT_INCIDENTS, A.SEE_POLLS, A.COUNT_HALL}
    ),
    Role.TECHNICIAN: frozenset({A.SEE, A.SEE_CONSOLE, A.ACKNOWLEDGE, A.WRITE_MESSAGES, A.CHECK_READINESS, A.REPORT_INCIDENTS}),
    Role.OBSERVER: frozenset({A.SEE}),
}

# Who prepares a meeting by the role in it.
PREPARING = tuple(role for role, abilities in ABILITIES.items() if A.PREPARE in abilities)


@dataclass(frozen=True)
class Actor:
    """Somebody about to act: an account, perhaps as a participant of one meeting."""

    user: User
    participant: Participant | None = None
    abilities: frozenset[Ability] = field(default_factory=frozenset)

    @property
    def name(self) -> str:
        """The name that facts carry."""
        return self.participant.name if self.participant else self.user.display_name

    @property
    def bridge_point_id(self) -> int | None:
        """The bridge point this actor belongs to, if any."""
        return self.participant.bridge_point_id if self.participant else None

    def may(self, ability: Ability) -> bool:
        """Tell whether the actor has an ability."""
        return ability in self.abilities

    @property
    def only_looks(self) -> bool:
        """Whether the actor may do nothing at all but look: an observer, a guest, an account without a role in the office."""
        return self.abilities <= LOOKING

    def may_mark_presence_at(self, bridge_point_id: int | None) -> bool:
        """An operator marks the own bridge point only; the secretariat any."""
        own = self.may(A.MARK_PRESENCE) and bridge_point_id is not None and bridge_point_id == self.bridge_point_id
        return own or self.may(A.MARK_ANY_PRESENCE)

    def may_see_console_of(self, bridge_point: BridgePoint) -> bool:
        """An operator or technician sees the own console only; the secretariat any."""
        own = self.may(A.SEE_CONSOLE) and bridge_point.pk == self.bridge_point_id
        return own or self.may(A.SEE_ANY_CONSOLE)

    def may_look_after(self, ability: Ability, bridge_point_id: int) -> bool:
        """Tell whether the actor has an ability at a bridge point: its own people there, the secretariat anywhere."""
        return self.may(ability) and (bridge_point_id == self.bridge_point_id or self.may(A.SEE_ANY_CONSOLE))

    def sides_of_line(self, line: str, bridge_point_id: int) -> tuple[bool, bool]:
        """Tell on which sides of a line the actor stands: in the control room, at the bridge point.

        The technical line: the secretariat and the site's technicians and operators. The chair's line: the chair, the
        secretariat and the site's operators.
        """
        if not self.may(A.WRITE_MESSAGES):
            return False, False
        role = self.participant.role if self.participant else None
        centre = self.may(A.SEE_ANY_CONSOLE) or (line == "chair" and role == Role.CHAIR)
        staff = (Role.OPERATOR,) if line == "chair" else (Role.OPERATOR, Role.TECHNICIAN)
        return centre, role in staff and bridge_point_id == self.bridge_point_id

    def require(self, ability: Ability) -> None:
        """Raise NotAllowed unless the actor has the ability."""
        if not self.may(ability):
            raise NotAllowed(_("Your role does not allow this."))


def the_owner(user: User) -> Actor:
    """Return an account before what is its own alone: the address of its calendar."""
    return Actor(user=user, abilities=frozenset({A.KEEP_OWN_CALENDAR}) if user.is_active else frozenset())


def the_system() -> Actor:
    """Return who records what the service itself observes: the lines of the bridge points, the ledgers."""
    return Actor(user=User(username="Điểm Cầu"), abilities=frozenset({A.KEEP_OUTAGES, A.SEAL_SCANS, A.SEAL_BALLOTS}))


def the_invited(participant: Participant) -> Actor:
    """Return who answers by the link of an invitation: the invited by name, without an account, allowed to answer alone."""
    return Actor(user=User(username=participant.name), participant=participant, abilities=frozenset({A.ANSWER_INVITATION}))


# What the focal point of a unit may do in a meeting that asks the unit to register its people.
FOCAL_POINT_ABILITIES = frozenset({A.SEE, A.REGISTER_PEOPLE, A.OFFER_SPEECH})


def actor_in(meeting: Meeting | None, user: User, participant: Participant | None, *, is_asked: bool = False) -> Actor:
    """Return what `user` is in a meeting (or in the office, without one); `is_asked`: as the focal point of a unit."""
    abilities = OFFICE_ABILITIES.get(user.office_role, frozenset()) if user.may_act else frozenset()
    if participant is not None and user.may_act and meeting is not None:
        abilities |= ABILITIES[participant.role]
    if is_asked and user.may_act and meeting is not None:
        abilities |= FOCAL_POINT_ABILITIES
    if meeting is not None and meeting.is_template and A.PREPARE not in abilities:
        abilities = frozenset()  # a template is never held: to whom it names it is not there
    return Actor(user=user, participant=participant, abilities=abilities)
