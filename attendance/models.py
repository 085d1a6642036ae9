"""The rows of attendance, each in its room: presence, badges, scans, bodies, roll calls, readiness, registration."""

from attendance.badges.models import BadgeKey, Credential
from attendance.bodies.models import Body
from attendance.presence.models import THERE, HallCount, Presence, PresenceConflict, Stay
from attendance.readiness.models import CheckMark, Point, ReadinessCheck
from attendance.registration.models import AskedUnit, GroupQuota, Registration, RegistrationTerms
from attendance.roll_call.models import RollCall, RollCallAnswer
from attendance.scanning.models import Direction, Door, Scan, Scanner, ScanSeal
from attendance.walk_ins.models import WalkIn

__all__ = [
    "THERE",
    "AskedUnit",
    "BadgeKey",
    "Body",
    "CheckMark",
    "Credential",
    "Direction",
    "Door",
    "GroupQuota",
    "HallCount",
    "Point",
    "Presence",
    "PresenceConflict",
    "ReadinessCheck",
    "Registration",
    "RegistrationTerms",
    "RollCall",
    "RollCallAnswer",
    "Scan",
    "ScanSeal",
    "Scanner",
    "Stay",
    "WalkIn",
]
