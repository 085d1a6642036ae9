"""Long work: the jobs, the steps of each that are done, their files, and the duties that come again and again."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs import FOLDER


def random_place(instance: models.Model, filename: str) -> str:
    """Return where a file is kept: a random name, so that none can be guessed and none is written over."""
    name = uuid.uuid4().hex
    return f"{FOLDER}/{name[:2]}/{name}"


class Job(models.Model):
    """One piece of long work, asked for in a transaction, done in the background.

    `claim` is the run that holds it, until `lease_until`; who holds another one writes nothing any more.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")
        CANCELLED = "cancelled", _("Cancelled")

    UNDER_WAY = (State.WAITING, State.RUNNING)

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=60, help_text="Kind of work, as it is registered with @job.")
    title = models.CharField(max_length=200)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="jobs")
    language = models.CharField(max_length=10, default="vi")
    back = models.CharField(max_length=300, blank=True, help_text="Page the work was asked for on.")
    arguments = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="Never a secret.")
    open_to = models.CharField(max_length=40, blank=True, help_text="Ability that opens the files; empty: their owner alone.")
    scope = models.BigIntegerField(null=True, blank=True, help_text="Meeting in which that ability is judged.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True, help_text="What came of it, or why it failed, in words.")
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    cancel_asked = models.BooleanField(default=False)
    made_at = models.DateTimeField(auto_now_add=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["account", "-id"], name="jobs_of_an_account"),
            models.Index(fields=["state"], condition=Q(state__in=["waiting", "running"]), name="jobs_to_be_done"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(state="running") | Q(claim__isnull=False), name="a_running_job_is_held"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.uuid} {self.state}"

    def get_absolute_url(self) -> str:
        """Address of its page."""
        return reverse("jobs:job", args=[self.uuid])

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens to it by itself."""
        return self.state not in self.UNDER_WAY

    @property
    def percent(self) -> int:
        """How much of it is done, of a hundred."""
        if self.state == self.State.DONE:
            return 100
        return min(99, self.done * 100 // self.total) if self.total else 0


class JobStep(models.Model):
    """A step of a job that is done: no later attempt does it again."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "key"], name="a_step_of_a_job_is_done_once")]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.key}"


class JobFile(models.Model):
    """A file a job has made: for its owner, or (`is_part`) for the job itself until it ends."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="files")
    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    is_part = models.BooleanField(default=False)
    file = models.FileField(upload_to=random_place, max_length=120)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["job", "is_part", "name"], name="one_file_of_a_name_per_job")]

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """Work that comes again and again (sending mail, tidying): one run at a time in the whole installation."""

    name = models.CharField(max_length=60, unique=True)
    claim = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
