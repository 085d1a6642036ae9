"""Roll calls: all bridge points called in one pass from the chair's desk."""
