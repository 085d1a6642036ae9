"""Long work of opinion slips: the result on paper, with hundreds of answers."""

from __future__ import annotations

from django.utils.translation import gettext as _

from jobs.kinds import JobFailed, job
from jobs.progress import Progress
from printing.errors import PrintingError
from printing.press import Press
from printing.worker import Limits
from voting.polls.models import Poll
from voting.slips import letters  # noqa: F401  # registers its job
from voting.slips.paper import name_of, print_result
from voting.slips.reporting import report_of

SLIPS_RESULT = "slips.result"
#: For a paper: 3,000 lines take a minute and a half on a busy machine.
SECONDS = 900.0


@job(SLIPS_RESULT)
def print_slips(progress: Progress, *, poll: int) -> str:
    """Print the result of closed slips."""
    row = Poll.objects.select_related("meeting__organiser__parent", "meeting__journal").filter(pk=poll).first()
    if row is None:
        raise JobFailed(_("The meeting is gone."))
    report = report_of(row)
    progress.total(report.asked)
    press = Press(children=1, limits=Limits(seconds=SECONDS))
    try:
        pdf = print_result(report, press=press)
    except PrintingError as error:
        raise JobFailed(str(error)) from error
    finally:
        press.close()
    progress.step(report.asked)
    progress.attach(f"{name_of(row)}.pdf", "application/pdf", pdf)
    return _("The result of the opinion slips is printed.")
