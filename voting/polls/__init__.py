"""Polls: prepared, opened, extended, closed, declared; who may vote in each."""
