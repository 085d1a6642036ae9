"""Series of meetings, templates, and what a new meeting takes over from an old one."""
