"""Opinion slips: a question answered before or between meetings, by a deadline; reminders, and the paper of the result."""
