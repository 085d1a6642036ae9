"""A meeting's letters of invitation: their words, who was invited, the links they answer by, what they answered."""
