"""Who is present: from when until when, through which bridge point; what contradicts is listed for a person to settle."""
