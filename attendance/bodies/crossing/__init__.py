"""Crossing the line: a body loses its quorum, or reaches it."""
