"""Meetings in people's own calendars: secret addresses that can be renewed, and the invitations that mails carry."""
