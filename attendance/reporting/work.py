"""Long work of the report: thousands of lines on paper."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from attendance.reporting.paper import name_of, print_report, report_of
from jobs.kinds import JobFailed, job
from jobs.progress import Progress
from meetings.models import Meeting
from printing.errors import PrintingError
from printing.press import Press
from printing.worker import Limits

ATTENDANCE_REPORT = "attendance.report"
#: For a paper: 3,000 lines take a minute and a half on a busy machine.
SECONDS = 900.0


@job(ATTENDANCE_REPORT)
def print_attendance_report(progress: Progress, *, meeting: int, site: int | None, with_reasons: bool) -> str:
    """Print the report of a meeting, or of one bridge point, as it stands when its turn comes."""
    held = Meeting.objects.select_related("organiser__parent", "journal").filter(pk=meeting).first()
    where = held.bridge_points.filter(pk=site).first() if held and site is not None else None
    if held is None or (site is not None and where is None):
        raise JobFailed(_("The meeting is gone."))
    with translation.override("vi"):
        report = report_of(held, where, with_reasons=with_reasons)
    progress.total(len(report.rows))
    press = Press(children=1, limits=Limits(seconds=SECONDS))
    try:
        pdf = print_report(held, report, press=press)
    except PrintingError as error:
        raise JobFailed(str(error)) from error
    finally:
        press.close()
    progress.step(len(report.rows))
    progress.attach(f"danh-sach-{name_of(held, report)}.pdf", "application/pdf", pdf)
    return _("The attendance of %(count)d people is printed.") % {"count": len(report.rows)}
