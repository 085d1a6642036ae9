"""Commands of the live room: ``manage.py serve``."""
