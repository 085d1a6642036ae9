"""Secret papers (Mật, Tối mật, Tuyệt mật) are never kept here: numbered copies are handed out on paper and collected again."""
