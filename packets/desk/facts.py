"""What can happen to papers and their versions before they are released. `document` and `version`: as people cite them."""

from meetings.fact_kinds import Fact, fact


@fact("document.added")
class DocumentAdded(Fact):
    """A paper was entered. `item`: key and words of its item; `speech`: key of the registered speech it belongs to."""

    document: int
    title: str
    secrecy: str
    item: int | None = None
    item_title: str = ""
    speech: int | None = None


@fact("document.edited")
class DocumentEdited(Fact):
    """A paper was given these data."""

    document: int
    title: str
    secrecy: str
    item: int | None = None
    item_title: str = ""
    speech: int | None = None


@fact("document.moved")
class DocumentMoved(Fact):
    """A paper went to another place: `place` from 1 among the papers of its item (none: of the meeting)."""

    document: int
    title: str
    item: int | None
    item_title: str
    place: int


@fact("document.removed")
class DocumentRemoved(Fact):
    """A paper was taken out; `erased`: its files are gone for good."""

    document: int
    title: str
    erased: bool


@fact("version.added")
class VersionAdded(Fact):
    """A file became a version of a paper; `sha256` and `size` are the original's; `unit_name`: which has handed it in."""

    document: int
    version: int
    title: str
    sha256: str
    size: int
    unit_name: str = ""


@fact("version.checked")
class VersionChecked(Fact):
    """Somebody has looked through the reading copy of a version."""

    document: int
    version: int
    title: str


@fact("version.approved")
class VersionApproved(Fact):
    """A version that was checked may be released."""

    document: int
    version: int
    title: str


@fact("version.returned")
class VersionReturned(Fact):
    """A version is a draft again; why stands with the paper."""

    document: int
    version: int
    title: str
