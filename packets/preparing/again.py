"""Office files that were refused because the server could not open them are taken up again once it can."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from copies import isolation, office
from jobs.kinds import periodic
from packets.models import Version
from packets.preparing.work import prepare_version

#: Words of copies/refusals.py that say something of the server and not of the file.
OF_THE_SERVER = ("no_office", "no_isolation")


@periodic("papers.take_up_again", every=300)
def take_up_again(still_mine: Callable[[], bool]) -> None:
    """Ask for the copies that had to wait for LibreOffice."""
    refused = Version.objects.filter(copy=Version.Copy.REFUSED, refusal__in=OF_THE_SERVER, document__is_removed=False)
    waiting = list(refused.exclude(original="").select_related("document").order_by("pk")[:500])
    if not waiting or not office.is_installed() or not isolation.is_possible():
        return
    for version in waiting:
        if not still_mine():
            return
        with transaction.atomic():
            mine = refused.filter(pk=version.pk).update(copy=Version.Copy.WAITING, refusal="")
            if mine:
                prepare_version(version)
