"""People who come without having been registered: added at the door, counted at once, marked as such for the secretariat."""
