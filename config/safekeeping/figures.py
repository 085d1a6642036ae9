"""Figures that must be the same before and after: rows of every table, heads of every journal, and which are broken."""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.migrations.recorder import MigrationRecorder

from meetings.journal import first_fault
from meetings.models import Journal


def rows_of(alias: str) -> dict[str, int]:
    """Return how many rows each table has."""
    connection = connections[alias]
    counts = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


def heads_of(alias: str) -> list[dict[str, Any]]:
    """Return each journal with the number and hash of its last entry."""
    return [dict(row) for row in Journal.objects.using(alias).order_by("pk").values("id", "scope", "head", "head_hash")]


def faults_of(alias: str) -> dict[str, int]:
    """Return the journals that do not hold, each with the number of its first bad entry."""
    found = {str(journal.pk): first_fault(journal) for journal in Journal.objects.using(alias).order_by("pk")}
    return {pk: fault for pk, fault in found.items() if fault is not None}


def migrations_of(alias: str) -> list[str]:
    """Return the migrations that have been applied, such as `meetings.0001_initial`."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connections[alias]).applied_migrations())
