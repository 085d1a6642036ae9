"""Commands of the live room."""
