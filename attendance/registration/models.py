"""What is asked of the units, and whom they register."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.models import BridgePoint, Meeting, Participant, ParticipantGroup
from people.models import Organisation, Person
from people.offices import office_line
from people.spelling import FoldedField


class RegistrationTerms(models.Model):
    """What a meeting asks all units: until when, which data of a person beside name, position and unit, and a message."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="registration_terms")
    deadline = models.DateTimeField(null=True, blank=True)
    message = models.TextField(max_length=2000, blank=True)
    asks_phone = models.BooleanField(default=False)
    asks_email = models.BooleanField(default=False)
    asks_needs = models.BooleanField(default=False, help_text="Special needs: sensitive, so only where the hall must know.")

    class Meta:
        verbose_name_plural = "registration terms"

    def __str__(self) -> str:
        return f"{self.meeting_id} until {self.deadline}"


class AskedUnit(models.Model):
    """A unit that is asked to register its people: its places, its bridge point and how far its answer has come."""

    class Stage(models.TextChoices):
        """How far the answer has come. Kept here so that thousands can be filtered; each change under the lock sets it."""

        WAITING = "waiting", _("No answer yet")
        ANSWERING = "answering", _("Answering")
        REFUSED = "refused", _("To be mended")
        SENT = "sent", _("Sent, to be approved")
        APPROVED = "approved", _("Approved")
        COMPLETE = "complete", _("Complete")
        NOBODY = "nobody", _("Sends nobody")
        WITHDRAWN = "withdrawn", _("Not asked any more")

    class Answer(models.TextChoices):
        """What the unit says of its list as a whole."""

        OPEN = "", _("not said yet")
        COMPLETE = "complete", _("we send nobody more")
        NOBODY = "nobody", _("we send nobody")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="asked_units")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="registrations_asked")
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="units_asked")
    quota = models.PositiveIntegerField(null=True, blank=True, help_text="Places in all; empty: as many as it wishes.")
    deadline = models.DateTimeField(null=True, blank=True, help_text="Of this unit alone; empty: that of all.")
    answer = models.CharField(max_length=8, choices=Answer, blank=True, default=Answer.OPEN)
    stage = models.CharField(max_length=9, choices=Stage, default=Stage.WAITING)
    is_withdrawn = models.BooleanField(default=False)
    wish = models.TextField(max_length=1000, blank=True, help_text="Why it asks to change its list after the deadline.")
    wished_at = models.DateTimeField(null=True, blank=True)
    wish_answer = models.TextField(max_length=500, blank=True, help_text="Why the last such wish was declined.")
    opened_at = models.DateTimeField(null=True, blank=True, help_text="First look of its focal point; soft, no fact.")
    changed_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["meeting", "organisation__code", "organisation__name"]
        indexes = [models.Index(fields=["meeting", "stage"], name="asked_unit_by_stage")]
        constraints = [models.UniqueConstraint(fields=["meeting", "organisation"], name="a_unit_is_asked_once")]

    def __str__(self) -> str:
        return f"{self.organisation}"

    def until(self, terms: RegistrationTerms | None) -> datetime | None:
        """Return this unit's deadline: its own, else that of all."""
        return self.deadline or (terms.deadline if terms else None)


class GroupQuota(models.Model):
    """How many of a unit's places are for one group of participants at most."""

    unit = models.ForeignKey(AskedUnit, on_delete=models.CASCADE, related_name="group_quotas")
    group = models.ForeignKey(ParticipantGroup, on_delete=models.CASCADE, related_name="quotas")
    places = models.PositiveIntegerField()

    class Meta:
        ordering = ["unit", "group__number"]
        constraints = [models.UniqueConstraint(fields=["unit", "group"], name="one_quota_per_unit_and_group")]

    def __str__(self) -> str:
        return f"{self.group_id}: {self.places}"


class Registration(models.Model):
    """One line of a unit's list: somebody who will come, who stands in for another, or who is excused."""

    class Kind(models.TextChoices):
        ATTEND = "attend", _("will come")
        SUBSTITUTE = "substitute", _("stands in")
        EXCUSE = "excuse", _("excused")

    class State(models.TextChoices):
        DRAFT = "draft", _("Not sent yet")
        SENT = "sent", _("Sent, to be approved")
        REFUSED = "refused", _("Refused")
        APPROVED = "approved", _("Approved")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="registrations")
    unit = models.ForeignKey(AskedUnit, on_delete=models.CASCADE, related_name="registrations")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.ATTEND)
    state = models.CharField(max_length=8, choices=State, default=State.DRAFT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="registrations")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="registrations")
    name = models.CharField(max_length=120)
    position = models.CharField(max_length=160, blank=True)
    unit_name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    needs = models.CharField(max_length=300, blank=True)
    bridge_point = models.ForeignKey(BridgePoint, on_delete=models.SET_NULL, null=True, blank=True, related_name="registrations")
    mode = models.CharField(max_length=10, choices=Participant.Mode, default=Participant.Mode.IN_PERSON)
    group = models.ForeignKey(ParticipantGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="registrations")
    concerns = models.ForeignKey(
        Participant,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="registrations_about",
        help_text="Whom a substitute stands in for, or who is excused.",
    )
    reason = models.CharField(
        max_length=500, blank=True, help_text="Why excused: for the secretariat and the unit, never in a fact."
    )
    refusal = models.CharField(max_length=500, blank=True, help_text="Why refused: for the unit.")
    participant = models.OneToOneField(
        Participant, on_delete=models.SET_NULL, null=True, blank=True, related_name="registration", help_text="Once approved."
    )
    version = models.PositiveIntegerField(default=1, help_text="Counts changes, so that a stale form is noticed.")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)
    folded = FoldedField(of=("name",))

    class Meta:
        ordering = ["unit", "pk"]
        indexes = [models.Index(fields=["meeting", "state"], name="registration_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                condition=Q(person__isnull=False, state__in=["draft", "sent"]) & ~Q(kind="excuse"),
                name="a_person_is_registered_once",
            ),
            models.UniqueConstraint(
                fields=["concerns"],
                condition=Q(concerns__isnull=False, state__in=["draft", "sent"]),
                name="one_open_registration_about_a_participant",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def office(self) -> str:
        """Position and unit in one line."""
        return office_line(self.position, self.unit_name)
