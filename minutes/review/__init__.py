"""Review of the minutes: circulated with a deadline, remarks by passage, taken or answered."""
