"""The outbox as a page: what a person decides about letters is recorded in the office's journal, so it lives here."""
