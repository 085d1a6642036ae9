"""Accounts, the tree of organisations, people and the positions they hold over time."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """A body people belong to: central, province, commune or a department of one (đơn vị)."""

    class Kind(models.TextChoices):
        CENTRAL = "central", _("central body")
        PROVINCE = "province", _("province")
        COMMUNE = "commune", _("commune")
        DEPARTMENT = "department", _("department")

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    kind = models.CharField(max_length=12, choices=Kind)
    code = models.CharField(max_length=16, blank=True, help_text=_("Code of the administrative unit, such as 15."))
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=80, help_text=_("As it stands on a tile, such as Lào Cai."))

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

    class Meta:
        ordering = ["full_name", "pk"]

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


class EndedSession(models.Model):
    """A session of an account that has ended, by the fingerprint of its key; kept for a day (see people/sessions.py)."""

    fingerprint = models.CharField(max_length=32, unique=True, help_text="Keyed hash of the session's key.")
    account = models.ForeignKey(User, on_delete=models.CASCADE, related_name="ended_sessions")
    ended_at = models.DateTimeField(db_index=True, help_text="The machine's time.")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.account_id} {self.ended_at}"
