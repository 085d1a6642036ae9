"""The heart: meetings, their bridge points and participants, and the journal of what happened in them."""
