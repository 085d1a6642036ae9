"""What can happen to an official paper before it is issued, and to the templates papers are made with.

`paper`: its number within the meeting, not the one it bears. No fact holds words: they may be confidential until the issue.
"""

from __future__ import annotations

from meetings.accounts.facts import OfficeFact
from meetings.fact_kinds import Fact, fact


@fact("paper.drafted")
class PaperDrafted(Fact):
    """A paper was begun. `digest`: SHA-256 of what people have written in it."""

    paper: int
    kind_of_paper: str
    digest: str


@fact("paper.edited")
class PaperEdited(Fact):
    """What people have written in a draft was changed."""

    paper: int
    version: int
    digest: str


@fact("paper.approved")
class PaperApproved(Fact):
    """A paper was approved as it stood. `content_hash`: SHA-256 of its frozen data, template and layout."""

    paper: int
    version: int
    profile: str
    content_hash: str


@fact("paper.returned")
class PaperReturned(Fact):
    """An approved paper that was not issued is a draft again."""

    paper: int
    version: int


@fact("paper.removed")
class PaperRemoved(Fact):
    """A draft was thrown away; its number within the meeting is not used again."""

    paper: int
    kind_of_paper: str


@fact("paper_template.added")
class PaperTemplateAdded(OfficeFact):
    """An office's template was kept, and is used from now on. `digest`: SHA-256 of its source."""

    kind_of_paper: str
    profile: str
    revision: int
    digest: str


@fact("paper_template.taken")
class PaperTemplateTaken(OfficeFact):
    """An earlier template of the office is used again."""

    kind_of_paper: str
    profile: str
    revision: int


@fact("paper_template.reset")
class PaperTemplateReset(OfficeFact):
    """The system's own template is used again."""

    kind_of_paper: str
    profile: str
