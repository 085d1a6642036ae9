"""The directory: organisations as a tree, people with their positions over time; entered once and picked everywhere."""
