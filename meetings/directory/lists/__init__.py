"""Lists of the directory as sheets: what their columns are and what each row would do."""
