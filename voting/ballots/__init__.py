"""Ballots: one for a mandate, written without the journal's lock, sealed into it; the box of secret ones."""
