"""Rehearsals (diễn tập): a marked copy of a meeting that is played under its own journal and deleted whole at its end."""
