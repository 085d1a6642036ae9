"""What can happen to a block of the minutes. The words themselves stand in no fact: a digest of them does."""

from meetings.fact_kinds import Fact, fact


@fact("block.edited")
class BlockEdited(Fact):
    """Words of one block were written. `digest`: SHA-256 of its words afterwards; `way`: how they came there."""

    key: str
    heading: str
    version: int
    digest: str
    revision: int
    way: str = "written"


@fact("block.added")
class BlockAdded(Fact):
    """A block was added by hand behind block `after`. `speaker`: who said what it tells, by name at that moment."""

    key: str
    block_kind: str
    heading: str
    after: str
    speaker: str
    version: int
    digest: str
    revision: int


@fact("block.excluded")
class BlockExcluded(Fact):
    """A block was left out: the minutes do not tell it."""

    key: str
    heading: str
    version: int
    digest: str
    revision: int


@fact("block.included")
class BlockIncluded(Fact):
    """A block that was left out is told again."""

    key: str
    heading: str
    version: int
    digest: str
    revision: int


@fact("block.taken")
class BlockTaken(Fact):
    """The journal's words were taken again in place of written ones; the block follows the journal from then on."""

    key: str
    heading: str
    version: int
    digest: str
    revision: int


@fact("block.dismissed")
class BlockDismissed(Fact):
    """The journal's newer words were read and not taken. `seal`: short digest of those words."""

    key: str
    heading: str
    version: int
    seal: str


@fact("block.restored")
class BlockRestored(Fact):
    """The words of an earlier version, `of`, were put back."""

    key: str
    heading: str
    version: int
    of: int
    digest: str
    revision: int
