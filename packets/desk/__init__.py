"""The desk of papers: adding, ordering, checking and approving them; their versions."""
