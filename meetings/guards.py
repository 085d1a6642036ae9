"""The triggers that keep a journal append-only, whoever writes to the database."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_SQLITE = {
    "journal_entry_is_never_changed": """
        CREATE TRIGGER IF NOT EXISTS journal_entry_is_never_changed BEFORE UPDATE ON meetings_journalentry
        BEGIN SELECT RAISE(ABORT, 'a journal entry is never changed'); END""",
    "journal_entry_is_never_deleted": """
        CREATE TRIGGER IF NOT EXISTS journal_entry_is_never_deleted BEFORE DELETE ON meetings_journalentry
        WHEN NOT EXISTS (SELECT 1 FROM meetings_journal WHERE id = OLD.journal_id AND disposable)
        BEGIN SELECT RAISE(ABORT, 'a journal entry is never deleted'); END""",
    "journal_is_never_deleted": """
        CREATE TRIGGER IF NOT EXISTS journal_is_never_deleted BEFORE DELETE ON meetings_journal
        WHEN NOT OLD.disposable
        BEGIN SELECT RAISE(ABORT, 'a journal is never deleted'); END""",
    "journal_mark_is_never_changed": """
        CREATE TRIGGER IF NOT EXISTS journal_mark_is_never_changed BEFORE UPDATE ON meetings_journal
        WHEN NEW.disposable <> OLD.disposable OR NEW.scope <> OLD.scope OR NEW.id <> OLD.id
        BEGIN SELECT RAISE(ABORT, 'what a journal is for is never changed'); END""",
    # REPLACE deletes the old row without asking the triggers above.
    "journal_entry_is_never_replaced": """
        CREATE TRIGGER IF NOT EXISTS journal_entry_is_never_replaced BEFORE INSERT ON meetings_journalentry
        WHEN EXISTS (SELECT 1 FROM meetings_journalentry
                     WHERE id = NEW.id OR (journal_id = NEW.journal_id AND number = NEW.number))
        BEGIN SELECT RAISE(ABORT, 'a journal entry is never changed'); END""",
    "journal_is_never_replaced": """
        CREATE TRIGGER IF NOT EXISTS journal_is_never_replaced BEFORE INSERT ON meetings_journal
        WHEN EXISTS (SELECT 1 FROM meetings_journal WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'what a journal is for is never changed'); END""",
    # The office has one journal: another one would replace it through that rule, and leave its number free.
    "office_journal_is_never_replaced": """
        CREATE TRIGGER IF NOT EXISTS office_journal_is_never_replaced BEFORE INSERT ON meetings_journal
        WHEN NEW.scope = 'office' AND EXISTS (SELECT 1 FROM meetings_journal WHERE scope = 'office')
        BEGIN SELECT RAISE(ABORT, 'a journal is never deleted'); END""",
}
NAMES = frozenset(_SQLITE)

_POSTGRES = """
CREATE OR REPLACE FUNCTION journal_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'a journal is never emptied';
    ELSIF TG_TABLE_NAME = 'meetings_journalentry' AND TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a journal entry is never changed';
    ELSIF TG_TABLE_NAME = 'meetings_journalentry' THEN
        IF NOT EXISTS (SELECT 1 FROM meetings_journal WHERE id = OLD.journal_id AND disposable) THEN
            RAISE EXCEPTION 'a journal entry is never deleted';
        END IF;
        RETURN OLD;
    ELSIF TG_OP = 'UPDATE' THEN
        IF NEW.disposable <> OLD.disposable OR NEW.scope <> OLD.scope OR NEW.id <> OLD.id THEN
            RAISE EXCEPTION 'what a journal is for is never changed';
        END IF;
        RETURN NEW;
    ELSIF NOT OLD.disposable THEN
        RAISE EXCEPTION 'a journal is never deleted';
    END IF;
    RETURN OLD;
END $$;
CREATE OR REPLACE TRIGGER journal_entry_guard BEFORE UPDATE OR DELETE ON meetings_journalentry
    FOR EACH ROW EXECUTE FUNCTION journal_guard();
CREATE OR REPLACE TRIGGER journal_entry_guard_all BEFORE TRUNCATE ON meetings_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_guard();
CREATE OR REPLACE TRIGGER journal_guard BEFORE UPDATE OR DELETE ON meetings_journal
    FOR EACH ROW EXECUTE FUNCTION journal_guard();
"""
_POSTGRES_NAMES = (
    ("journal_entry_guard", "meetings_journalentry"),
    ("journal_entry_guard_all", "meetings_journalentry"),
    ("journal_guard", "meetings_journal"),
)


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
            for name, table in _POSTGRES_NAMES:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
