"""The append-only ledger of scans: written without the journal's lock, sealed into the journal every second at most."""
