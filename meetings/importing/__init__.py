"""Importing lists from XLSX and CSV: judged row by row first, shown, then applied all or not at all, as one action with one fact.

How to make a kind of list importable (see participants.py, the first one):

1. Describe it in a module of your room, with its columns (their headings are found in either language, with or without
   diacritics, in any order, under any title rows):

       @importing
       class Communes(Kind):
           name = "organisations"             # in the address, and in the names below
           title = _("Import organisations")
           ability = Ability.MANAGE_DIRECTORY
           of_meeting = False                 # of the office; True: of a meeting
           command = "organisations.import"
           back = "meetings:directory"        # page one comes from and goes back to
           columns = (
               Column("code", _("Code"), also=("Mã",), required=True, length=16, example=("01234",)),
               Column("kind", _("Kind"), read=choice({"commune": (_("commune"), "xã", "phường")})),
           )

           def scene(self, meeting, rows): …      # all that rows are judged against, in a fixed number of queries
           def judge(self, row, scene): …         # → Outcome(NEW | CHANGED | SAME, …); row.error(column, sentence)
           def allowed(self, meeting): …          # column → values, for the template's second sheet

   Import the module where your forms are loaded (AppConfig.ready).

2. Register the command with a form that is a RunForm (or OfficeRunForm), and write its action. Inside the transition:

       rows = runs.take(run, "organisations", meeting=None, seen=seen)   # judged again under the lock; OutOfOrder if not as seen
       …bulk create and update from row["data"], row["target"]…
       change.record(facts.OrganisationsImported(…))
       runs.close(run, change)

3. Link to `meetings:import` (slug, kind) or `meetings:office_import` (kind). Template, upload, preview, filter, side by side and
   the button that applies are there already. Rows for tests/rights.py: the command; the pages are in it.
"""

from meetings.importing.columns import Column, choice, day, email, number, phone, text, yes_or_no
from meetings.importing.kinds import CHANGED, NEW, SAME, Kind, Outcome, find, importing
from meetings.importing.rows import Values

__all__ = [
    "CHANGED",
    "NEW",
    "SAME",
    "Column",
    "Kind",
    "Outcome",
    "Values",
    "choice",
    "day",
    "email",
    "find",
    "importing",
    "number",
    "phone",
    "text",
    "yes_or_no",
]
