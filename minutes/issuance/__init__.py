"""Issuing official papers: number and date, recipients, receipts, recall, replaced by."""
