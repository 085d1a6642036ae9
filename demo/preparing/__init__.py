"""What the demonstration has prepared: one module a room."""
