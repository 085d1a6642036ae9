"""Backup and restore: one archive with the database, the files and the key, each with its hash, and figures to compare."""
