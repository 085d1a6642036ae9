"""Long work on bridge points: the contact sheet of thousands, printed part by part."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext as _

from jobs.kinds import JobFailed, job
from jobs.progress import Progress
from meetings.models import Meeting
from meetings.sites.sheet import lines_of, parts_of, print_part
from printing.errors import PrintingError
from printing.joining import joined

CONTACT_SHEET = "bridge_points.contact_sheet"


@job(CONTACT_SHEET)
def print_contact_sheet(progress: Progress, *, meeting: int) -> str:
    """Print the contact sheet of a meeting; parts that an earlier attempt has printed stay."""
    held = Meeting.objects.select_related("organiser").filter(pk=meeting).first()
    if held is None:
        raise JobFailed(_("The meeting is gone."))
    lines = lines_of(held)
    parts = list(parts_of(lines))
    progress.total(len(lines))
    printed: list[bytes] = []
    try:
        for n, (name, part) in enumerate(parts, start=1):
            printed.append(progress.made(f"part-{n}.pdf", partial(print_part, held, part, name)))
            progress.step(len(part))
    except PrintingError as error:
        raise JobFailed(str(error)) from error
    progress.attach("danh-sach-lien-he-diem-cau.pdf", "application/pdf", joined(printed))
    return _("The contact sheet of %(count)d bridge points is printed.") % {"count": len(lines)}
