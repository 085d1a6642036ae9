"""Conclusions: proposed, worded on the wall, adopted under a number."""
