"""Badges: the right to enter as a signed code, revocable, and its printed form."""
