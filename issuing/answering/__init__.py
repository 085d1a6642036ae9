"""Answers to invitations: by the link, by telephone, by the unit; substitutes who are approved or refused."""
