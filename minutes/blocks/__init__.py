"""Writing the minutes together: blocks over the journal, working copies, revisions, proposals."""
