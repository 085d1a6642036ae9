"""Doors, the devices that read badges there, and the ledger of what they have read."""
