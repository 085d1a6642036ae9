"""Halls that are counted by head, without accounts and badges."""
