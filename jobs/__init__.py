"""What takes longer than a page may: done in the background, with progress, again after a restart."""

#: Where files of jobs are kept, in the folder of all files.
FOLDER = "jobs"
