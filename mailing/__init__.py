"""Mail that leaves the office: written to an outbox in the transaction that wants it, sent once (mailing.posting.post)."""
