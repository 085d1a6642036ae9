"""Accounts of the office. They live here and not in people/: what is done to them is recorded in the office's journal."""
