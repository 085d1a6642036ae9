"""Halls without devices: their operators count the hands, the chair accepts the count."""
