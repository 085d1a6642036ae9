"""One PDF with all that a class of readers may read."""
