"""The attendance app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttendanceConfig(AppConfig):
    """Registers the commands and the folds of attendance and of registration."""

    name = "attendance"

    def ready(self) -> None:
        """Load facts and commands; answer questions from below."""
        from attendance import answers
        from attendance.ledger import facts as _ledger  # noqa: F401
        from attendance.ledger import folding as ledger
        from attendance.ledger.sealing import seal
        from attendance.presence import facts, folding, forms  # noqa: F401
        from attendance.registration import answers as registration
        from attendance.registration import facts as _facts  # noqa: F401
        from attendance.registration import folding as registering
        from attendance.registration import forms as _forms  # noqa: F401
        from attendance.scanning import facts as _door_facts  # noqa: F401
        from attendance.scanning import folding as doors
        from attendance.scanning import forms as _door_forms  # noqa: F401
        from attendance.walk_ins import facts as _walk_in_facts  # noqa: F401
        from attendance.walk_ins import folding as walk_ins
        from attendance.walk_ins import forms as _walk_in_forms  # noqa: F401
        from meetings import desk, hooks
        from meetings.procedure import Ability

        hooks.folds.append(folding.FOLD)
        hooks.folds.append(ledger.FOLD)
        hooks.at_adjourning.append(seal)
        hooks.steps_of_preparation.append(answers.participants_step)
        hooks.objections_to_removing.append(answers.is_marked)
        hooks.folds.append(registering.FOLD)
        hooks.folds.append(walk_ins.FOLD)
        hooks.folds.append(doors.FOLD)
        hooks.units_asked.append(registration.is_asked)
        hooks.meetings_asking.append(registration.meetings_asking)
        hooks.steps_of_preparation.append(registration.registration_step)
        hooks.objections_to_removing.append(registration.waits)
        hooks.objections_to_removing_site.append(registration.is_wanted)
        hooks.parts_to_clone.append((registration.PART, _("Units asked to register, and their places")))
        hooks.at_cloning.append(registration.copy_units)
        desk.TABS["delegates"].append(("attendance:groups", _("Groups"), Ability.SEE_PEOPLE))
        desk.TABS["delegates"].append(("meetings:import_participants", _("Import delegates"), Ability.PREPARE))
        desk.TABS["delegates"].append(("attendance:registration", _("Registration by units"), Ability.SEE_PEOPLE))
        desk.TABS["delegates"].append(("attendance:doors", _("Doors"), Ability.MARK_PRESENCE))
        desk.TABS["presence"] = [
            ("attendance:presence", _("Attendance"), Ability.MARK_PRESENCE),
            ("attendance:conflicts", _("To be settled"), Ability.MARK_PRESENCE),
        ]
