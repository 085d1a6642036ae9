"""The attendance app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttendanceConfig(AppConfig):
    """Registers the commands and the folds of attendance and of registration."""

    name = "attendance"

    def ready(self) -> None:
        """Load facts and commands; answer questions from below."""
        from attendance import answers
        from attendance.bodies import answers as bodies_answers
        from attendance.bodies import facts as _body_facts  # noqa: F401
        from attendance.bodies import folding as bodies
        from attendance.bodies import forms as _body_forms  # noqa: F401
        from attendance.halls import answers as halls_answers
        from attendance.halls import facts as _hall_facts  # noqa: F401
        from attendance.halls import folding as halls
        from attendance.halls import forms as _hall_forms  # noqa: F401
        from attendance.ledger import facts as _ledger  # noqa: F401
        from attendance.ledger import folding as ledger
        from attendance.ledger.sealing import seal
        from attendance.presence import facts, folding, forms  # noqa: F401
        from attendance.registration import answers as registration
        from attendance.registration import facts as _facts  # noqa: F401
        from attendance.registration import folding as registering
        from attendance.registration import forms as _forms  # noqa: F401
        from attendance.roll_call import actions as roll_call
        from attendance.roll_call import answers as roll_call_answers
        from attendance.roll_call import facts as _roll_call_facts  # noqa: F401
        from attendance.roll_call import folding as roll_calls
        from attendance.roll_call import forms as _roll_call_forms  # noqa: F401
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
        hooks.folds += [bodies.FOLD, halls.FOLD, roll_calls.FOLD]
        hooks.at_adjourning.append(roll_call.close_open_roll_call)
        hooks.objections_to_removing_site += [halls_answers.is_counted, roll_call_answers.is_called]
        hooks.parts_to_clone.append((bodies_answers.PART, _("Bodies, their rules of quorum and their members")))
        hooks.at_cloning.append(bodies_answers.copy_bodies)
        hooks.units_asked.append(registration.is_asked)
        hooks.meetings_asking.append(registration.meetings_asking)
        hooks.steps_of_preparation.append(registration.registration_step)
        hooks.objections_to_removing.append(registration.waits)
        hooks.objections_to_removing_site.append(registration.is_wanted)
        hooks.parts_to_clone.append((registration.PART, _("Units asked to register, and their places")))
        hooks.at_cloning.append(registration.copy_units)
        desk.TABS["delegates"].append(("attendance:groups", _("Groups"), Ability.SEE_PEOPLE))
        desk.TABS["delegates"].append(("attendance:bodies", _("Bodies and quorum"), Ability.SEE_PEOPLE))
        desk.TABS["delegates"].append(("meetings:import_participants", _("Import delegates"), Ability.PREPARE))
        desk.TABS["delegates"].append(("attendance:registration", _("Registration by units"), Ability.SEE_PEOPLE))
        desk.TABS["delegates"].append(("attendance:doors", _("Doors"), Ability.MARK_PRESENCE))
        desk.TABS["presence"] = [
            ("attendance:presence", _("Attendance"), Ability.MARK_PRESENCE),
            ("attendance:conflicts", _("To be settled"), Ability.MARK_PRESENCE),
        ]
