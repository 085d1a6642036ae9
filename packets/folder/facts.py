"""What can happen to emergency folders. They hold telephone numbers and codes of badges: none of that stands here."""

from typing import Any

from meetings.fact_kinds import Fact, fact


@fact("folder.made")
class FolderMade(Fact):
    """Folders were made for bridge points, to be printed or kept: [{id, name, people}, …].

    `programme`, and `people` of each: digests of the programme and of the list that stand in it.
    """

    programme: str
    folders: list[dict[str, Any]]


@fact("folder.entered")
class FolderEntered(Fact):
    """The roll of a bridge point was entered from paper; who was marked, and since when, stands in entries of its own.

    `marked`: of how many people; `kept`: of how many the paper said something else than a newer mark, which was kept.
    """

    bridge_point: int
    bridge_point_name: str
    marked: int
    kept: int
