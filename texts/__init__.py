"""Rich text: a small honest set of it, read from what is hostile, shown, compared, printed. Knows no model."""
