"""Proxies: one participant votes for another, where the rules allow it."""
