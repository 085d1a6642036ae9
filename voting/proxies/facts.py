"""What can happen to proxies."""

from meetings.fact_kinds import Fact, fact


@fact("proxy.given")
class ProxyGiven(Fact):
    """A participant lets another one vote, from the next poll on that allows it."""

    proxy: int
    giver: int
    giver_name: str
    holder: int
    holder_name: str
    document: str


@fact("proxy.ended")
class ProxyEnded(Fact):
    """A proxy holds no more for polls that are opened from now on."""

    proxy: int
    giver: int
    giver_name: str
    holder: int
    holder_name: str
