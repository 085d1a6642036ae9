"""What the office does with layouts: set a number within what the rule leaves, take it back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from meetings.errors import OutOfOrder
from meetings.journal import office_transition
from meetings.procedure import Ability, Actor
from minutes.models import LayoutSetting
from minutes.papers.layouts import facts
from minutes.papers.layouts.queries import settings_of
from minutes.papers.layouts.telling import told
from printing.adjusting import Value, fitting
from printing.adjusting import number as known
from printing.errors import BadSetting
from printing.profiles import PROFILES, adjusted

_STALE = _("Somebody else has set this number in the meantime: it is %(value)s now. Reload the page and look again.")


def set_layout(*, by: Actor, profile: str, number: str, value: Value, was: str, source: str) -> LayoutSetting:
    """Set one number; `was` is what the page showed, in the journal's words, `source` where the office has it from."""
    with office_transition(by=by, ability=Ability.KEEP_LAYOUTS) as change:
        held = LayoutSetting.objects.filter(profile=profile, name=number).first()
        base = PROFILES[profile]
        try:
            own = known(base, number).value
            others = {one: said for one, said in settings_of(profile).items() if one != number}
            adjusted(base, {**fitting(base, others), number: value})
        except BadSetting as error:
            raise OutOfOrder(str(error)) from error
        now = told(held.value if held else own)
        if was and was != now:
            raise OutOfOrder(_STALE % {"value": now})
        if held is None and told(value) == told(own):
            raise OutOfOrder(_("The layout says so already: there is nothing to set."))
        made, _created = LayoutSetting.objects.update_or_create(
            profile=profile,
            name=number,
            defaults={"value": value, "source": source, "set_at": change.now, "set_by": by.name},
        )
        change.record(facts.LayoutSet(profile=profile, name=number, was=now, value=told(value)))
        return made


def reset_layout(*, by: Actor, profile: str, number: str) -> None:
    """Take a number back to the layout's own; also one that the layout no longer has."""
    with office_transition(by=by, ability=Ability.KEEP_LAYOUTS) as change:
        held = LayoutSetting.objects.filter(profile=profile, name=number).first()
        if held is None:
            raise OutOfOrder(_("This number is the layout's own already."))
        held.delete()
        change.record(facts.LayoutReset(profile=profile, name=number, was=told(held.value)))
