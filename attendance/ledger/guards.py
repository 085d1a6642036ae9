"""The triggers that keep the ledger of scans append-only, whoever writes to the database."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_OF_A_TRIAL = """
    SELECT 1 FROM meetings_meeting m JOIN meetings_journal j ON j.id = m.journal_id
    WHERE m.id = OLD.meeting_id AND j.disposable"""
_SQLITE = {
    "scan_is_never_changed": """
        CREATE TRIGGER IF NOT EXISTS scan_is_never_changed BEFORE UPDATE ON attendance_scan
        BEGIN SELECT RAISE(ABORT, 'a scan is never changed'); END""",
    "scan_is_never_deleted": f"""
        CREATE TRIGGER IF NOT EXISTS scan_is_never_deleted BEFORE DELETE ON attendance_scan
        WHEN NOT EXISTS ({_OF_A_TRIAL})
        BEGIN SELECT RAISE(ABORT, 'a scan is never deleted'); END""",
    # REPLACE deletes the old row without asking the trigger above.
    "scan_is_never_replaced": """
        CREATE TRIGGER IF NOT EXISTS scan_is_never_replaced BEFORE INSERT ON attendance_scan
        WHEN EXISTS (SELECT 1 FROM attendance_scan WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'a scan is never changed'); END""",
}
NAMES = frozenset(_SQLITE)

_POSTGRES = f"""
CREATE OR REPLACE FUNCTION scan_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'a ledger is never emptied';
    ELSIF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a scan is never changed';
    ELSIF NOT EXISTS ({_OF_A_TRIAL}) THEN
        RAISE EXCEPTION 'a scan is never deleted';
    END IF;
    RETURN OLD;
END $$;
CREATE OR REPLACE TRIGGER scan_guard BEFORE UPDATE OR DELETE ON attendance_scan FOR EACH ROW EXECUTE FUNCTION scan_guard();
CREATE OR REPLACE TRIGGER scan_guard_all BEFORE TRUNCATE ON attendance_scan FOR EACH STATEMENT EXECUTE FUNCTION scan_guard();
"""


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; harmless when they are there."""
    with connection.cursor() as cursor:
        for statement in _SQLITE.values() if connection.vendor == "sqlite" else (_POSTGRES,):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers: for emptying a test database, and for showing what `check_journal` finds without them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _SQLITE:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        else:
            for name in ("scan_guard", "scan_guard_all"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON attendance_scan")
