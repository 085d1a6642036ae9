"""By when each part of the work must be done: the office's rules in working days, its holidays, a meeting's own moments."""
