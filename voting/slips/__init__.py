"""Opinion slips: the same question before or between meetings, by a deadline, with remarks."""
