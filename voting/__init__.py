"""Votes: the question put, who may vote, the ballots, the halls counted by hand, and the one result."""
