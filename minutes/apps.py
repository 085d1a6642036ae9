"""The minutes app."""

from django.apps import AppConfig


class MinutesConfig(AppConfig):
    """Registers the commands and the fold of minutes."""

    name = "minutes"

    def ready(self) -> None:
        """Load facts and commands; answer the questions of `check_journal`."""
        from importlib import import_module

        from django.utils.translation import gettext_lazy as _

        from issuing import numbering
        from meetings import desk, hooks
        from meetings.procedure import Ability
        from minutes import facts, folding, forms  # noqa: F401
        from minutes.conclusions.actions import hide_shown_conclusions
        from minutes.conclusions.folding import FOLD as CONCLUSIONS
        from minutes.issuance import filing, wiping
        from minutes.issuance import reading as receiving
        from minutes.issuance.folding import FOLD as ISSUANCE
        from minutes.papers.folding import FOLD as PAPERS
        from minutes.papers.layouts.queries import settings_of
        from minutes.review import answers as reviewing
        from minutes.review.folding import FOLD as REVIEWS
        from minutes.review.readers import asked_in
        from packets.releasing import issued
        from printing import profiles

        for part in ("blocks", "review", "conclusions", "papers", "papers.layouts", "issuance"):
            import_module(f"minutes.{part}.facts")
            import_module(f"minutes.{part}.forms")
        profiles.SETTINGS_OF.append(settings_of)
        desk.OFFICE_RAIL.append(("minutes:layouts", "paper", _("Layouts"), Ability.KEEP_LAYOUTS))
        desk.OFFICE_RAIL.append(("minutes:templates", "paper", _("Templates of papers"), Ability.KEEP_LAYOUTS))
        hooks.folds.append(folding.FOLD)
        hooks.folds.append(CONCLUSIONS)
        hooks.folds.append(REVIEWS)
        hooks.granting[Ability.REMARK_ON_MINUTES] = asked_in
        hooks.asked_to_read.append(reviewing.asked_of)
        hooks.objections_to_removing.append(reviewing.reads_minutes)
        hooks.objections_to_removing_site.append(reviewing.site_reads_minutes)
        hooks.at_adjourning.append(hide_shown_conclusions)
        issued.numbers_of_issued.append(filing.among_papers)
        hooks.folds.append(ISSUANCE)
        hooks.folds.append(PAPERS)
        hooks.at_wiping.append(wiping.take_out)
        hooks.asked_to_read.append(receiving.asked_to_read)
        hooks.personal_data.append(("received_papers", receiving.kept_of_recipient))
        numbering.objections_to_cancelling.append(receiving.objections_to_cancelling)
        desk.TABS["minutes"] = [("minutes:minutes", _("Minutes"), Ability.SEE_MINUTES)]
        desk.TABS["minutes"].append(("minutes:circulations", _("Remarks"), Ability.SEE_MINUTES))
        desk.TABS["minutes"].append(("minutes:conclusions", _("Conclusions"), Ability.SEE_MINUTES))
        desk.TABS["official"] = [("minutes:official", _("Official papers"), Ability.SEE_MINUTES)]
        desk.TABS["official"].append(("minutes:issuance", _("Issuing"), Ability.ISSUE_PAPERS))
        desk.OFFICE_RAIL.append(("minutes:received", "paper", _("Received papers"), None))
