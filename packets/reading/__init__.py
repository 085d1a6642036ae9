"""Reading: who has opened which paper, how far and how long; the board per unit, reminders, and one's own record."""
