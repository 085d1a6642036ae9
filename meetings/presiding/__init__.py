"""Who presides over a meeting and who keeps its minutes, and how that is handed over."""
