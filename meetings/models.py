"""Meetings with their sittings, bridge points and participants; the journal and the replies to commands."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.models import Organisation, Person
from people.offices import office_line
from people.spelling import FoldedField


class Journal(models.Model):
    """A numbered, append-only record: one for each meeting, one for the office. Its row is the lock of its scope."""

    class Scope(models.TextChoices):
        MEETING = "meeting", _("meeting")
        OFFICE = "office", _("office")

    scope = models.CharField(max_length=8, choices=Scope, default=Scope.MEETING)
    head = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True, default="")
    epoch = models.UUIDField(default=uuid.uuid4, help_text="Changes when a database is restored or a journal reset.")
    disposable = models.BooleanField(default=False, help_text="Demo or rehearsal; set at creation, never changed.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scope"], condition=Q(scope="office"), name="one_office_journal"),
        ]

    def __str__(self) -> str:
        return f"{self.scope} journal {self.pk} at {self.head}"


class JournalEntry(models.Model):
    """One fact, number `number` of its journal, chained to the one before by `hash`. Triggers refuse changes."""

    journal = models.ForeignKey(Journal, on_delete=models.CASCADE, related_name="entries")
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=64)
    payload = models.JSONField()
    at = models.DateTimeField(help_text="Time of the meeting's clock.")
    recorded_at = models.DateTimeField(help_text="Time of the machine.")
    actor = models.CharField(max_length=200, help_text="Who acted, by name at that moment.")
    account = models.BigIntegerField(null=True, help_text="Account that acted; a plain number, kept when it goes.")
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["journal", "number"]
        constraints = [models.UniqueConstraint(fields=["journal", "number"], name="one_entry_per_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class Reply(models.Model):
    """The answer given to a command, so that the same command sent again gets the same answer."""

    command_id = models.UUIDField(primary_key=True)
    journal = models.ForeignKey(Journal, on_delete=models.CASCADE, related_name="replies")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    fingerprint = models.CharField(max_length=64, help_text="Hash of command and body.")
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.command_id} {self.status}"


class Series(models.Model):
    """What repeats: a conference held again and again under one name (chuỗi hội nghị)."""

    title = models.CharField(max_length=300, unique=True)

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return self.title


class Meeting(models.Model):
    """One gathering with a programme and a journal, of one or more sittings (hội nghị)."""

    class State(models.TextChoices):
        PLANNED = "planned", _("In preparation")
        OPEN = "open", _("In session")
        SUSPENDED = "suspended", _("In recess")
        ADJOURNED = "adjourned", _("Adjourned")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")
        HYBRID = "hybrid", _("In person and online")

    class Kind(models.TextChoices):
        REAL = "real", _("real")
        DEMO = "demo", _("demonstration")
        REHEARSAL = "rehearsal", _("rehearsal")
        TEMPLATE = "template", _("template")

    series = models.ForeignKey(Series, on_delete=models.PROTECT, null=True, blank=True, related_name="meetings")
    cloned_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="clones")
    journal = models.OneToOneField(Journal, on_delete=models.PROTECT, related_name="meeting")
    slug = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.REAL)
    title = models.CharField(max_length=300)
    organiser = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="meetings")
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.HYBRID)
    place = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    opened_at = models.DateTimeField(null=True, blank=True)
    adjourned_at = models.DateTimeField(null=True, blank=True)
    has_closed_items = models.BooleanField(default=False, help_text="Some item is, or was, closed to some: pages ask which.")
    clock_base = models.DateTimeField(null=True, blank=True, help_text="Meeting time at the anchor; empty: real time.")
    clock_anchor = models.DateTimeField(null=True, blank=True, help_text="Real time of the anchor.")
    clock_rate = models.FloatField(default=1.0, help_text="Meeting seconds in a real second.")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["demo", "rehearsal"]) | Q(clock_base__isnull=True, clock_rate=1.0),
                name="real_meetings_live_in_real_time",
            ),
            models.CheckConstraint(condition=Q(clock_rate__gt=0), name="meeting_clock_runs_forward"),
            models.UniqueConstraint(fields=["cloned_from"], condition=Q(kind="rehearsal"), name="one_rehearsal_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Address of the meeting's workspace."""
        return reverse("meetings:overview", args=[self.slug])

    @property
    def is_demonstration(self) -> bool:
        """Whether nothing of this meeting has any validity (demo or rehearsal)."""
        return self.kind in (self.Kind.DEMO, self.Kind.REHEARSAL)

    @property
    def is_template(self) -> bool:
        """Whether it is never held, only cloned."""
        return self.kind == self.Kind.TEMPLATE


