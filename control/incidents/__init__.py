"""Incidents at bridge points (no picture, no sound, lost connection): opened and closed with the times of both sides."""
