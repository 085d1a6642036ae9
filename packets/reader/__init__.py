"""The reader: a paper in the browser, its bytes, bookmarks and search."""
