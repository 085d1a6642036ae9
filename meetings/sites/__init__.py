"""The bridge points of a meeting: their page as a tree, their lists as files, the contact sheet."""
