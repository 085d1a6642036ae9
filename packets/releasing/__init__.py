"""Who may read which paper, from when until when; what is recalled."""
