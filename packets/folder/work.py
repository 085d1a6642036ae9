"""Folders as long work: one of a great hall as PDF, or those of many bridge points as ZIP files with PDF and XLSX of each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.kinds import JobFailed, job
from jobs.models import Job
from jobs.progress import Progress
from jobs.queue import enqueue
from meetings.models import BridgePoint, Meeting
from meetings.naming import slug_of
from meetings.procedure import Ability, Actor
from packets.folder.contents import folders_of
from packets.folder.tables import write_folder
from printing.errors import PrintingError
from printing.folder import Folder, print_folder
from printing.order import Particulars

KIND = "folders.make"
#: People on a list that is printed while the page waits.
AT_ONCE = 300
#: Bridge points in one ZIP file.
IN_A_ZIP = 50


def ask_to_make(meeting: Meeting, by: Actor, sites: Sequence[BridgePoint], *, form: str) -> str:
    """Ask for folders within a change and return the address of the work. Who prepares the meeting may have the files."""
    title = sites[0].name if len(sites) == 1 else meeting.title
    made: Job = enqueue(
        KIND, by=by.user, title=_("Emergency folders: %(title)s") % {"title": title},
        back=reverse("packets:folders", args=[meeting.slug]), open_to=Ability.PREPARE if by.may(Ability.PREPARE) else "",
        scope=meeting.pk, meeting=meeting.pk, sites=[site.pk for site in sites], form=form,
    )  # fmt: skip
    return made.get_absolute_url()


@job(KIND)
def make_folders(progress: Progress, *, meeting: int, sites: list[int], form: str) -> str:
    """Make folders as they are when their turn comes; parts that an earlier attempt has made stay."""
    held = Meeting.objects.select_related("organiser", "journal").filter(pk=meeting).first()
    if held is None:
        raise JobFailed(_("The meeting is gone."))
    wanted = list(held.bridge_points.filter(pk__in=sites).select_related("head").order_by("number"))
    if not wanted:
        raise JobFailed(_("There are no bridge points to print. Choose others."))
    progress.total(len(wanted))
    try:
        if form == "pdf":
            progress.attach(f"{name_of(wanted[0])}.pdf", "application/pdf", _one(held, wanted[0]))
            progress.step()
        else:
            _many(progress, held, wanted)
    except PrintingError as error:
        raise JobFailed(str(error)) from error
    words = ngettext(
        "The folder of %(count)d bridge point is made.", "The folders of %(count)d bridge points are made.", len(wanted)
    )
    return words % {"count": len(wanted)}


def _one(meeting: Meeting, site: BridgePoint) -> bytes:
    return print_one(meeting, site, folders_of(meeting, [site])[site.pk])


def _many(progress: Progress, meeting: Meeting, sites: Sequence[BridgePoint]) -> None:
    parts = [sites[first : first + IN_A_ZIP] for first in range(0, len(sites), IN_A_ZIP)]
    for n, part in enumerate(parts, start=1):
        folders = folders_of(meeting, part)
        package = io.BytesIO()
        with zipfile.ZipFile(package, "w", zipfile.ZIP_STORED) as into:
            for site in part:
                pdf = progress.made(f"{site.pk}.pdf", partial(print_one, meeting, site, folders[site.pk]))
                _add(into, f"{name_of(site)}.pdf", pdf)
                _add(into, f"{name_of(site)}.xlsx", write_folder(folders[site.pk]))
                progress.step()
        name = "tap-ho-so-du-phong" + (f"-phan-{n}" if len(parts) > 1 else "")
        progress.attach(f"{name}.zip", "application/zip", package.getvalue())


def _add(package: zipfile.ZipFile, name: str, data: bytes) -> None:
    package.writestr(zipfile.ZipInfo(name, date_time=(2025, 1, 1, 0, 0, 0)), data)


def name_of(site: BridgePoint) -> str:
    """Return what the file of a bridge point is called, without its ending: 15-lao-cai."""
    return f"{site.number:02}-{slug_of(site.short_name)}"


def print_one(meeting: Meeting, site: BridgePoint, folder: Folder) -> bytes:
    """Return the PDF of a folder. Raises PrintingError."""
    about = Particulars(
        title=f"Tập hồ sơ dự phòng – {site.name} – {meeting.title}", dated=timezone.localtime(),
        identifier=f"folder:{site.pk}:{folder.version}:{folder.as_of}", author=meeting.organiser.name,
    )  # fmt: skip
    return print_folder(folder, about=about)
