"""What can happen to releases: papers opened to somebody, recalled, and words of secrecy judged to be none."""

from meetings.fact_kinds import Fact, fact


@fact("document.released")
class DocumentReleased(Fact):
    """A paper was opened to somebody. `document`, `version`: the numbers people cite (no version: handed out on paper).

    `tokens`: of the release that was made; none: a new version went to those who had the paper already. `from_at`,
    `until_at` in ISO 8601 or None; `held`: not before its item begins; `people`: keys of those named.
    """

    document: int
    version: int | None
    title: str
    tokens: list[str]
    everyone: bool
    roles: list[str]
    groups: list[str]
    bridge_points: list[str]
    people: list[int]
    from_at: str | None
    until_at: str | None
    held: bool
    download: bool
    printing: bool
    late: bool


@fact("document.recalled")
class DocumentRecalled(Fact):
    """Releases of a paper ended; open readers closed."""

    document: int
    title: str
    tokens: list[str]


@fact("version.judged")
class VersionJudged(Fact):
    """Somebody answers for it that the words of secrecy in a text make nothing secret. `words`: which, as found."""

    document: int
    version: int
    title: str
    words: list[str]
