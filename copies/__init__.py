"""Reading copies: a file nobody trusts becomes a harmless PDF, carries marks, is bound with others. Knows no model."""