class Sitting(models.Model):
    """One continuous part of a meeting (phiên)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sittings")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_sitting_per_number"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="sitting_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}/{self.number}"


class Recess(models.Model):
    """A suspension of a meeting: it does not count against the time of an item."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="recesses")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    expected_until = models.DateTimeField(null=True, blank=True, help_text="When the chair means to go on, if that was said.")

    class Meta:
        ordering = ["meeting", "began_at"]
        constraints = [
            models.UniqueConstraint(fields=["meeting"], condition=Q(ended_at=None), name="one_recess_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.began_at}–{self.ended_at or ''}"


class BridgePoint(models.Model):
    """A place through which people take part; it may have child bridge points (điểm cầu).

    Its operators and technicians are participants of those roles. Telephone numbers are those of the people, entered once.
    """

    class Kind(models.TextChoices):
        CENTRAL = "central", _("Central hall")
        PROVINCE = "province", _("Province")
        COMMUNE = "commune", _("Commune")
        AGENCY = "agency", _("Agency or unit")
        OTHER = "other", _("Other")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="bridge_points")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="bridge_points")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.OTHER)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80)
    place = models.CharField(max_length=200, blank=True)
    is_central = models.BooleanField(default=False)
    head = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="headed_bridge_points")
    seats = models.PositiveIntegerField(null=True, blank=True)
    equipment = models.TextField(max_length=2000, blank=True)
    video_address = models.CharField(
        max_length=300, blank=True, help_text=_("Of its video conferencing: URL, H.323 or SIP address.")
    )

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_bridge_point_per_number"),
            models.UniqueConstraint(fields=["meeting", "name"], name="one_bridge_point_of_a_name"),
            models.UniqueConstraint(
                fields=["meeting", "organisation"],
                condition=Q(organisation__isnull=False),
                name="one_bridge_point_per_organisation",
            ),
            models.UniqueConstraint(fields=["meeting"], condition=Q(is_central=True), name="one_central_bridge_point"),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person is in a meeting."""

    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")
    DELEGATE = "delegate", _("Delegate")
    GUEST = "guest", _("Guest")
    OPERATOR = "operator", _("Operator of a bridge point")
    TECHNICIAN = "technician", _("Technician")
    OBSERVER = "observer", _("Observer")


COUNTED_ROLES = (Role.CHAIR, Role.SECRETARY, Role.DELEGATE, Role.GUEST)


class ParticipantGroup(models.Model):
    """A group of participants as lists and quotas name it, such as "Khách mời" (nhóm đại biểu)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="groups")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_group_per_number"),
            models.UniqueConstraint(fields=["meeting", "name"], name="one_group_of_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Participant(models.Model):
    """A person in a meeting: the role, the office spoken for and the bridge point, under names of that time."""

    class Mode(models.TextChoices):
        """How one person takes part."""

        IN_PERSON = "in_person", _("In person")
        ONLINE = "online", _("Online")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=10, choices=Role, default=Role.DELEGATE)
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.RESTRICT, null=True, blank=True, related_name="participants")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="participations")
    name = models.CharField(max_length=120)
    position = models.CharField(max_length=160, blank=True)
    unit = models.CharField(max_length=200, blank=True, help_text="Name of the organisation at that time.")
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.IN_PERSON)
    group = models.ForeignKey(ParticipantGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="participants")
    substitute_for = models.OneToOneField(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="substitute",
        help_text="Whom this person stands in for.",
    )
    is_excused = models.BooleanField(
        default=False, help_text="Will not come, with a reason or a substitute; not counted as expected."
    )
    is_standing = models.BooleanField(default=False, help_text="Goes along when the meeting is cloned.")
    folded = FoldedField(of=("name", "position", "unit"))

    class Meta:
        ordering = ["meeting", "bridge_point__number", "pk"]
        indexes = [models.Index(fields=["meeting", "folded"], name="participant_by_name")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="a_person_takes_part_once"),
            models.CheckConstraint(
                condition=~Q(role__in=["operator", "technician"]) | Q(bridge_point__isnull=False),
                name="operators_and_technicians_have_a_bridge_point",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def office(self) -> str:
        """Position and unit in one line."""
        return office_line(self.position, self.unit)


class Presiding(models.Model):
    """Who presides over a meeting, or keeps its minutes, from when until when; under the name of that time."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="presiding")
    participant = models.ForeignKey(Participant, on_delete=models.SET_NULL, null=True, related_name="presided")
    role = models.CharField(
        max_length=10, choices=[(Role.CHAIR.value, Role.CHAIR.label), (Role.SECRETARY.value, Role.SECRETARY.label)]
    )
    name = models.CharField(max_length=120)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "role"], condition=Q(until=None), name="one_presides_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.role} {self.since}–{self.until or ''}"


from meetings.calendar.models import CalendarAddress, RemovedSitting  # noqa: E402,F401  # rows of this app
from meetings.deadlines.models import Deadline, DeadlineKind, DeadlineRule, Holiday  # noqa: E402,F401  # rows of this app
from meetings.importing.models import ImportRun  # noqa: E402,F401  # a row of this app
