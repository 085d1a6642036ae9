"""Accounts, the tree of organisations, people and the positions they hold over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.spelling import FoldedField

if TYPE_CHECKING:
    from people.session_store import SessionStore


class Organisation(models.Model):
    """A body people belong to: central, province, commune or a department of one (đơn vị)."""

    class Kind(models.TextChoices):
        CENTRAL = "central", _("central body")
        PROVINCE = "province", _("province")
        COMMUNE = "commune", _("commune")
        DEPARTMENT = "department", _("department")

    class Body(models.TextChoices):
        """Whose rules its papers and numbers follow: HD05 and the term, or NĐ30 and the year."""

        PARTY = "party", _("Party body")
        STATE = "state", _("State body")

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=12, choices=Kind)
    body = models.CharField(max_length=5, choices=Body, default=Body.PARTY)
    code = models.CharField(max_length=16, blank=True, help_text=_("Code of the administrative unit, such as 15."))
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, help_text=_("As it stands on a tile, such as Lào Cai."))
    symbol = models.CharField(max_length=30, blank=True, help_text=_("As it stands in the numbers of its papers, such as VPTW."))
    is_closed = models.BooleanField(default=False, help_text=_("No longer picked; what refers to it stays."))
    folded = FoldedField(of=("code", "name", "short_name"), db_index=True)

    class Meta:
        ordering = ["code", "name"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], name="one_organisation_of_a_name_under_a_parent"),
            models.UniqueConstraint(fields=["name"], condition=Q(parent=None), name="one_organisation_of_a_name_on_top"),
            models.UniqueConstraint(fields=["kind", "code"], condition=~Q(code=""), name="one_organisation_per_code_and_kind"),
        ]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """A human being, entered once and picked everywhere."""

    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        help_text=_("The same person, entered twice."),
    )
    folded = FoldedField(of=("full_name",), db_index=True)

    class Meta:
        ordering = ["full_name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("pk")), name="nobody_is_merged_into_oneself"
            )
        ]

    def __str__(self) -> str:
        return self.full_name


class Position(models.Model):
    """An office a person holds in an organisation from one day until another."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="positions")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="positions")
    title = models.CharField(max_length=160)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["person", "-since", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=models.F("since")),
                name="position_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.organisation}"


class UserManager(BaseUserManager["User"]):
    """Makes accounts with a hashed password."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> User:
        """Make and save an account; without a password nobody can sign in to it."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account; what it may do follows from its office role and from the roles of its person in meetings."""

    class OfficeRole(models.TextChoices):
        NONE = "", _("none")
        ADMINISTRATOR = "administrator", _("administrator")
        SECRETARIAT = "secretariat", _("secretariat")
        CLERK = "clerk", _("clerk")
        FOCAL_POINT = "focal_point", _("focal point of a unit")
        UNIT_HEAD = "unit_head", _("head of a unit")

    username = models.CharField(_("User name"), max_length=64, unique=True, validators=[UnicodeUsernameValidator()])
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="user")
    office_role = models.CharField(max_length=16, choices=OfficeRole, blank=True, default=OfficeRole.NONE)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="accounts")
    must_change_password = models.BooleanField(
        default=False, help_text=_("Signed in with a one-time password; nothing else until it is changed.")
    )
    one_time_until = models.DateTimeField(
        null=True, blank=True, help_text="Until when the one-time password opens the account; nothing when it has its own."
    )
    spent_password = models.CharField(
        max_length=128, blank=True, default="", help_text="Hash of the last one-time password, which is never used again."
    )

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = []
    objects = UserManager()

    class Meta:
        ordering = ["username"]

    def __str__(self) -> str:
        return self.username

    @property
    def display_name(self) -> str:
        """The person's name, else the account's."""
        return self.person.full_name if self.person else self.username

    @property
    def may_act(self) -> bool:
        """Whether the account may do anything: it is open and its password is its own."""
        return self.is_active and not self.must_change_password

    @property
    def one_time_is_over(self) -> bool:
        """Whether its one-time password has not been used in time."""
        return self.must_change_password and self.one_time_until is not None and self.one_time_until <= timezone.now()


class EndedSession(models.Model):
    """A session of an account that has ended, by the fingerprint of its key; kept for a day (see people/sessions.py)."""

    fingerprint = models.CharField(max_length=32, unique=True, help_text="Keyed hash of the session's key.")
    account = models.ForeignKey(User, on_delete=models.CASCADE, related_name="ended_sessions")
    ended_at = models.DateTimeField(db_index=True, help_text="The machine's time.")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.account_id} {self.ended_at}"


class Session(AbstractBaseSession):
    """A session and whose it is, so that its owner sees it and ends it. Its key is the browser's; pages name the fingerprint."""

    account = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="sessions")
    fingerprint = models.CharField(max_length=32, blank=True, db_index=True, help_text="Keyed hash of the session's key.")
    began_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True, help_text="To a quarter of an hour.")
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return self.fingerprint

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """Return the store that writes these rows."""
        from people.session_store import SessionStore

        return SessionStore


class SignInAttempt(models.Model):
    """Somebody has signed in to an account or tried to. Names that no account has are not kept: they may be passwords."""

    account = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_attempts")
    at = models.DateTimeField()
    is_good = models.BooleanField()
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["account", "-at"], name="attempts_of_an_account")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.at}"


class SignInCount(models.Model):
    """How many attempts have failed for a device, a user name or an address, and the wait they have led to."""

    key = models.CharField(max_length=64, unique=True, help_text="Keyed hash of what is counted for.")
    kind = models.CharField(max_length=8)
    account = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="sign_in_counts")
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True)
    waits_until = models.DateTimeField(null=True, blank=True)
    waits = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.failures}"
