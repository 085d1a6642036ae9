"""The attendance app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

#: The rooms, in the order in which the journal is folded; without a form: those nobody commands.
ROOMS = ("presence", "ledger", "registration", "walk_ins", "badges", "scanning", "bodies", "halls", "roll_call", "readiness")
NOBODY_COMMANDS = frozenset({"ledger"})


class AttendanceConfig(AppConfig):
    """Registers the commands and the folds of attendance and of registration."""

    name = "attendance"

    def ready(self) -> None:
        """Load facts and commands; answer questions from below."""
        from importlib import import_module

        from attendance import answers
        from attendance.badges import answers as badges
        from attendance.bodies import answers as bodies_answers
        from attendance.halls import answers as halls_answers
        from attendance.ledger import guards
        from attendance.ledger.actions import seal_scans_within
        from attendance.readiness import answers as readiness
        from attendance.registration import answers as registration
        from attendance.roll_call import actions as roll_call
        from attendance.roll_call import answers as roll_call_answers
        from attendance.scanning import cloning as doors
        from meetings import desk, hooks
        from meetings.procedure import Ability

        for room in ROOMS:
            import_module(f"attendance.{room}.facts")
            hooks.folds.append(import_module(f"attendance.{room}.folding").FOLD)
            if room not in NOBODY_COMMANDS:
                import_module(f"attendance.{room}.forms")
        hooks.guards.append(guards)
        hooks.at_adjourning.append(seal_scans_within)
        hooks.steps_of_preparation.append(answers.participants_step)
        hooks.objections_to_removing.append(answers.is_marked)
        hooks.at_adjourning.append(roll_call.close_open_roll_call)
        hooks.objections_to_removing_site += [halls_answers.is_counted, roll_call_answers.is_called]
        hooks.at_inviting.append(badges.give_to_invited)
        hooks.entry_marks.append(badges.entry_marks)
        hooks.parts_to_clone.append((bodies_answers.PART, _("Bodies, their rules of quorum and their members")))
        hooks.at_cloning.insert(0, bodies_answers.copy_bodies)  # first: prepared votes belong to bodies
        hooks.at_cloning.append(doors.copy_doors)
        hooks.steps_of_preparation.append(readiness.readiness_step)
        hooks.units_asked.append(registration.is_asked)
        hooks.meetings_asking.append(registration.meetings_asking)
        hooks.steps_of_preparation.append(registration.registration_step)
        hooks.objections_to_removing.append(registration.waits)
        hooks.objections_to_removing_site.append(registration.is_wanted)
        hooks.parts_to_clone.append((registration.PART, _("Units asked to register, and their places")))
        hooks.at_cloning.append(registration.copy_units)
        desk.TABS["delegates"].append(("attendance:groups", _("Groups"), Ability.SEE_PEOPLE))
        desk.TABS["delegates"].append(("attendance:badges", _("Badges"), Ability.PREPARE))
        desk.OFFICE_RAIL.append(("attendance:badge_keys", "key", _("Badge keys"), Ability.KEEP_BADGE_KEYS))
        desk.TABS["delegates"].append(("attendance:bodies", _("Bodies and quorum"), Ability.SEE_PEOPLE))
        desk.TABS["delegates"].append(("meetings:import_participants", _("Import delegates"), Ability.PREPARE))
        desk.TABS["delegates"].append(("attendance:registration", _("Registration by units"), Ability.SEE_PEOPLE))
        desk.TABS["delegates"].append(("attendance:doors", _("Doors"), Ability.MARK_PRESENCE))
        desk.TABS["presence"] = [
            ("attendance:presence", _("Attendance"), Ability.MARK_PRESENCE),
            ("attendance:conflicts", _("To be settled"), Ability.MARK_PRESENCE),
            ("attendance:report", _("Report"), Ability.MARK_PRESENCE),
        ]
        desk.TABS["sites"].append(("attendance:readiness", _("Readiness"), Ability.SEE_CONTROL_ROOM))
