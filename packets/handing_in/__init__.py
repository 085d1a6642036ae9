"""Units hand in the papers of the speeches they have registered."""
