"""Readiness of a bridge point: its checks before the day, point by point, timed and signed off."""
