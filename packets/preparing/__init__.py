"""A version on its way to its readers: its harmless copy, its text, the stamps in it; and what is left of that is tidied."""

#: Where reading copies are kept, in the folder of all files.
FOLDER = "papers/reading"
