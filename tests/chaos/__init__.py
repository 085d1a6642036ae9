"""A meeting under bad lines: what is disturbed, and the judge who says what became of it (README.md says what a figure means)."""
