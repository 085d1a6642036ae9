"""The report of attendance: who took part, where, from when until when; on the page, on paper and as a workbook."""
