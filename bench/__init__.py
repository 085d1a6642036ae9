"""Measurements of the whole service, run as ``python -m bench.<name>``; nothing here is imported by the product."""
