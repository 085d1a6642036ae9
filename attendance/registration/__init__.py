"""Registration of people by their units: who is asked, for how many, until when; what they answer; what is approved of it."""
