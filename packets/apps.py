"""The packets app."""

from django.apps import AppConfig


class PacketsConfig(AppConfig):
    """Registers the commands, facts and pages of papers, and answers questions from below."""

    name = "packets"

    def ready(self) -> None:
        """Load facts and commands of each part; answer questions from below."""
        from django.utils.translation import gettext_lazy as _

        from meetings import desk, hooks
        from meetings.procedure import Ability
        from packets import folding
        from packets.desk import answers as papers
        from packets.desk import facts as _desk_facts  # noqa: F401
        from packets.desk import forms as _desk_forms  # noqa: F401
        from packets.desk import rehearsing
        from packets.folder import facts as _folder_facts  # noqa: F401
        from packets.folder import folding as folders
        from packets.folder import forms as _folder_forms  # noqa: F401
        from packets.handing_in import facts as _hand_in_facts  # noqa: F401
        from packets.handing_in import forms as _hand_in_forms  # noqa: F401
        from packets.handing_in import queries as handing_in
        from packets.handouts import answers as hand_outs
        from packets.handouts import facts as _handout_facts  # noqa: F401
        from packets.handouts import folding as handed_out
        from packets.handouts import forms as _handout_forms  # noqa: F401
        from packets.reading import facts as _reading_facts  # noqa: F401
        from packets.reading import forms as _reading_forms  # noqa: F401
        from packets.reading import own
        from packets.releasing import facts as _release_facts  # noqa: F401
        from packets.releasing import forms as _release_forms  # noqa: F401
        from packets.tracing import facts as _trace_facts  # noqa: F401
        from packets.tracing import forms as _trace_forms  # noqa: F401
        from packets.uploading import wiping

        hooks.folds.append(folding.FOLD)
        hooks.folds.append(handed_out.FOLD)
        hooks.folds.append(folders.FOLD)
        hooks.objections_to_removing.append(hand_outs.holds_copies)
        hooks.objections_to_removing_site.append(hand_outs.site_holds_copies)
        hooks.steps_of_preparation.append(papers.papers_step)
        hooks.steps_of_preparation.append(hand_outs.collecting_step)
        hooks.parts_to_clone.append(("papers", _("Papers: their titles by item, without files")))
        hooks.at_cloning += [papers.copy_papers, rehearsing.copy_released]
        hooks.at_wiping.append(wiping.take_out)
        hooks.beside_speeches.append(handing_in.beside_speeches)
        hooks.personal_data.append(("papers", own.kept_of_reader))
        desk.TABS["papers"].append(("packets:packet", _("The packet of papers"), Ability.SEE))
        desk.TABS["papers"].append(("packets:own_record", _("My reading"), Ability.SEE))
        desk.TABS["papers"].append(("packets:board", _("Reading"), Ability.SEE_READING))
        desk.TABS["papers"].append(("packets:hand_outs", _("Paper copies"), Ability.PREPARE))
        desk.TABS["papers"].append(("packets:trace", _("Trace a copy"), Ability.TRACE_COPIES))
        desk.TABS["sites"].append(("packets:folders", _("Emergency folders"), Ability.PREPARE))
