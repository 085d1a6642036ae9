"""The triggers of the ledger and the box, whoever writes to the database.

A ballot is taken while its poll is open and its mandate holds, and never changed. Where it comes too late the row is passed
over, not an error: the writer sees that nothing was written. On PostgreSQL a ballot waits for a closing or a seal that is under
way (an advisory lock of the poll that ballots share), and then looks again and takes its number: the one that the statement took
before it waited may lie before the end of what has been sealed meanwhile.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

LOCK = 0xBA11  # of the advisory locks: those of polls
_OF_A_TRIAL = """
    SELECT 1 FROM voting_poll p JOIN meetings_meeting m ON m.id = p.meeting_id JOIN meetings_journal j ON j.id = m.journal_id
    WHERE p.id = OLD.poll_id AND j.disposable"""
# Both by their keys: where the database does not know how many mandates there are, a join may read all of them for each ballot.
_OPEN = """
    SELECT 1 FROM voting_poll WHERE id = NEW.poll_id AND state = 'open' AND is_secret = NEW.is_secret AND EXISTS (
        SELECT 1 FROM voting_mandate WHERE id = NEW.mandate_id AND poll_id = NEW.poll_id AND withdrawn_at IS NULL)"""
_BOX_OPEN = """
    SELECT 1 FROM voting_poll p WHERE p.id = {row}.poll_id AND p.is_secret
        AND (p.state = 'open' OR (p.state = 'closed' AND NOT p.is_shuffled))"""
_BEING_SHUFFLED = """
    SELECT 1 FROM voting_poll p WHERE p.id = OLD.poll_id AND p.state = 'closed' AND NOT p.is_shuffled"""
_SQLITE = {
    "ballot_comes_in_time": f"""
        CREATE TRIGGER IF NOT EXISTS ballot_comes_in_time BEFORE INSERT ON voting_ballot
        WHEN NOT EXISTS ({_OPEN})
        BEGIN SELECT RAISE(IGNORE); END""",
    "ballot_is_never_changed": """
        CREATE TRIGGER IF NOT EXISTS ballot_is_never_changed BEFORE UPDATE ON voting_ballot
        BEGIN SELECT RAISE(ABORT, 'a ballot is never changed'); END""",
    "ballot_is_never_deleted": f"""
        CREATE TRIGGER IF NOT EXISTS ballot_is_never_deleted BEFORE DELETE ON voting_ballot
        WHEN NOT EXISTS ({_OF_A_TRIAL})
        BEGIN SELECT RAISE(ABORT, 'a ballot is never deleted'); END""",
    # REPLACE deletes the old row without asking the trigger above.
    "ballot_is_never_replaced": """
        CREATE TRIGGER IF NOT EXISTS ballot_is_never_replaced BEFORE INSERT ON voting_ballot
        WHEN EXISTS (SELECT 1 FROM voting_ballot WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'a ballot is never changed'); END""",
    "box_takes_in_time": f"""
        CREATE TRIGGER IF NOT EXISTS box_takes_in_time BEFORE INSERT ON voting_secretballot
        WHEN NOT EXISTS ({_BOX_OPEN.format(row="NEW")})
            OR EXISTS (SELECT 1 FROM voting_secretballot WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the box is closed'); END""",
    "box_is_never_changed": """
        CREATE TRIGGER IF NOT EXISTS box_is_never_changed BEFORE UPDATE ON voting_secretballot
        BEGIN SELECT RAISE(ABORT, 'a ballot is never changed'); END""",
    "box_is_never_emptied": f"""
        CREATE TRIGGER IF NOT EXISTS box_is_never_emptied BEFORE DELETE ON voting_secretballot
        WHEN NOT EXISTS ({_BEING_SHUFFLED}) AND NOT EXISTS ({_OF_A_TRIAL})
        BEGIN SELECT RAISE(ABORT, 'a ballot is never deleted'); END""",
}
NAMES = frozenset(_SQLITE)

_POSTGRES = f"""
CREATE OR REPLACE FUNCTION ballot_comes_in_time() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared({LOCK}, (NEW.poll_id % 2147483648)::int);
    IF NOT EXISTS ({_OPEN}) THEN
        RETURN NULL;
    END IF;
    NEW.id := nextval(pg_get_serial_sequence('voting_ballot', 'id'));
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION ballot_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'a ledger is never emptied';
    ELSIF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a ballot is never changed';
    ELSIF NOT EXISTS ({_OF_A_TRIAL}) THEN
        RAISE EXCEPTION 'a ballot is never deleted';
    END IF;
    RETURN OLD;
END $$;
CREATE OR REPLACE FUNCTION box_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'a box is never emptied';
    ELSIF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'a ballot is never changed';
    ELSIF TG_OP = 'INSERT' THEN
        IF NOT EXISTS ({_BOX_OPEN.format(row="NEW")}) THEN
            RAISE EXCEPTION 'the box is closed';
        END IF;
        RETURN NEW;
    ELSIF NOT EXISTS ({_BEING_SHUFFLED}) AND NOT EXISTS ({_OF_A_TRIAL}) THEN
        RAISE EXCEPTION 'a ballot is never deleted';
    END IF;
    RETURN OLD;
END $$;
CREATE OR REPLACE TRIGGER ballot_comes_in_time BEFORE INSERT ON voting_ballot
    FOR EACH ROW EXECUTE FUNCTION ballot_comes_in_time();
CREATE OR REPLACE TRIGGER ballot_guard BEFORE UPDATE OR DELETE ON voting_ballot FOR EACH ROW EXECUTE FUNCTION ballot_guard();
CREATE OR REPLACE TRIGGER ballot_guard_all BEFORE TRUNCATE ON voting_ballot FOR EACH STATEMENT EXECUTE FUNCTION ballot_guard();
CREATE OR REPLACE TRIGGER box_guard BEFORE INSERT OR UPDATE OR DELETE ON voting_secretballot
    FOR EACH ROW EXECUTE FUNCTION box_guard();
CREATE OR REPLACE TRIGGER box_guard_all BEFORE TRUNCATE ON voting_secretballot
    FOR EACH STATEMENT EXECUTE FUNCTION box_guard();
"""
_POSTGRES_NAMES = {
    "voting_ballot": ("ballot_comes_in_time", "ballot_guard", "ballot_guard_all"),
    "voting_secretballot": ("box_guard", "box_guard_all"),
}


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
            for table, names in _POSTGRES_NAMES.items():
                for name in names:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
